"""One project from need to archive: its page, its archive, its proof."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_PUBLIC
from linli.records.meetings.models import AgendaItem
from linli.records.meetings.selectors import votes_about
from linli.records.notices.models import Notice
from linli.records.people.limits import PACKAGES_PER_ADDRESS
from linli.records.prepared import Prepared
from linli.records.reports.archive import archive_package
from linli.records.reports.story import Story, story
from linli.records.texts.models import Document
from linli.records.texts.selectors import text_of
from linli.records.trail.models import Event
from linli.records.trail.selectors import checkpoint_file, events_of, latest_checkpoint, proofs_of
from linli.rules.plain.days import day_in_china
from linli.web.portal import life, matter
from linli.web.portal.beside import beside, rule_texts, top, ways
from linli.web.portal.cards import share
from linli.web.portal.finding import case_named, person_of
from linli.web.portal.line import line, papers
from linli.web.portal.listing import CaseRow, NeedRow, need_rows, notice_cards, project_rows, titled
from linli.web.portal.pace import in_turn
from linli.web.portal.talking import talk_of
from linli.web.shared import clock
from linli.web.shared.as_read import page_as_read
from linli.web.shared.doors import door
from linli.web.shared.reader import reader_of
from linli.web.shared.tags.quick import address


@dataclass(frozen=True)
class _Around:
    """What the page tells besides the story itself."""

    needs: Sequence[NeedRow]
    meetings: Sequence[tuple[AgendaItem, Sequence[AgendaItem]]]
    notices: list[Notice]
    changes: Sequence[CaseRow]
    text: Document | None
    talk: Mapping[str, Any]
    stops: Sequence[matter.Stopped]


@door(may=READ_PUBLIC, load=case_named)
def project(request: HttpRequest, case: Case) -> HttpResponse:
    """Everything is read first; then it is composed, once for the same rows."""
    now = clock.now()
    told, on = story(case, person_of(request), now, named=False), day_in_china(now)
    around = _around(request, told, on)
    return page_as_read(request, "portal/project.html", lambda: _composed(request, told, around, on))


def _around(request: HttpRequest, told: Story, on: date) -> _Around:
    case = told.case
    found = _Around(
        needs=need_rows(told.needs),
        meetings=votes_about(case.subject),
        notices=_NOTICES(str(case.pk)),
        changes=project_rows(told.children),
        text=_text_of(case),
        talk=talk_of(request, case),
        stops=matter.stops(told, on),
    )
    _ = told.money, told.sources, told.archives
    return found


def _composed(request: HttpRequest, told: Story, around: _Around, on: date) -> dict[str, Any]:
    case, needs, pending = told.case, [row.card for row in around.needs], life.pending(told)
    takes_needs, (of_this, of_all) = matter.takes_needs(told, on), rule_texts(told, on)
    known = beside(
        told,
        on,
        takes_needs=takes_needs,
        rule_texts=of_this,
        needs=needs,
        meetings=around.meetings,
        notices=notice_cards(around.notices),
        changes=[row.card for row in around.changes],
    )
    return {
        "place": case.place,
        "told": told,
        "case": case,
        "rules": told.rules,
        "top": top(told, takes_needs=takes_needs),
        "next": told.ahead[0] if told.ahead else None,
        "line": line(life.steps(told), since=needs[0].raised_at if needs else None, needs=len(needs)),
        "pending": papers(pending) if pending else "",
        "beside": known,
        "ways": ways(known),
        "open_notices": [one for one in around.notices if not one.late_on(on)],
        "rule_texts": of_all,
        "stops": around.stops,
        "text": around.text,
        **around.talk,
        "address": request.build_absolute_uri(address("portal:project", case.code)),
        "share": _share(request, case, told),
    }


def _text_of(case: Case) -> Document | None:
    """Its text, once there is something to read or to say about it."""
    text = text_of(case.subject) if getattr(case, "has_text", True) else None
    return text if text and (text.adopted_at or text.calls.exists()) else None


def _share(request: HttpRequest, case: Case, told: Story) -> dict[str, str]:
    stands = told.state.title.in_language(reader_of(request).language)
    return share(request, address("portal:project_card", case.code), case.place.short_name, stands, case.summary)


_NOTICES = Prepared(
    lambda case: titled(Notice.objects.filter(subject_kind="case", subject_id=case)).order_by("published_at", "pk")
)


@door(may=READ_PUBLIC, load=case_named)
def archive(request: HttpRequest, case: Case) -> FileResponse:
    """Everything this reader may see, in one zip that proves itself without this system."""
    in_turn(request, "package", "", PACKAGES_PER_ADDRESS)
    package = archive_package(case=case, reader=person_of(request), at=clock.now(), language=reader_of(request).language)
    return FileResponse(
        package,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{case.code}.zip"', "Cache-Control": "private, no-store"},
    )


@door(may=READ_PUBLIC, load=case_named)
def proof(request: HttpRequest, case: Case) -> HttpResponse:
    """Every sealed event of the case with its path to the root of the latest checkpoint."""
    events = list(events_of(case.subject).select_related("leaf"))
    checkpoint = latest_checkpoint()
    covered = [event for event in events if checkpoint and _leaf(event) < checkpoint.size]
    found = {
        "case": case.code,
        "checkpoint": checkpoint_file(checkpoint) if checkpoint else None,
        "proofs": proofs_of(covered, checkpoint) if checkpoint else [],
        "waiting": [life.receipt_of(event) for event in events if event not in covered],
    }
    body = json.dumps(found, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/json; charset=utf-8")


def _leaf(event: Event) -> int:
    leaf = getattr(event, "leaf", None)
    return int(leaf.index) if leaf is not None else 2**63
