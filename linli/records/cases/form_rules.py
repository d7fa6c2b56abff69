"""What the rules of the present stage say about the fields of a form."""

from dataclasses import replace
from datetime import datetime

from linli.records.evidence.forms.reading import FormRules
from linli.records.rulebook.standing import Standing
from linli.rules.gates.checks import truth
from linli.rules.gates.model import Actor, Facts, Readings
from linli.rules.gates.scene import Scene
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Field, Form


def form_rules(now: Standing, form: Form, readings: Readings, at: datetime) -> FormRules:
    """Catalogues, least lengths and conditions, as they stood when the stage began."""
    on, rules = now.rules_on, now.rules
    lengths = {form.min_characters, *(field.min_characters for field in form.fields.values())} - {""}
    read = {name: rules.read(name, on=on).value for name in lengths}

    def required_now(field: Field, entered: Facts) -> bool:
        completed = now.complete(readings, "", day_in_china(at))
        completed = replace(completed, forms={**completed.forms, form.id: entered})
        scene = Scene(rules, now.procedure, completed, Actor(""), day_in_china(at), on)
        return all(truth(condition, scene) is True for condition in field.required_when)

    return FormRules(
        catalogues={field.catalogue: rules.catalogue(field.catalogue, on) for field in form.fields.values() if field.catalogue},
        characters={name: value for name, value in read.items() if isinstance(value, int)},
        required_now=required_now,
    )
