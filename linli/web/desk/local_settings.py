"""Values the regulations leave to a place: what holds now, who sets it, setting a new one, what held before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.selectors.timeline import persons_of
from linli.records.duties.permissions import READ_CALENDAR
from linli.records.places.models import Place
from linli.records.rulebook.models import LocalSetting
from linli.records.rulebook.selectors import rules_at
from linli.records.rulebook.services import set_local
from linli.records.rulebook.values import value_from
from linli.rules.plain.days import DAY_KINDS
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Parameter
from linli.rules.policy.reading import Reading
from linli.rules.policy.rules import Rules
from linli.web.desk.loaders import address, chosen_place, held_offices, holds_any, places_held, reader_person
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.fieldviews import Options
from linli.web.shared.shapes import Tab
from linli.web.shared.turned_down import ask_again
from linli.web.shared.values import plain_value, value_words

_DAY = Text("请写成日期，如 2026-03-31", "Write a date such as 2026-03-31")
_WORDS: dict[str, Text] = {
    "yuan": Text("元，如 50万 或 500000", "Yuan, such as 500000"),
    "share": Text("比例，如 2/3", "A share, such as 2/3"),
    "day_of_year": Text("每年的某日，如 03-31", "A day of every year, such as 03-31"),
    "day_of_month": Text("每月几号，如 15", "A day of every month, such as 15"),
    "period": Text("先写数，再选单位", "The number, then its unit"),
}
PERIODS: Options = (
    ("days", Text("天", "days")),
    ("working_days", Text("个工作日", "working days")),
    ("months", Text("个月", "months")),
    ("years", Text("年", "years")),
)


@dataclass(frozen=True)
class Entry:
    """One entry of a parameter: what is read today, in words."""

    key: str
    title: Text
    reading: Reading
    value: str
    url: str

    @property
    def unset(self) -> bool:
        return self.reading.state == "unset"


@dataclass(frozen=True)
class Known:
    """A parameter that is set locally."""

    parameter: Parameter
    entries: Sequence[Entry]
    mine: bool

    @property
    def open(self) -> int:
        return sum(entry.unset for entry in self.entries)


@door(may=READ_CALENDAR)
def local_settings(request: HttpRequest) -> HttpResponse:
    places = places_held(held_offices(request))
    place = chosen_place(request, places)
    rules = rules_at(place)
    known = [_known(each, rules, place, request) for each in rules.parameters().values() if each.set_by]
    context = {
        "here": place,
        "rules": rules,
        "tabs": _tabs(places, place),
        "groups": [
            (
                Text("由您的岗位设定，还没有设定", "Yours to set, and not set yet"),
                [each for each in known if each.mine and each.open],
            ),
            (Text("由您的岗位设定", "Yours to set"), [each for each in known if each.mine and not each.open]),
            (Text("由其他单位设定", "Set by other offices"), [each for each in known if not each.mine]),
        ],
        "unset": sum(each.open for each in known),
        "total": sum(len(each.entries) for each in known),
    }
    return render(request, "desk/home/local_settings.html", context)


@door(may=READ_CALENDAR, methods=["GET", "POST"])
def local_setting(request: HttpRequest, parameter: str) -> HttpResponse:
    """One value at one place: in force, history, setting a new one."""
    places = places_held(held_offices(request))
    place = _setting_place(request, places, parameter)
    rules = rules_at(place)
    if parameter not in rules.parameters() or not rules.parameter(parameter).set_by:
        raise NotFound
    if request.method != "POST":
        return render(request, "desk/home/local_setting.html", _one(request, rules, place, places, parameter))
    try:
        _set(request, rules.parameter(parameter), place)
    except (Invalid, Refused) as turned_down:
        return _again(request, rules, place, places, parameter, turned_down)
    told.success(request, _("已设定，从写明的那天起生效；正在办的事仍按原来的数值。"))
    return redirect(address("desk:local_settings", place=place.code))


def _setting_place(request: HttpRequest, places: Sequence[Place], parameter: str) -> Place:
    """The one the address names, else the first at which the reader's office sets this value."""
    if request.GET.get("place"):
        return chosen_place(request, list(places))
    for place in places:
        known = rules_at(place).parameters().get(parameter)
        if known is not None and holds_any(reader_person(request), known.set_by, place, clock.today()):
            return place
    return places[0]


def _set(request: HttpRequest, known: Parameter, place: Place) -> None:
    typed = request.POST
    until = _day(typed.get("until", ""))
    set_local(
        place=place,
        parameter=known.id,
        key=typed.get("key", ""),
        value=_value(request, known),
        since=_day(typed.get("since", "")),
        until=until,
        document=typed.get("document", ""),
        by=reader_person(request),
        at=clock.now(),
        misread={} if until or not typed.get("until", "").strip() else {"until": _DAY},
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _value(request: HttpRequest, known: Parameter) -> str:
    """What was typed, in the way the rules read the unit."""
    typed = request.POST.get("value", "").strip()
    if known.unit == "flag":
        return {"yes": "true", "no": "false"}.get(typed, "")
    if known.unit == "period" and typed:
        kind = request.POST.get("period", "")
        return f"{typed} {kind if kind in DAY_KINDS else 'days'}"
    return typed


def _again(
    request: HttpRequest, rules: Rules, place: Place, places: Sequence[Place], parameter: str, turned_down: TurnedDown
) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    context = {**_one(request, rules, place, places, parameter), "errors": errors}
    return ask_again(request, "desk/home/local_setting.html", context, turned_down)


def _one(request: HttpRequest, rules: Rules, place: Place, places: Sequence[Place], parameter: str) -> dict[str, Any]:
    known = _known(rules.parameter(parameter), rules, place, request)
    key = request.POST.get("key") or request.GET.get("key") or ""
    chosen = next((entry for entry in known.entries if entry.key == key), known.entries[0])
    return {
        "here": place,
        "rules": rules,
        "known": known,
        "chosen": chosen,
        "tabs": [
            Tab(each.short_name, address("desk:local_setting", parameter, place=each.code, key=key), each == place)
            for each in places
        ]
        if len(places) > 1
        else [],
        "entry_options": [(entry.key, entry.title) for entry in known.entries] if known.parameter.by else [],
        "hint": _WORDS.get(known.parameter.unit, rules.vocabulary.units.get(known.parameter.unit, "")),
        "periods": PERIODS,
        "typed": request.POST or {"since": clock.today().isoformat(), "key": chosen.key, "period": "days"},
        "history": _history(place, parameter, rules),
    }


def _history(place: Place, parameter: str, rules: Rules) -> list[tuple[LocalSetting, str, Text, str]]:
    """Every setting on the line of this place, newest first, in words; two queries."""
    rows = list(
        LocalSetting.objects.filter(place__in=place.ancestor_codes, parameter=parameter)
        .select_related("place")
        .order_by("-since", "-pk")
    )
    persons = persons_of(row.set_by_person for row in rows)
    titles = _entry_titles(rules.parameter(parameter), rules)
    return [
        (
            row,
            plain_value(value_from(row.value, row.unit), row.unit),
            titles.get(row.key, Text(row.key, row.key)),
            persons[row.set_by_person].name if row.set_by_person in persons else "",
        )
        for row in rows
    ]


def _known(parameter: Parameter, rules: Rules, place: Place, request: HttpRequest) -> Known:
    on = clock.today()
    titles = _entry_titles(parameter, rules)
    entries = [_entry(parameter, key, title, rules, on, place) for key, title in titles.items()]
    return Known(parameter, entries, holds_any(reader_person(request), parameter.set_by, place, on))


def _entry_titles(parameter: Parameter, rules: Rules) -> dict[str, Text]:
    if not parameter.by:
        return {"": parameter.title}
    return dict(rules.entry_titles(parameter, clock.today()))


def _entry(parameter: Parameter, key: str, title: Text, rules: Rules, on: date, place: Place) -> Entry:
    reading = rules.read(parameter.id, on=on, key=key)
    url = address("desk:local_setting", parameter.id, place=place.code, key=key)
    return Entry(key, title, reading, value_words(reading), url)


def _tabs(places: Sequence[Place], place: Place) -> list[Tab]:
    if len(places) == 1:
        return []
    return [Tab(each.short_name, address("desk:local_settings", place=each.code), each == place) for each in places]
