"""Notices: what they say, how long they hang, how many objected. The objections themselves are read on the portal."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from linli.records.cases.selectors import visible_to
from linli.records.notices.models import Notice, NoticeContent
from linli.records.notices.permissions import READ_NOTICE
from linli.web.api.asking import around, asked_place, listed
from linli.web.api.shapes import Listed, PlaceRef, place_ref
from linli.web.api.site import reading
from linli.web.api.turned_down import nowhere
from linli.web.shared import clock


class NoticeOut(Schema):
    id: int
    place: PlaceRef
    point: str
    clause: str
    project: str  # its code, "" if the notice is about something else
    title: str
    body: str
    amount_fen: int | None
    version: int
    digest: str
    published_at: datetime
    counted_from: date
    ends_on: date | None  # the last day that must pass; null while no length is set
    days: str  # such as "5 working_days", "" while no length is set
    taken_down_at: datetime | None
    over: bool
    objections: int
    objections_open: int
    receipt: str


@reading("/notices", may=READ_NOTICE, answer=Listed[NoticeOut], tags=["notices"])
def notices(request: HttpRequest, place: str = "", point: str = "", over: bool | None = None) -> Listed[NoticeOut]:
    """Notices, newest first.

    `place`: what concerns a place (in it, or in a larger place it lies in). `over`: true for those whose time has passed,
    false for those that run.
    """
    on, found = clock.today(), notice_rows()
    inside = asked_place(place)
    if inside is not None:
        found = found.filter(around(inside))
    if point:
        found = found.filter(point=point)
    if over is not None:
        running = Q(taken_down_at__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        found = found.filter(~running if over else running)
    return listed(found, request, lambda rows: notices_out(rows, on), by=("-published_at", "-pk"))


@reading("/notices/{id}", may=READ_NOTICE, answer=NoticeOut, tags=["notices"])
def notice(request: HttpRequest, id: Annotated[int, Field(ge=1, lt=2**63)]) -> NoticeOut:
    """One notice as it says now."""
    found = notices_out(notice_rows().filter(pk=id), clock.today())
    if not found:
        raise nowhere()
    return found[0]


def notice_rows() -> QuerySet[Notice]:
    contents = Prefetch("contents", NoticeContent.objects.order_by("-number"), to_attr="versions")
    return (
        Notice.objects.select_related("place")
        .prefetch_related(contents)
        .annotate(
            objected=Count("objections"),
            waiting=Count("objections", filter=Q(objections__isnull=False, objections__closing__isnull=True)),
        )
    )


def notices_out(notices: Iterable[Notice], on: date) -> list[NoticeOut]:
    notices = list(notices)
    cases = [int(notice.subject_id) for notice in notices if notice.subject_kind == "case" and notice.subject_id.isdecimal()]
    codes = {str(pk): code for pk, code in visible_to(None, on).filter(pk__in=cases).values_list("pk", "code")}
    return [
        _notice_out(notice, codes.get(notice.subject_id, "") if notice.subject_kind == "case" else "", on) for notice in notices
    ]


def _notice_out(notice: Notice, project: str, on: date) -> NoticeOut:
    content: NoticeContent = notice.versions[0]  # type: ignore[attr-defined]
    return NoticeOut(
        id=notice.pk,
        place=place_ref(notice.place),
        point=notice.point,
        clause=notice.clause,
        project=project,
        title=content.title,
        body=content.body,
        amount_fen=content.amount_fen,
        version=content.number,
        digest=content.digest,
        published_at=notice.published_at,
        counted_from=notice.counted_from,
        ends_on=notice.ends_on,
        days=f"{notice.days_count} {notice.days_kind}" if notice.days_count else "",
        taken_down_at=notice.taken_down_at,
        over=notice.late_on(on),
        objections=notice.objected,  # type: ignore[attr-defined]
        objections_open=notice.waiting,  # type: ignore[attr-defined]
        receipt=notice.receipt,
    )
