"""A matter on one page: the way behind and ahead, the gates of its present state, everything that hangs on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.linked import needs_of
from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.selectors import Completeness, Dossier, completeness, dossier
from linli.records.cases.selectors.completeness import Part
from linli.records.duties.models import Duty
from linli.records.duties.selectors import duties_about
from linli.records.needs.gate import takes_needs
from linli.records.people.models import Person
from linli.records.reports.archive.paper_set import has_paper_set
from linli.records.rounds.selectors import chooses
from linli.records.rulebook.selectors import deadline_of, procedures_of
from linli.rules.plain.texts import Text
from linli.rules.policy.reading import Reading
from linli.web.desk.children import child_links
from linli.web.desk.excuses import excuse_rows
from linli.web.desk.gates import gates
from linli.web.desk.loaders import address, desk_case, reader_person, works_on
from linli.web.desk.papers import paper_lines, slot_addresses
from linli.web.desk.states import stamp_of
from linli.web.desk.story import entries
from linli.web.desk.ways import Ways, surroundings
from linli.web.shared import clock
from linli.web.shared.archives import archive_meters
from linli.web.shared.doors import door
from linli.web.shared.shapes import ArchiveMeter, Link, MoneyLine, Stamp
from linli.web.shared.values import moved_words, value_words


@door(may=READ_ALL, load=desk_case)
def show(request: HttpRequest, case: Case) -> HttpResponse:
    reader = reader_person(request)
    found = dossier(case, reader, clock.now())
    ways = Ways(case, found.standing, surroundings(case), reader)
    onward, aside = gates(found, ways)
    papers = paper_lines(found, ways)
    context = {
        **head(case, found),
        "entries": entries(found),
        "onward": onward,
        "aside": aside,
        "evidence": slot_addresses(found),
        "papers_now": [line for line in papers if line.now],
        "papers_other": [line for line in papers if not line.now],
        "needs": [Link(need.code, address("desk:need", need.code), need.what) for need in needs_of(case)[:20]],
        "takes_needs": takes_needs(found.rules, clock.today()),
        "excuses": excuse_rows(found.standing),
        "holds": [(found.standing.hold_title(hold), hold) for hold in found.holds],
        "archives": _archives(found),
        "money": _money(found),
        "local": _local(found),
        **_around(found, reader),
    }
    return render(request, "desk/cases/dossier.html", context)


def _archives(found: Dossier) -> list[ArchiveMeter]:
    """Every missing part with the page where it is filed or answered."""

    def way(archive: Completeness, part: Part) -> str:
        page, key = ("desk:slot", part.slot) if part.slot else ("desk:checklist", archive.checklist.id)
        return address(page, found.case.code, key)

    return archive_meters(found.rules, completeness(found.standing, found.pieces, found.checklists), way)


def _granted(found: Dossier) -> bool:
    """Whether the rules know a grant for such a matter."""
    return any(each.procedure == found.case.procedure for each in found.rules.grants(found.standing.rules_on).values())


def head(case: Case, found: Dossier) -> dict[str, Any]:
    """What stands above every page of a case."""
    owed = [duty for duty in duties_about(case.subject) if duty.done_at is None]
    deadline = deadline_of(found.standing, found.readings)
    return {
        "case": case,
        "place": case.place,
        "rules": found.rules,
        "procedure": found.procedure,
        "stamp": stamp_of(found.state, stopped=bool(found.holds)),
        "type_title": _entry(found, found.procedure.type_catalogue, case.type),
        "due": _soonest(owed) if deadline is None else None,
        "deadline": deadline,
        "moved": [moved_words(by) for by in deadline.moved] if deadline else [],
    }


def _soonest(owed: list[Duty]) -> Duty | None:
    dated = [duty for duty in owed if duty.due_on is not None]
    return min(dated, key=lambda duty: str(duty.due_on), default=None)


def _entry(found: Dossier, catalogue: str, key: str) -> Text | str:
    known = found.rules.catalogues(found.standing.rules_on).get(catalogue)
    return known.entries[key].title if known and key in known.entries else key


def _money(found: Dossier) -> MoneyLine | None:
    by_kind = {piece.kind: piece.facts for piece in found.pieces.values()}
    held = found.commitment
    budget = held.amount_fen if held else found.case.amount_fen
    if budget is None:
        return None
    return MoneyLine(
        budget_fen=budget,
        contract_fen=_fen(by_kind.get("contract", {}).get("amount")),
        paid_fen=_fen(by_kind.get("settlement", {}).get("amount")),
        source=held.envelope.source if held else Text("还没有占用年度资金", "No money of the year is taken yet"),
    )


def _fen(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _local(found: Dossier) -> list[tuple[Text, Reading, str, str]]:
    """Values the present acts were held against that a place has set, or that nobody has set yet."""
    read = {(one.parameter, one.key): one for _, decision in found.acts for one in decision.trace}
    kept = [one for one in read.values() if one.local is not None or (one.state == "unset" and one.set_by)]
    return [
        (
            found.rules.parameter(one.parameter).title,
            one,
            value_words(one),
            address("desk:local_setting", one.parameter, key=one.key),
        )
        for one in kept
    ]


def _around(found: Dossier, reader: Person) -> dict[str, Any]:
    passages = [child.passage for child in found.children if child.passage is not None]
    procedures = procedures_of(passages)
    children: list[tuple[Link, Stamp]] = []
    for child in found.children:
        if child.passage is not None:
            known = procedures[child.passage.pk]
            link = Link(child.title, address("desk:dossier", child.code), known.title)
            children.append((link, stamp_of(known.states[child.passage.state])))
    case = found.case
    works = works_on(reader, found.procedure, case.place, clock.today()) and not found.state.end
    return {
        "children": children,
        "new_children": child_links(found.standing, case, reader),
        "works_here": works,
        "parent_url": address("desk:dossier", case.parent.code) if case.parent else "",
        "try_url": address("desk:try", case=case.code),
        "public_url": address("portal:project", case.code) if case.public else "",
        "round_url": address("desk:round", case.code) if chooses(found.standing) else "",
        "grants_url": address("desk:grants", case.code) if _granted(found) else "",
        "archive_url": address("portal:archive", case.code) if case.public else address("desk:case_package", case.code),
        "set_url": address("desk:case_set", case.code) if has_paper_set(found.procedure, case.place.level) else "",
    }
