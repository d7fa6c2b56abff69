"""Which office's seal stands under a form: of the act that locked it, where the use of a seal is on record."""

from linli.records.cases.models import Case
from linli.records.evidence.models import Filling
from linli.records.evidence.selectors import pieces
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import history, standing
from linli.records.rulebook.standing import Standing
from linli.rules.policy.models import Act, Procedure

KIND = "seal_use"


def sealed_by(case: Case, filling: Filling) -> str:
    """The name on the seal, such as 安海镇社会事务办; "" where none was used or the form is open."""
    if filling.locked_at is None or not any(piece.kind == KIND for piece in pieces(case.subject).values()):
        return ""
    now = standing(case.subject)
    wanted = {act.id for act in now.procedure.acts.values() if filling.form in act.locks and _uses_seal(now.procedure, act)}
    for step in history(case.subject):
        if step.act in wanted and step.moved:
            return _name(case, now, step.office)
    return ""


def _uses_seal(procedure: Procedure, act: Act) -> bool:
    slots = {slot.id for slot in procedure.slots.values() if KIND in slot.kinds}
    return any(check.source == "evidence" and check.name in slots for check in act.checks)


def _name(case: Case, now: Standing, office: str) -> str:
    """As on the seal itself: the place, and the plain word for the office without its level."""
    level, _, name = office.partition(".")
    place, word = at_level(case.place, level), now.rules.vocabulary.offices.get(name)
    return f"{place.short_name if place else ''}{word.title.zh if word else now.rules.office_title(office).zh}"
