"""Entering needs for people who came to the counter, rang, or filled in paper: one after the other, by keyboard.

What stays the same from one need to the next (place, round, channel, day) stays in the address, so an empty form comes
back with it. Enter moves on and, at the last field, sends; without JavaScript Enter sends at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from linli.records.needs.form import NeedForm, need_form
from linli.records.needs.models import Need
from linli.records.needs.permissions import ENTER_FOR_OTHERS, HANDLE
from linli.records.needs.selectors import similar_needs
from linli.records.needs.services import Details, raise_need, record_visit
from linli.records.people.access import may
from linli.records.people.models import Household
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.records.rulebook.selectors import passages_of, procedures_of, rules_at
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Field
from linli.web.desk.intake_ground import address, communities, me, place_here, place_options
from linli.web.desk.need_page import found_need
from linli.web.desk.needs import READ
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.days import day_typed
from linli.web.shared.doors import door
from linli.web.shared.drafting import draft_for
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.filling import Posted, posted
from linli.web.shared.shapes import Receipt, Similar, Words
from linli.web.shared.undoing import offer_undo

ENTER = "needs.enter_need"
# Carried from one need to the next; `last` is the code of the one just entered.
KEPT = ("mode", "channel", "asker", "collected_on")
_USUAL = {"mode": "daily", "channel": "offline", "asker": "resident"}
_FIRST = ("what", "where")
_LAST = ("mode", "channel", "asker")
_DESK: tuple[tuple[str, Text, str, Text | str], ...] = (
    ("household", Text("户号", "Household number"), "text", Text("知道就填，算进覆盖", "Counts for coverage where known")),
    ("asker_name", Text("姓名或称呼", "Name"), "text", ""),
    ("contact", Text("电话", "Phone"), "phone", ""),
    ("paper_ref", Text("纸质表编号", "Paper form"), "text", ""),
)
_NOT_HERE = Text("请先选是哪个社区的需求。", "Choose the community first.")


@dataclass(frozen=True)
class Entry:
    """A form on its way: what was typed, read by the pack, and what is wrong with it."""

    sent: Posted
    errors: dict[str, Text]
    turned_down: TurnedDown | None = None
    similar: Sequence[Similar] | None = None


@door(may=ENTER, load=place_here, methods=["GET", "POST"])
def enter_need(request: HttpRequest, place: Place) -> HttpResponse:
    if place.level != "community":
        return _choose(request, place)
    form, post = need_form(rules_at(place), clock.today()), request.POST
    if request.method == "GET":
        return _page(request, place, form, _begun(form, request.GET, _draft(request, place)))
    sent = posted(form.form, post)
    if "look" in post:
        words = f"{post.get('where', '')} {post.get('what', '')}"
        return _page(request, place, form, Entry(sent, {}, similar=alike(place, words)))
    try:
        if "nothing" in post:
            return _visited(request, place, post)
        return _entered(request, place, sent, post)
    except TurnedDown as turned_down:
        named = turned_down.fields if isinstance(turned_down, Invalid) else {}
        answer = _page(request, place, form, Entry(sent, {**named, **sent.errors}, turned_down))
        answer.status_code = turned_down.status
        return answer


def _draft(request: HttpRequest, place: Place) -> QueryDict:
    """What was typed here before and not sent; of another community's form nothing."""
    if request.method == "POST":
        return request.POST
    draft = draft_for(request, request.path)
    return draft if draft.get("place", place.pk) == place.pk else QueryDict()


def _begun(form: NeedForm, asked: QueryDict, draft: QueryDict) -> Entry:
    if draft:
        return Entry(posted(form.form, draft), {})
    start = {key: asked.get(key) or _USUAL.get(key, "") for key in KEPT}
    return Entry(Posted({}, {key: value for key, value in start.items() if key in form.form.fields or key == "collected_on"}), {})


def _entered(request: HttpRequest, place: Place, sent: Posted, post: QueryDict) -> HttpResponse:
    sent.check()
    at = clock.now()
    details = Details(
        name=post.get("asker_name", "").strip(),
        household=_household(place, post.get("household", "").strip()),
        paper_ref=post.get("paper_ref", "").strip(),
        collected_on=day_typed(post.get("collected_on", ""), "collected_on"),
    )
    need = raise_need(place=place, data=sent.data, by=me(request), at=at, details=details)
    if need.raised_at != at:
        told(request, Text(f"这一条登记过了，编号 {need.code}，没有重复登记。", f"It was there already, code {need.code}."))
    else:
        told(request, Text(f"已登记，编号 {need.code}。", f"Entered, code {need.code}."))
        if may(me(request), HANDLE, place, clock.today()):
            offer_undo(request, reverse("desk:undo_entry", args=[need.code]), {})
    return _next(place, post, last=need.code)


def _visited(request: HttpRequest, place: Place, post: QueryDict) -> HttpResponse:
    """The household was asked and wishes for nothing: kept, and counted for coverage."""
    household = _household(place, post.get("household", "").strip())
    channel = post.get("channel") or "offline"
    record_visit(
        place=place,
        household=household,
        channel=channel,
        by=me(request),
        at=clock.now(),
        on=day_typed(post.get("collected_on", ""), "collected_on"),
    )
    label = household.label if household else ""
    told(request, Text(f"已记下：{label} 走访过，暂无需求。", f"Kept: {label} was asked and wishes for nothing."))
    return _next(place, post)


def _next(place: Place, post: QueryDict, last: str = "") -> HttpResponse:
    """To an empty form that keeps what does not change from one need to the next."""
    kept = {key: str(post[key]) for key in KEPT if post.get(key)}
    query = {"place": place.pk, **kept, **({"last": last} if last else {})}
    return redirect(reverse("desk:enter_need") + "?" + urlencode(query))


def _household(place: Place, label: str) -> Household | None:
    if not label:
        return None
    found = Household.objects.filter(holding(clock.today()), place=place, label=label).first()
    if found is None:
        wrong = Text(
            f"名册里没有户号{quoted(label)}，请核对；不知道就空着。",
            f"There is no household {quoted(label)}; leave it empty if you do not know.",
        )
        raise Invalid(wrong, fields={"household": wrong})
    return found


def _choose(request: HttpRequest, place: Place) -> HttpResponse:
    """Above the community: say first whose need it is."""
    context = {"place": place, "options": place_options(communities(place)), "words": _NOT_HERE}
    return render(request, "desk/needs/choose.html", context)


def _page(request: HttpRequest, place: Place, form: NeedForm, entry: Entry) -> HttpResponse:
    last = request.GET.get("last", "")
    context = {
        "place": place,
        "rules": rules_at(place),
        "main": [_view(form, form.form.fields[key], entry) for key in _FIRST if key in form.form.fields],
        "desk": [_desk_view(request, row, entry, _draft(request, place)) for row in _DESK],
        "rest": [_view(form, field, entry) for field in _rest(form)],
        "round": [_view(form, form.form.fields[key], entry) for key in _LAST if key in form.form.fields],
        "collected_on": _draft(request, place).get("collected_on") or request.GET.get("collected_on") or "",
        "day_error": entry.errors.get("collected_on", ""),
        "turned_down": entry.turned_down,
        "similar": entry.similar,
        "last": last,
        "here": f"{request.path}?place={place.pk}",
        "wrong": [(f"f-{key}", text) for key, text in entry.errors.items()],
    }
    return render(request, "desk/needs/enter.html", context)


def _rest(form: NeedForm) -> list[Field]:
    taken = {*_FIRST, *_LAST, "contact"}
    return [field for field in form.form.fields.values() if field.key not in taken and field.type not in ("file", "lines")]


def _view(form: NeedForm, field: Field, entry: Entry) -> FieldView:
    known = form.catalogue(field.key) if field.catalogue else None
    options = [(key, one.title) for key, one in known.entries.items()] if known else []
    extra = {"autofocus": ""} if field.key == "what" and not entry.errors else {}
    return FieldView(
        field.key,
        field.title,
        field.type,
        entry.sent.typed.get(field.key, ""),
        entry.errors.get(field.key, ""),
        "" if field.key in _FIRST else field.hint or "",
        field.required,
        options,
        extra=extra,
    )


def _desk_view(request: HttpRequest, row: tuple[str, Text, str, Text | str], entry: Entry, typed: QueryDict) -> FieldView:
    key, label, kind, hint = row
    given = request.GET.get(key, "") if key == "household" else ""
    return FieldView(key, label, kind, typed.get(key) or given, entry.errors.get(key, ""), hint, extra={"autocomplete": "off"})


@door(may=ENTER, load=place_here)
def similar(request: HttpRequest, place: Place) -> HttpResponse:
    """The part of the form that shows what was said already; asked for while typing."""
    words = f"{request.GET.get('where', '')} {request.GET.get('what', '')}"
    return render(request, "desk/needs/similar.html", {"similar": alike(place, words)})


def alike(place: Place, words: str) -> list[Similar]:
    if len(words.strip()) < 4:
        return []
    found = similar_needs(place, words)
    states = _states([one.need for one in found])
    return [
        Similar(
            one.need.what[:60],
            reverse("desk:need", args=[one.need.code]),
            f"{one.need.place.short_name} {one.need.where}"[:40],
            states.get(str(one.need.pk), ""),
        )
        for one in found
    ]


def _states(needs: Sequence[Need]) -> dict[str, Words]:
    passages = passages_of("need", [str(need.pk) for need in needs])
    procedures = procedures_of(passages.values())
    return {key: procedures[passage.pk].states[passage.state].title for key, passage in passages.items()}


@door(may=READ, load=found_need)
def need_slip(request: HttpRequest, need: Need) -> HttpResponse:
    """Paper for whoever asked: the code, and how to look it up."""
    there = address("portal:receipt", query="?" + urlencode({"code": need.code})) or "/"
    slip = Receipt(
        need.code,
        request.build_absolute_uri(there),
        Text(f"{need.place.short_name}已收到您的需求", f"{need.place.short_name} has received your need"),
        need.raised_at,
        Text("核实后会给您答复，无论办不办都写明理由。", "It will be looked into and answered, with a reason either way."),
    )
    return render(
        request,
        "desk/needs/slip.html",
        {
            "need": need,
            "place": need.place,
            "slip": slip,
            "enters": may(me(request), ENTER_FOR_OTHERS, need.place, clock.today()),
        },
    )
