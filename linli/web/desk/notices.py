"""The list of notices: how long each still hangs, and the objections that wait for an answer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.notices.models import Notice, NoticeContent, Objection
from linli.records.notices.permissions import PUBLISH_NOTICE
from linli.records.people.access import may
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import me, place_here
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Column, Link, Stamp, Tab, Table
from linli.web.shared.tags.figures import days_left

READ = "notices.read_notices_at_desk"
POINTS = "publicity_points"
_COLUMNS = (
    Column(Text("公示", "Notice"), "link"),
    Column(Text("社区", "Community")),
    Column(Text("贴出", "Put up"), "date"),
    Column(Text("最后一天", "Last day"), "date"),
    Column(Text("还有多久", "Time left")),
    Column(Text("待答复的异议", "Objections to answer"), "number"),
    Column(Text("状态", "State"), "stamp"),
)
_NOT_SET = Text("天数未设定", "No length set")


@door(may=READ, load=place_here)
def notices(request: HttpRequest, place: Place) -> HttpResponse:
    wanted = request.GET.get("show", "hanging")
    every = Notice.objects.filter(beneath(place, "place"))
    page = page_of(_shown(every, wanted), request)
    rules, on = rules_at(place), clock.today()
    context = {
        "place": place,
        "page": page,
        "tabs": _tabs(every, wanted),
        "table": Table(Text("公示", "Notices"), _COLUMNS, _rows(page.items, rules, on), hide_caption=True),
        "may_publish": may(me(request), PUBLISH_NOTICE, place, on),
    }
    return render(request, "desk/notices/list.html", context)


def _shown(every: QuerySet[Notice], wanted: str) -> QuerySet[Notice]:
    waiting = Count("objections", filter=Q(objections__closing__isnull=True), distinct=True)
    found = every.select_related("place").prefetch_related("contents").annotate(waiting=waiting)
    if wanted == "objections":
        return _objected(found)
    if wanted == "down":
        return found.filter(taken_down_at__isnull=False)
    return found.filter(taken_down_at__isnull=True) if wanted == "hanging" else found


def _objected(every: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those with an objection that has no answer; each once."""
    open_ones = Objection.objects.filter(closing__isnull=True)
    return every.filter(pk__in=open_ones.values("notice"))


def _tabs(every: QuerySet[Notice], wanted: str) -> list[Tab]:
    counts = every.aggregate(
        hanging=Count("pk", filter=Q(taken_down_at__isnull=True)), down=Count("pk", filter=Q(taken_down_at__isnull=False))
    )
    counts["objections"] = _objected(every).count()
    titles = {
        "hanging": Text("正在公示", "Hanging"),
        "objections": Text("有异议待答复", "Objections to answer"),
        "down": Text("已结束", "Taken down"),
        "all": Text("全部", "All"),
    }
    return [Tab(title, f"?show={key}", current=key == wanted, count=counts.get(key)) for key, title in titles.items()]


def _rows(notices: Iterable[Any], rules: Rules, on: date) -> list[list[Any]]:
    points = point_titles(rules, on)
    return [
        [
            Link(latest(one).title, reverse("desk:notice", args=[one.pk]), points.get(one.point, Text(one.point, one.point))),
            one.place.short_name,
            one.published_at,
            one.ends_on,
            _left(one),
            one.waiting or None,
            stamp_of(one, one.waiting, on),
        ]
        for one in notices
    ]


def _left(notice: Notice) -> Text | str:
    if notice.taken_down_at is not None:
        return ""
    return days_left(notice.ends_on) if notice.ends_on else _NOT_SET


def point_titles(rules: Rules, on: date) -> Mapping[str, Text]:
    known = rules.catalogues(on).get(POINTS)
    return {key: entry.title for key, entry in known.entries.items()} if known else {}


def latest(notice: Notice) -> NoticeContent:
    """What it says now, from what was fetched with it."""
    return max(notice.contents.all(), key=lambda content: content.number)


def stamp_of(notice: Notice, waiting: int, on: date) -> Stamp:
    """Where a notice stands, in one word."""
    if waiting:
        return Stamp(Text("有异议待答复", "Objections to answer"), "action")
    if notice.taken_down_at is not None:
        if notice.taken_down_early:
            return Stamp(Text("提前撤下", "Taken down early"), "refused")
        return Stamp(Text("已结束", "Taken down"), "closed")
    if notice.ends_on is None:
        return Stamp(_NOT_SET, "waiting")
    return Stamp(Text("公示中", "Hanging"), "waiting") if on <= notice.ends_on else Stamp(Text("公示期满", "Time served"), "done")
