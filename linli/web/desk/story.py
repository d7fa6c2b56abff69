"""The way of a case as the timeline piece wants it: behind in order, where it stands, ahead in grey."""

from linli.records.cases.selectors import Dossier
from linli.records.cases.selectors import Entry as Act
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.models import OPEN
from linli.web.desk.loaders import address
from linli.web.shared.shapes import Entry, Link

_SIGNED = Text("（已签署，等其他单位）", " (signed, others to follow)")


def entries(found: Dossier) -> list[Entry]:
    past = [act for act in found.timeline if act.at is not None]
    ahead = [act for act in found.timeline if act.at is None]
    shown = [_past(act, _filed_before(found, before, act)) for before, act in zip([None, *past], past, strict=False)]
    if not found.state.end:
        since = found.standing.passage.entered_at
        shown.append(Entry(what=found.state.title, state="now", when=since))
    return [*shown, *(_ahead(act) for act in ahead)]


def _past(act: Act, evidence: list[Link]) -> Entry:
    return Entry(
        what=act.title if act.moved else _joined(act.title, _SIGNED),
        state="refused" if act.kind == "refuse" else "done",
        who=_who(act),
        when=act.at,
        clause=_clause(act.clause),
        note=act.note,
        evidence=evidence,
    )


def _ahead(act: Act) -> Entry:
    return Entry(what=act.title, state="next", who=listed(act.offices), when=act.due_on, clause=_clause(act.clause))


def _joined(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, first.en + second.en)


def _clause(clauses: tuple[str, ...]) -> str:
    """One chip per act; a clause that only says that the regulation leaves it open is not worth one here."""
    return next((clause for clause in clauses if clause != OPEN), "")


def _who(act: Act) -> Text | str:
    offices, name = listed(act.offices), act.by.name if act.by else ""
    if not name:
        return offices
    return Text(f"{offices.zh} · {name}" if offices.zh else name, f"{offices.en} · {name}" if offices.en else name)


def _filed_before(found: Dossier, before: Act | None, act: Act) -> list[Link]:
    """What was filed between the act before and this one."""
    slots = found.procedure.slots
    return [
        Link(slots[slot].title, address("desk:slot", found.case.code, slot))
        for slot, piece in found.pieces.items()
        if slot in slots
        and act.at is not None
        and piece.filed_at <= act.at
        and (before is None or before.at is None or piece.filed_at > before.at)
    ]
