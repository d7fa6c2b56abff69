"""The list of meetings: what is called, what is under way, what was held."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.meetings.models import Meeting
from linli.records.meetings.permissions import CALL
from linli.records.meetings.selectors import meetings_at
from linli.records.people.access import may
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Column, Link, Stamp, Tab, Table

STATES: Mapping[str, Stamp] = {
    "called": Stamp(Text("已通知", "Called"), "waiting"),
    "open": Stamp(Text("正在开", "Under way"), "running"),
    "closed": Stamp(Text("已开完", "Held"), "done"),
    "cancelled": Stamp(Text("已取消", "Cancelled"), "closed"),
}
_COLUMNS = (
    Column(Text("会议", "Meeting"), "link"),
    Column(Text("时间", "When"), "moment"),
    Column(Text("地点", "Venue")),
    Column(Text("议题", "Items"), "number"),
    Column(Text("待答复的意见", "Opinions to answer"), "number"),
    Column(Text("记录", "Minutes")),
    Column(Text("状态", "State"), "stamp"),
)


@door(may="meetings.read_minutes", load=place_here)
def meetings(request: HttpRequest, place: Place) -> HttpResponse:
    wanted = request.GET.get("state", "")
    rows = meetings_at(place)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    rows = rows.filter(state=wanted) if wanted in STATES else rows
    rows = rows.annotate(
        about=Count("items", distinct=True),
        owed=Count("opinions", filter=Q(opinions__replied_at__isnull=True), distinct=True),
        locked=Count("minutes", filter=Q(minutes__locked_at__isnull=False), distinct=True),
        written=Count("minutes", distinct=True),
    )
    page = page_of(rows, request, by=("-convened_for", "-pk"))
    context = {
        "place": place,
        "page": page,
        "tabs": _tabs(counts, wanted),
        "table": Table(Text("会议", "Meetings"), _COLUMNS, _rows(page.items, place), hide_caption=True),
        "may_call": may(me(request), CALL, place, clock.today()),
    }
    return render(request, "desk/meetings/list.html", context)


def _tabs(counts: Mapping[str, int], wanted: str) -> list[Tab]:
    whole = Tab(Text("全部", "All"), "?", current=wanted not in STATES, count=sum(counts.values()))
    named = [
        Tab(stamp.title, f"?state={state}", current=state == wanted, count=counts.get(state, 0))
        for state, stamp in STATES.items()
    ]
    return [whole, *named]


def _rows(meetings: Any, place: Place) -> list[list[Any]]:
    titles = {id: session.title for id, session in rules_at(place).sessions(clock.today()).items()}
    return [
        [
            Link(one.title, reverse("desk:meeting", args=[one.pk]), titles.get(one.session, one.place.short_name)),
            one.convened_for,
            one.venue,
            one.about,
            one.owed or None,
            _minutes(one),
            STATES[one.state],
        ]
        for one in meetings
    ]


def _minutes(meeting: Any) -> Text:
    if meeting.locked:
        return Text("已会签", "Countersigned")
    if meeting.written:
        return Text("等会签", "To be signed")
    return Text("还没写", "Not written") if meeting.state in ("open", "closed") else Text("", "")


def state_of(meeting: Meeting) -> Stamp:
    return STATES[meeting.state]
