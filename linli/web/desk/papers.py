"""The papers of a case as lines: forms, checklists, slots; those the present acts ask for first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.records.cases.selectors import Dossier
from linli.records.rulebook.sealing import every_part
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Check, Slot
from linli.web.desk.loaders import address
from linli.web.desk.ways import Ways
from linli.web.shared.shapes import Stamp

MISSING = Stamp(Text("还没有", "Not there yet"), "closed")
DRAFT = Stamp(Text("草稿", "Draft"), "waiting")
LOCKED = Stamp(Text("已锁定", "Locked"), "done")
FILLED = Stamp(Text("已填", "Filled in"), "done")
ANSWERED = Stamp(Text("已核对", "Answered"), "done")
FILED = Stamp(Text("已有", "There"), "done")


@dataclass(frozen=True)
class PaperLine:
    """`now`: an act of the present state asks for it. `version` 0: nothing there."""

    icon: str
    title: Text
    url: str
    stamp: Stamp
    version: int
    at: datetime | None
    now: bool
    summary: Text | None = None


@dataclass(frozen=True)
class Asked:
    """What acts ask for, by kind."""

    forms: tuple[str, ...]
    checklists: tuple[str, ...]
    slots: tuple[str, ...]


def asked_by(acts: Iterable[Act]) -> Asked:
    forms: list[str] = []
    checklists: list[str] = []
    slots: list[str] = []
    for act in acts:
        forms += act.fills
        for part in (part for check in act.checks for part in every_part(check)):
            _sort_in(part, forms, checklists, slots)
    return Asked(*(tuple(dict.fromkeys(each)) for each in (forms, checklists, slots)))


def _sort_in(part: Check, forms: list[str], checklists: list[str], slots: list[str]) -> None:
    if part.of is not None:
        return
    if part.source == "form":
        forms.append(part.name)
    elif part.source == "checklist":
        checklists.append(part.name)
    elif part.source == "evidence":
        slots.append(part.name)
    elif part.source == "publicity":
        slots.append(f"{part.name}_notice")


def paper_lines(found: Dossier, ways: Ways) -> list[PaperLine]:
    """Those the present acts ask for first, each kind in the order of the procedure."""
    now = asked_by(act for act, _ in found.acts)
    ever = asked_by(found.procedure.acts.values())
    main = (found.procedure.main_form,) if found.procedure.main_form else ()
    forms = dict.fromkeys((*main, *ever.forms, *found.forms))
    lines = [
        *(_form(found, form, form in now.forms) for form in forms),
        *(_checklist(found, each, each in now.checklists) for each in dict.fromkeys((*ever.checklists, *found.checklists))),
        *(_slot(found, slot, ways, slot.id in now.slots) for slot in found.procedure.slots.values()),
    ]
    return sorted((line for line in lines if line is not None), key=lambda line: not line.now)


def _form(found: Dossier, form: str, now: bool) -> PaperLine | None:
    known = found.rules.forms(found.standing.rules_on).get(form)
    if known is None:
        return None
    url, filling = address("desk:form", found.case.code, form), found.forms.get(form)
    if filling is None:
        return PaperLine("file", known.title, url, MISSING, 0, None, now)
    stamp = LOCKED if filling.locked_at else FILLED if filling.complete else DRAFT
    return PaperLine("file", known.title, url, stamp, filling.version, filling.filed_at, now)


def _checklist(found: Dossier, checklist: str, now: bool) -> PaperLine | None:
    known = found.rules.checklists(found.standing.rules_on).get(checklist)
    if known is None:
        return None
    url, row = address("desk:checklist", found.case.code, checklist), found.checklists.get(checklist)
    if row is None:
        return PaperLine("todo", known.title, url, MISSING, 0, None, now)
    return PaperLine("todo", known.title, url, ANSWERED, row.version, row.filed_at, now)


def _slot(found: Dossier, slot: Slot, ways: Ways, now: bool) -> PaperLine:
    piece = found.pieces.get(slot.id)
    url = address("desk:slot", found.case.code, slot.id)
    icon = "notice" if slot.point else "people" if slot.session else "rules"
    if piece is None:
        return PaperLine(icon, slot.title, url, MISSING, 0, None, now)
    return PaperLine(icon, slot.title, url, FILED, piece.version, piece.filed_at, now, piece.said if piece.summary else None)


def slot_addresses(found: Dossier) -> Mapping[str, str]:
    """Slot -> where its evidence can be looked at."""
    return {slot: address("desk:slot", found.case.code, slot) for slot in found.pieces}
