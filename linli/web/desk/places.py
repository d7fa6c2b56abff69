"""The places beneath a place: which there are, what changed when and by which document, and the ways to change them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.people.access import may
from linli.records.people.permissions import KEEP_PLACES
from linli.records.people.services.places import take_back
from linli.records.places.models import Place, PlaceChange
from linli.records.places.services.reaching import LONGEST_COUNTER, LONGEST_PHONE
from linli.records.places.services.undoing import KINDS as TAKEN_BACK
from linli.rules.plain.days import day_words
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import place_filter, rooms, who_may
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet, take, typed, why
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, door
from linli.web.shared.levels import level_title
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Column, Link, Stamp, Table

KINDS = {
    "new": Text("新设", "Open a new one"),
    "rename": Text("更名", "Rename"),
    "end": Text("撤销或并入", "End or merge"),
    "split": Text("拆分", "Split"),
    "move": Text("划到别处", "Move elsewhere"),
    "table": Text("成批载入", "Load a table"),
}
_COLUMNS = (
    Column(Text("名称", "Name"), "link"),
    Column(Text("编码", "Code")),
    Column(Text("层级", "Level")),
    Column(Text("状态", "State"), "stamp"),
)
_WHAT = {
    "opened": Text("新设", "opened"),
    "renamed": Text("更名", "renamed"),
    "split": Text("拆出", "split into"),
    "merged": Text("并入", "merged into"),
    "ended": Text("撤销", "ended"),
}
_UNDO = why(
    Text("为什么撤回", "Why it is taken back"),
    Text("如“编码写错了”。会封存备查。", "Such as a wrong code. It is sealed."),
    most=200,
)
REACHED = "reached"
_REACHED_BY = (
    Ask(
        "phone",
        Text("电话", "Telephone"),
        "phone",
        hint=Text("办公电话，公开显示；不写个人手机。", "That of the office; it is public. No private number."),
        extra={"maxlength": str(LONGEST_PHONE), "autocomplete": "off"},
    ),
    Ask(
        "counter",
        Text("柜台在哪里、什么时候开", "Where the counter is, and when it is open"),
        hint=Text("如“党群服务中心一楼，周一至周五 9:00–18:00”。", "Such as 党群服务中心一楼，周一至周五 9:00–18:00."),
        extra={"maxlength": str(LONGEST_COUNTER)},
    ),
)
SIZE, LATELY = 50, 30


@door(may=STAFF, load=place_here)
def places(request: HttpRequest, place: Place) -> HttpResponse:
    return places_again(request, place)


def places_again(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    on = clock.today()
    keeps = may(me(request), KEEP_PLACES, place, on)
    page = page_of(Place.objects.filter(parent=place), request, by=("code",), size=SIZE)
    rows = [
        [Link(each.short_name, reverse("portal:community", args=[each.pk])), each.pk, level_title(each.level), _state(each)]
        for each in page.items
    ]
    context = {
        "place": place,
        "rooms": rooms(place, "desk:places"),
        "filters": place_filter(request, place),
        "inside": Table(Text("里面的地方", "Places inside"), _COLUMNS, rows) if rows else None,
        "page": page,
        "keeps": keeps,
        "who": who_may(KEEP_PLACES, place),
        "ways": [(title, f"{reverse('desk:place_change', args=[kind])}?place={place.pk}") for kind, title in KINDS.items()],
        "changes": _changes(place, keeps, tried),
        "reached": _reached(place, tried) if keeps else None,
        "refused": tried.turned_down if tried and tried.form != REACHED else None,
    }
    return render(request, "desk/people/places.html", context)


def _state(place: Place) -> Stamp:
    on = clock.today()
    if place.until is not None and place.until < on:
        return Stamp(Text("已撤销", "Ended"), "closed")
    if place.until is not None:
        last = day_words(place.until)
        return Stamp(Text(f"{last.zh}为止", f"until {last.en}"), "waiting")
    return (
        Stamp(Text("未到", "Not begun"), "waiting") if place.since and place.since > on else Stamp(Text("在用", "In use"), "done")
    )


def _changes(place: Place, keeps: bool, tried: Tried | None) -> list[dict[str, Any]]:
    """The latest of the places inside, the newest first; each place's newest may be taken back."""
    found = PlaceChange.objects.filter(place__parent=place).select_related("place", "successor").order_by("-recorded_at", "-pk")
    shown: list[dict[str, Any]] = []
    seen: set[str] = set()
    latest = list(found[:LATELY])
    merged = {(each.place_id, each.recorded_at) for each in latest if each.kind == "merged"}
    for change in latest:
        if change.kind == "ended" and (change.place_id, change.recorded_at) in merged:
            continue  # the merger says it
        newest = change.undone_at is None and change.place_id not in seen
        seen |= {change.place_id} if change.undone_at is None else set()
        open_to = keeps and newest and change.kind in TAKEN_BACK
        shown.append({"change": change, "said": said_of(change), "undo": _undo(change, place, tried) if open_to else None})
    return shown


def said_of(change: PlaceChange) -> Text:
    """What happened to the place, in a few words; its name is said beside it."""
    what = _WHAT[change.kind]
    if change.kind == "renamed":
        return Text(
            f"{what.zh}：{change.name_before} → {change.name_after}", f"{what.en}: {change.name_before} → {change.name_after}"
        )
    if change.successor is not None:
        return Text(
            f"{what.zh}{change.successor.short_name}（{change.successor_id}）",
            f"{what.en} {change.successor.short_name} ({change.successor_id})",
        )
    return what


def _reached(place: Place, tried: Tried | None) -> Sheet:
    now = {"phone": place.phone, "counter": place.counter}
    action, button = address("desk:place_reached", place=place.pk), Text("登记", "Record")
    return sheet(REACHED, _REACHED_BY, action=action, button=button, tried=tried, start=now)


def _undo(change: PlaceChange, place: Place, tried: Tried | None) -> Any:
    action = address("desk:undo_place_change", place=place.pk, pk=str(change.pk))
    return sheet(f"undo{change.pk}", (_UNDO,), action=action, button=Text("撤回这次变更", "Take this change back"), tried=tried)


@door(may="people.keep_places", load=place_here, methods=["POST"])
def undo(request: HttpRequest, place: Place) -> HttpResponse:
    asked = request.GET.get("pk", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    change = PlaceChange.objects.select_related("place__parent").filter(pk=number, place__parent=place).first()
    if change is None:
        raise NotFound
    form = f"undo{change.pk}"

    def act() -> Text:
        done = take_back(change=change, reason=typed(request.POST, form, "reason")[:200], by=me(request), at=clock.now())
        return Text(f"已撤回，{done.short_name}和变更以前一样。", f"Taken back: {done.short_name} is as it was before.")

    return take(
        request, form, act=act, again=lambda tried: places_again(request, place, tried), to=address("desk:places", place=place.pk)
    )
