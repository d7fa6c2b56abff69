"""What people call the codes a check speaks of: the titles of the catalogue its field is chosen from."""

from datetime import date

from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Check, Form, Procedure
from linli.rules.policy.rules import Rules


def code_title(code: str, check: Check, procedure: Procedure, rules: Rules, on: date) -> Text:
    """The title of a code in the catalogue it belongs to; as it is written where it belongs to none."""
    if check.source == "fact" and check.name == "place.level":
        return level_title(code, rules)
    catalogue = _catalogue(check, procedure, rules, on)
    if catalogue is None and check.source == "evidence":
        # The facts of evidence name no catalogue: an entry is called what the catalogue calls it in which it stands.
        catalogue = next((one for one in rules.catalogues(on).values() if code in one.entries), None)
    entry = catalogue.entries.get(code) if catalogue is not None else None
    return entry.title if entry is not None else Text(code, code)


def level_title(level: str, rules: Rules) -> Text:
    """A level of places as the nearest pack calls it: 市（州）."""
    named = next((pack.level_titles[level] for pack in reversed(rules.chain) if level in pack.level_titles), None)
    return named or rules.vocabulary.levels.get(level, Text(level, level))


def _catalogue(check: Check, procedure: Procedure, rules: Rules, on: date) -> Catalogue | None:
    if check.operand.kind == "catalogue":
        return rules.catalogues(on).get(check.operand.name)
    return rules.catalogues(on).get(_named(check, procedure, rules, on))


def _named(check: Check, procedure: Procedure, rules: Rules, on: date) -> str:
    match check.source:
        case "form":
            return _of_field(rules.forms(on).get(check.name), check.fact)
        case "register":
            register = rules.registers(on).get(check.name)
            return _of_field(rules.forms(on).get(register.form), check.fact) if register is not None else ""
        case "fact":
            return {"case.type": procedure.type_catalogue, "case.category": procedure.category_catalogue}.get(check.name, "")
        case _:
            return ""


def _of_field(form: Form | None, field: str) -> str:
    return form.fields[field].catalogue if form is not None and field in form.fields else ""
