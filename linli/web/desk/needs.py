"""The list of needs: where each stands, how many in every state, whose turn it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.duties.models import Reply
from linli.records.needs.codes import read_code
from linli.records.needs.form import need_form
from linli.records.needs.models import Need
from linli.records.needs.permissions import ENTER_FOR_OTHERS, HANDLE
from linli.records.needs.selectors import needs_at
from linli.records.people.access import may
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.models import Passage
from linli.records.rulebook.selectors import passages_of, procedures_of, rules_at
from linli.rules.plain.texts import Text
from linli.rules.policy.models import State
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import communities, me, place_here, place_options, tone_of
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Column, Filter, Link, Stamp, Tab, Table

READ = "needs.read_needs_at_desk"
_COLUMNS = (
    Column(Text("需求", "Need"), "link"),
    Column(Text("在哪里", "Where")),
    Column(Text("收到", "Received"), "date"),
    Column(Text("怎么来的", "How it came")),
    Column(Text("状态", "State"), "stamp"),
    Column(Text("最晚答复", "Answer by"), "date"),
)


@door(may=READ, load=place_here)
def needs(request: HttpRequest, place: Place) -> HttpResponse:
    asked, on = request.GET, clock.today()
    rules = rules_at(place)
    need_form(rules, on)  # refuses, in words, where the rules know of no needs
    states = rules.procedure("need", on).states
    filtered = _filtered(place, asked)
    counts = _counts(place, filtered)
    wanted = asked.get("state", "")
    page = page_of(_in_state(place, filtered, wanted) if wanted else filtered, request)
    context = {
        "place": place,
        "tabs": _tabs(states, counts, asked, wanted),
        "filters": _filters(place, rules, on),
        "table": Table(Text("需求", "Needs"), _COLUMNS, _rows(page.items, rules, on), hide_caption=True),
        "page": page,
        "asked": asked.urlencode(),
        "handles": may(me(request), HANDLE, place, on),
        "enters": may(me(request), ENTER_FOR_OTHERS, place, on),
        "narrowed": any(asked.get(key) for key in ("state", "year", "mode", "channel", "q", "place")),
    }
    return render(request, "desk/needs/list.html", context)


def filtered_needs(place: Place, asked: Any) -> QuerySet[Need]:
    """The list as its address asks for it, state included."""
    found = _filtered(place, asked)
    return _in_state(place, found, asked["state"]) if asked.get("state") else found


def _filtered(place: Place, asked: Any) -> QuerySet[Need]:
    found = needs_at(place) if asked.get("state") != "withdrawn" else _with_withdrawn(place)
    if asked.get("year", "").isdecimal():
        found = found.filter(year=int(asked["year"]))
    for key in ("mode", "channel"):
        if asked.get(key):
            found = found.filter(**{key: asked[key]})
    if words := asked.get("q", "").strip():
        code = read_code(words)
        found = found.filter(
            Q(what__contains=words) | Q(where__contains=words) | Q(paper_ref=words) | (Q(code=code) if code else Q(pk=None))
        )
    return found


def _with_withdrawn(place: Place) -> QuerySet[Need]:
    every = Need.objects.filter(beneath(place, "place"))
    return every.defer("asker_name", "contact", "sealed").select_related("place", "cluster")


def _passages(place: Place, needs: QuerySet[Need]) -> QuerySet[Passage]:
    ids = needs.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Passage.objects.filter(beneath(place, "place"), subject_kind="need", subject_id__in=ids)


def _counts(place: Place, needs: QuerySet[Need]) -> dict[str, int]:
    rows = _passages(place, needs).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def _in_state(place: Place, needs: QuerySet[Need], state: str) -> QuerySet[Need]:
    passages = Passage.objects.filter(beneath(place, "place"), subject_kind="need", state=state)
    return needs.alias(key=Cast("pk", CharField())).filter(key__in=passages.values("subject_id"))


def _tabs(states: Any, counts: dict[str, int], asked: Any, wanted: str) -> list[Tab]:
    def way(state: str) -> str:
        query = asked.copy()
        for key in ("state", "after", "before"):
            query.pop(key, None)
        if state:
            query["state"] = state
        return f"?{query.urlencode()}"

    whole = Tab(Text("全部", "All"), way(""), current=not wanted, count=sum(counts.values()) if wanted != "withdrawn" else None)
    named = [
        Tab(state.title, way(id), current=wanted == id, count=counts.get(id, 0) if id != "withdrawn" or wanted == id else None)
        for id, state in states.items()
    ]
    return [whole, *named]


def _filters(place: Place, rules: Rules, on: date) -> list[Filter]:
    known = rules.catalogues(on)

    def choices(catalogue: str) -> Sequence[tuple[str, Text]]:
        return [(key, entry.title) for key, entry in known[catalogue].entries.items()] if catalogue in known else []

    years = [(str(year), str(year)) for year in range(on.year, on.year - 4, -1)]
    found = [
        Filter("year", Text("年度", "Year"), years),
        Filter("mode", Text("征集方式", "How collected"), choices("collection_modes")),
        Filter("channel", Text("途径", "Channel"), choices("collection_channels")),
        Filter("q", Text("文字或编号", "Words or code"), kind="text"),
    ]
    if inside := communities(place):
        found.insert(0, Filter("place", Text("社区", "Community"), place_options(inside)))
    return found


def _rows(needs: Sequence[Need], rules: Rules, on: date) -> list[list[Any]]:
    ids = [str(need.pk) for need in needs]
    passages = passages_of("need", ids)
    procedures = procedures_of(passages.values())
    owed = Reply.objects.filter(subject_kind="need", subject_id__in=ids, kind="need", answered_at__isnull=True)
    due = dict(owed.values_list("subject_id", "due_on"))
    known = rules.catalogues(on)

    def named(catalogue: str, key: str) -> Text:
        entries = known[catalogue].entries if catalogue in known else {}
        return entries[key].title if key in entries else Text(key, key)

    rows = []
    for need in needs:
        passage = passages[str(need.pk)]
        state: State = procedures[passage.pk].states[passage.state]
        mode, channel = named("collection_modes", need.mode), named("collection_channels", need.channel)
        note = Text(f"{need.code} · 与其他需求归在一组", f"{need.code} · stands with others") if need.cluster_id else need.code
        rows.append(
            [
                Link(_short(need.what), reverse("desk:need", args=[need.code]), note),
                need.where,
                need.raised_at,
                Text(f"{mode.zh} · {channel.zh}", f"{mode.en} · {channel.en}"),
                Stamp(state.title, tone_of(state)),
                due.get(str(need.pk)),
            ]
        )
    return rows


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
