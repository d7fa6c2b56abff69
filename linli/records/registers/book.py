"""A list as a place keeps it on a day: what it is, on which form, by which rules, where its rows stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from linli.records.evidence.forms.reading import FormRules
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import rules_at
from linli.rules.gates.checks import truth
from linli.rules.gates.model import Actor, Facts, Readings
from linli.rules.gates.scene import Scene
from linli.rules.plain.days import Period
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Field, Form, Procedure, Register
from linli.rules.policy.rules import Rules

_NOTHING = Text("", "")


@dataclass(frozen=True)
class Keeping:
    place: Place
    register: Register
    form: Form
    rules: Rules
    on: date

    @property
    def catalogues(self) -> Mapping[str, Catalogue]:
        known = self.rules.catalogues(self.on)
        return {field.catalogue: known[field.catalogue] for field in self.form.fields.values() if field.catalogue in known}

    @property
    def verdicts(self) -> Catalogue | None:
        answer = self.register.answer
        return self.rules.catalogues(self.on).get(answer.verdicts) if answer else None

    @property
    def answer_period(self) -> Period | None:
        """How long an answer may take; None where nobody has set it."""
        answer = self.register.answer
        value = self.rules.read(answer.within, on=self.on).value if answer and answer.within else None
        return value if isinstance(value, Period) else None

    def key_of(self, data: Facts) -> str:
        value = data.get(self.register.key) if self.register.key else None
        return str(value) if value not in (None, "") else ""

    def form_rules(self) -> FormRules:
        lengths = {field.min_characters for field in self.form.fields.values() if field.min_characters}
        read = {name: self.rules.read(name, on=self.on).value for name in lengths}
        return FormRules(
            catalogues=self.catalogues,
            characters={name: value for name, value in read.items() if isinstance(value, int)},
            required_now=self._required_now,
        )

    def _required_now(self, field: Field, entered: Facts) -> bool:
        """A row belongs to no procedure: its conditions can only look at the row itself."""
        procedure = Procedure("", _NOTHING, "row", (), "", {}, {}, {})
        readings = Readings(facts={"place.level": self.place.level}, forms={self.form.id: entered})
        scene = Scene(self.rules, procedure, readings, Actor(""), self.on, self.on)
        return all(truth(condition, scene) is True for condition in field.required_when)


def keeping(place: Place, register: str, on: date) -> Keeping:
    """A list of exactly this place. Raises NotFound where the rules of the place know none of this name at its level."""
    found = book(place, on).get(register)
    if found is None:
        raise NotFound
    return found


def book(place: Place, on: date) -> dict[str, Keeping]:
    """Every list this very place keeps, in the order of the packs; empty where no rules have been adopted."""
    try:
        rules = rules_at(place, on)
    except Refused:
        return {}
    forms = rules.forms(on)
    return {
        id: Keeping(place, register, forms[register.form], rules, on)
        for id, register in rules.registers(on).items()
        if register.at == place.level and register.form in forms
    }


def keeping_for(place: Place, register: str, rules: Rules, on: date) -> Keeping | None:
    """The list as a matter of this place reads it: of the nearest place upward at its level, else of the place itself."""
    known, forms = rules.registers(on).get(register), rules.forms(on)
    if known is None or known.form not in forms:
        return None
    return Keeping(at_level(place, known.at) or place, known, forms[known.form], rules, on)
