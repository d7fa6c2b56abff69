"""Where the reader works, and what they may know of there. What is not theirs is not found."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from linli.records.people.access import Permission, may
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for, offices_of
from linli.records.places import selectors as places
from linli.records.places.models import Place
from linli.rules.plain.refusals import NotFound
from linli.rules.policy.models import State
from linli.web.shared import clock
from linli.web.shared.doors import Found
from linli.web.shared.fieldviews import Options
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Tone

# Any office of the administration at a place or above it reads what is kept there.
_LOOKS = Permission("looks", read_above=True)
_ENDS: dict[str, Tone] = {"done": "done", "refused": "refused", "withdrawn": "closed", "failed": "refused"}


def me(request: HttpRequest) -> Person:
    """The person behind a door that asked for a sign-in."""
    person = reader_of(request).person
    assert person is not None
    return person


def looks_at(person: Person | None, place: Place) -> bool:
    return may(person, _LOOKS, place, clock.today())


def place_named(request: HttpRequest, code: str) -> Found:
    """The place in the address, for those who look at it. Raises NotFound."""
    place = places.place(code)
    if not looks_at(reader_of(request).person, place):
        raise NotFound
    return Found(place, place)


def place_here(request: HttpRequest) -> Found:
    """The place a list is about: the one asked for, else the reader's own, else where they hold office. Raises NotFound."""
    wanted = request.POST.get("place") or request.GET.get("place") or ""
    if wanted:
        return place_named(request, wanted)
    reader = reader_of(request)
    held = offices_of(reader.person, clock.today()) if reader.person else []
    for place in (reader.place, held[-1].place if held else None):
        if place is not None and looks_at(reader.person, place):
            return Found(place, place)
    raise NotFound


def communities(place: Place) -> list[Place]:
    """The communities a list at this place spans; none for a community itself or what lies inside it."""
    return list(places.descendants(place, "community")) if place.level in ("district", "subdistrict") else []


def place_options(found: Iterable[Place]) -> Options:
    return [(place.pk, place.short_name) for place in found]


def office_of(person: Person, place: Place, offices: Sequence[str]) -> str:
    """The first of these offices the person holds on the place's line; "" if none."""
    held = actor_for(person, place, clock.today()).offices
    return next((office for office in offices if office in held), "")


def tone_of(state: State) -> Tone:
    """How the stamp of a state looks: ended well or not, owed by somebody, or under way."""
    return _ENDS.get(state.end) or ("action" if state.due else "running")


def address(name: str, *args: object, query: str = "") -> str:
    """The address of a page of another room; "" while that room has none."""
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return ""
