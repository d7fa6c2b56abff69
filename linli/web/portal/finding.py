"""What an address names: found, or not found for this reader."""

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest

from linli.records.cases.models import Case
from linli.records.cases.selectors import case_by_code
from linli.records.meetings import selectors as meetings
from linli.records.meetings.models import Meeting
from linli.records.needs import selectors as needs
from linli.records.needs.models import Need
from linli.records.notices import selectors as notices
from linli.records.notices.models import Notice
from linli.records.people.models import Person
from linli.records.places import selectors as places
from linli.records.places.models import Place
from linli.records.rulebook.selectors import library, rules_at
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.policy.pieces import Pack
from linli.rules.policy.rules import Rules
from linli.web.shared import clock
from linli.web.shared.doors import Found
from linli.web.shared.reader import reader_of


def person_of(request: HttpRequest) -> Person | None:
    return reader_of(request).person


def place_named(request: HttpRequest, code: str) -> Found:
    place = places.place(code)
    return Found(place, place)


def case_named(request: HttpRequest, code: str) -> Case:
    return case_by_code(code, person_of(request), clock.today())


def need_named(request: HttpRequest, code: str) -> Need:
    return needs.by_code(code)


def notice_named(request: HttpRequest, pk: int) -> Notice:
    return notices.notice(pk)


def meeting_named(request: HttpRequest, pk: int) -> Meeting:
    return meetings.meeting(pk)


class PackHere(NamedTuple):
    """A pack as it reads at the reader's place, or as it stands in the library."""

    pack: Pack
    rules: Rules
    place: Place | None


def pack_named(request: HttpRequest, pack: str) -> PackHere:
    known = library().packs.get(pack)
    if known is None:
        raise NotFound
    place = reader_of(request).place
    here = rules_here(place) if place is not None else None
    if here is not None and any(one.id == pack for one in here.chain):
        # Read under the district's rules a city's parameter would show the district's value; only the local values count.
        return PackHere(known, library().rules(pack).with_local(here.local), place)
    return PackHere(known, library().rules(pack), None)


def rules_here(place: Place, on: date | None = None) -> Rules | None:
    """The rules of a place; None where none have been adopted yet."""
    try:
        return rules_at(place, on)
    except Refused:
        return None
