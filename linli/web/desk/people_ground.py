"""What the pages of the room of people share: its tabs, the places to choose from, the offices of a place by their names."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from linli.records.cases.permissions import offices_named
from linli.records.people.access import Permission
from linli.records.people.selectors import offices_of
from linli.records.places.models import LEVELS, Place
from linli.records.rulebook.roles import spelled
from linli.records.rulebook.selectors import library, rules_at
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.rules import Rules
from linli.web.desk.inside import inside
from linli.web.desk.intake_ground import me
from linli.web.desk.loaders import address, places_held
from linli.web.desk.sheets import Ask, typed
from linli.web.shared import clock
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Filter, Tab

# Everybody is these without being appointed.
_NOT_APPOINTED = ("anyone", "resident", "household")
_ROOMS = (
    ("desk:people", Text("岗位与人员", "Offices and people")),
    ("desk:roll", Text("名册", "Roll")),
    ("desk:bodies", Text("议事会与小组", "Councils and bodies")),
    ("desk:organisations", Text("合作单位", "Organisations")),
    ("desk:places", Text("区划", "Places")),
)
SINCE = Ask("since", Text("从哪天起", "Since"), "date", required=True)
_DATE = Text("请写成日期，如 2026-03-31", "Write a date such as 2026-03-31")


def rooms(place: Place, here: str) -> list[Tab]:
    """The pages of the room, about the same place."""
    found = [(name, title, address(name, place=place.pk)) for name, title in _ROOMS]
    return [Tab(title, url, current=name == here) for name, title, url in found if url]


def place_filter(request: HttpRequest, place: Place) -> list[Filter]:
    """The places the reader looks over, to choose from; nothing where there is only one."""
    looked_over = reader_of(request).looks_over
    held = [held for held in offices_of(me(request), clock.today()) if held.place_id in looked_over]
    known = inside(places_held(held), place.pk) if held else []
    return [Filter("place", Text("地方", "Place"), [(each.pk, each.short_name) for each in known])] if len(known) > 1 else []


def rules_or_none(place: Place) -> Rules | None:
    """The rules of a place; None above the places that have adopted any."""
    try:
        return rules_at(place)
    except TurnedDown:
        return None


def office_title(office: str, place: Place) -> Text:
    """As the people of the place call it. `office` with its level."""
    rules = rules_or_none(place)
    return rules.office_title(office) if rules else library().vocabulary.office_title(office)


def offices_at(place: Place, on: date) -> dict[str, Text]:
    """The offices that exist at the level of a place: those the rules in force give work first. Without the level."""
    rules, words = rules_or_none(place), library().vocabulary
    every = [office for office, word in words.offices.items() if place.level in word.levels and office not in _NOT_APPOINTED]
    first = named_at(place, on)
    ordered = sorted(every, key=lambda office: office not in first)
    title = rules.office_title if rules else words.office_title
    return {office: title(f"{place.level}.{office}") for office in ordered}


def named_at(place: Place, on: date) -> frozenset[str]:
    """The offices at this level to which the procedures and the calendar of the rules in force give something to do."""
    rules = rules_or_none(place)
    if rules is None:
        return frozenset()
    named = [office for procedure in rules.procedures(on).values() for office in offices_named(procedure, place.level)]
    named += [spelt for each in rules.obligations(on).values() for by in each.by for spelt in spelled(by, place.level)]
    return frozenset(name for level, _, name in (office.partition(".") for office in named) if level == place.level)


def who_may(row: Permission, place: Place) -> Text:
    """The offices a row lets act at a place, named from this place upwards."""
    line = LEVELS[: LEVELS.index(place.level) + 1]
    found = [office for level in reversed(line) for office in row.offices if office.partition(".")[0] == level]
    return listed(office_title(office, place) for office in found)


def day_of(request: HttpRequest, form: str, key: str = "since") -> date:
    """A day as it was typed. Raises Invalid."""
    try:
        return date.fromisoformat(typed(request.POST, form, key))
    except ValueError:
        raise Invalid(_DATE, fields={key: _DATE}) from None


def reason_of(request: HttpRequest, form: str, text: Text) -> str:
    """Raises Invalid with `text` where none was typed."""
    found = typed(request.POST, form, "reason")[:200]
    if not found:
        raise Invalid(text, fields={"reason": text})
    return found


def chosen_of(request: HttpRequest, form: str, key: str, known: Iterable[str], text: Text) -> str:
    """One of the entries offered. Raises Invalid with `text` at the field."""
    found = typed(request.POST, form, key)
    if found not in known:
        raise Invalid(text, fields={key: text})
    return found
