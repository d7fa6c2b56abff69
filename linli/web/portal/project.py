"""One project from need to archive: its page, its archive, its proof."""

import json

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_PUBLIC
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
from linli.web.portal.beside import Asked, beside, rule_texts, top, ways
from linli.web.portal.cards import share
from linli.web.portal.finding import case_named, person_of
from linli.web.portal.listing import need_rows, notice_cards, project_rows, titled
from linli.web.portal.pace import in_turn
from linli.web.portal.talking import talk_of
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.reader import reader_of
from linli.web.shared.tags.quick import address


@door(may=READ_PUBLIC, load=case_named)
def project(request: HttpRequest, case: Case) -> HttpResponse:
    now = clock.now()
    told = story(case, person_of(request), now, named=False)
    notices, on = _NOTICES(str(case.pk)), day_in_china(now)
    needs = [row.card for row in need_rows(told.needs)]
    takes_needs, (of_this, of_all) = matter.takes_needs(told, on), rule_texts(told, on)
    around = beside(
        told,
        on,
        takes_needs=takes_needs,
        rule_texts=of_this,
        needs=needs,
        meetings=votes_about(case.subject),
        notices=notice_cards(notices),
        changes=[row.card for row in project_rows(told.children)],
    )
    context = {
        "place": case.place,
        "told": told,
        "case": case,
        "rules": told.rules,
        "top": top(told, takes_needs=takes_needs),
        "next": told.ahead[0] if told.ahead else None,
        "asked": Asked(needs[0].raised_at, len(needs)) if needs else None,
        "steps": life.steps(told),
        "pending": life.pending(told),
        "beside": around,
        "ways": ways(around),
        "open_notices": [one for one in notices if not one.late_on(on)],
        "rule_texts": of_all,
        "stops": matter.stops(told, on),
        "text": _text_of(case),
        **talk_of(request, case),
        "address": request.build_absolute_uri(address("portal:project", case.code)),
        "share": _share(request, case, told),
    }
    return render(request, "portal/project.html", context)


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
