"""The permission matrix: every address × every method × everybody, with what must come of it worked out apart from the code.

`EXAMPLES` says what each address is filled with and who may know of it. `expected` reads a permission row as it is written
down, without asking `may()`. `Matrix` opens every door and keeps what came of it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from django.db import transaction
from django.test import RequestFactory
from django.urls import resolve, reverse

from linli.records.people.access import Permission
from linli.rules.plain.refusals import TurnedDown
from linli.web.shared import doors
from linli.web.shared.doors import PUBLIC, SIGNED_IN, STAFF, Route, every_route, permission
from linli.web.shared.reader import Reader
from tests.house.ground import COMMUNITY, Ground, Who, places_above

METHODS = ("GET", "POST", "PUT", "DELETE")
# Pages of libraries: they guard themselves and know nothing of our offices.
OTHERS = ("allauth.", "django.")
OUTSIDE = ("django.contrib",)

# Who may know that a thing is there, in words of this test.
EVERYBODY, LOOKS_OVER, OFFICE_ON_LINE, OWN_OFFICE, NOBODY, OPENER_OR_LINE = (
    "everybody",
    "looks over",
    "office on line",
    "own office",
    "nobody",
    "opener or line",
)
# Offices of neighbours and of business: they look over nobody.
_NEIGHBOURS = {"resident", "household", "council", "delegate", "owners_committee", "property_company", "supplier", "anyone"}


@dataclass(frozen=True)
class Example:
    """What fills an address. `asks` goes behind the question mark, `place` is where the thing belongs."""

    kwargs: Mapping[str, Any] = field(default_factory=dict)
    known_to: str = EVERYBODY
    place: str = COMMUNITY
    asks: str = ""
    about: frozenset[str] = frozenset()  # relations people may have to this thing
    office: str = ""  # for OWN_OFFICE


Made = Callable[[Ground], Example]


def _plain(**kwargs: Any) -> Made:
    return lambda ground: Example(kwargs)


def _here(known_to: str = EVERYBODY, **kwargs: Any) -> Made:
    return lambda ground: Example({"code": COMMUNITY, **kwargs}, known_to)


def _case(known_to: str = EVERYBODY, **kwargs: Any) -> Made:
    return lambda ground: Example({"code": ground.case.code, **kwargs}, known_to)


def _need(known_to: str = EVERYBODY) -> Made:
    return lambda ground: Example({"code": ground.need.code}, known_to, about=frozenset({"proposer"}))


def _asked(known_to: str, asks: str) -> Made:
    return lambda ground: Example({}, known_to, asks=asks)


_AT_THIS_PLACE = _asked(LOOKS_OVER, f"place={COMMUNITY}")


def _notice(ground: Ground) -> Example:
    return Example({"pk": ground.notice.pk}, about=frozenset({"objector"}))


def _desk_notice(ground: Ground) -> Example:
    return Example({"pk": ground.notice.pk}, LOOKS_OVER, about=frozenset({"objector"}))


def _meeting(ground: Ground) -> Example:
    return Example({"pk": ground.meeting.pk}, about=frozenset({"present", "called"}))


def _batch(ground: Ground) -> Example:
    return Example({"pk": ground.batch.pk}, LOOKS_OVER)


def _household(ground: Ground) -> Example:
    return Example({"code": COMMUNITY, "pk": ground.household.pk}, LOOKS_OVER)


EXAMPLES: dict[str, Made] = {
    # everybody's
    **dict.fromkeys(("shared:sign_in", "shared:sign_in_code", "shared:sign_in_household", "shared:sign_out"), _plain()),
    **dict.fromkeys(("shared:outbox", "shared:switch_language", "shared:switch_size", "shared:switch_place"), _plain()),
    # portal
    **dict.fromkeys(("portal:home", "portal:places", "portal:receipt", "portal:projects", "portal:notices"), _plain()),
    **dict.fromkeys(("portal:meetings", "portal:money_here", "portal:rules", "portal:trail", "portal:checkpoint"), _plain()),
    **dict.fromkeys(("portal:community", "portal:needs", "portal:raise_need", "portal:similar", "portal:money"), _here()),
    "portal:need": _need(),
    **dict.fromkeys(("portal:project", "portal:archive", "portal:project_proof"), _case()),
    **dict.fromkeys(("portal:notice", "portal:notice_print", "portal:object"), _notice),
    "portal:meeting": _meeting,
    "portal:pack": _plain(pack="nanshan"),
    "portal:clause": _plain(pack="nanshan", clause="S1-4"),
    "portal:file": lambda ground: Example({"pk": ground.shown.pk, "name": ground.shown.name}),
    # desk
    **dict.fromkeys(("desk:todo", "desk:messages", "desk:cases", "desk:new_case", "desk:obligations"), _plain()),
    **dict.fromkeys(("desk:local_settings", "desk:pieces"), _plain()),
    "desk:local_setting": _plain(parameter="large_amount"),
    "desk:read_message": lambda ground: Example({"pk": ground.message.pk}, OWN_OFFICE, office="community.party_committee"),
    **dict.fromkeys(("desk:dossier", "desk:case_needs", "desk:exceptions", "desk:holds"), _case(LOOKS_OVER)),
    "desk:act": _case(LOOKS_OVER, act="evaluate"),
    **dict.fromkeys(("desk:form", "desk:form_print"), _case(LOOKS_OVER, form="project_plan")),
    "desk:checklist": _case(LOOKS_OVER, checklist="scope"),
    **dict.fromkeys(("desk:slot", "desk:void_slot"), _case(LOOKS_OVER, slot="selection")),
    "desk:redact_file": lambda ground: Example({"code": ground.case.code, "slot": "selection", "pk": ground.kept.pk}, LOOKS_OVER),
    "desk:decide_exception": lambda ground: Example({"code": ground.case.code, "pk": ground.asked.pk}, LOOKS_OVER),
    # No pack in force knows a hold, so there can be none to settle.
    "desk:settle_hold": _case(NOBODY, pk=1),
    "desk:new_child": _case(LOOKS_OVER, procedure="change_request"),
    "desk:obligation": lambda ground: Example({"pk": ground.duty.pk}, OFFICE_ON_LINE),
    **dict.fromkeys(("desk:needs", "desk:enter_need", "desk:similar", "desk:import", "desk:import_template"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:import_report", "desk:import_correction", "desk:import_resume"), _batch),
    **dict.fromkeys(("desk:need", "desk:need_slip", "desk:need_verify", "desk:need_answer"), _need(LOOKS_OVER)),
    **dict.fromkeys(("desk:need_link", "desk:need_judge", "desk:need_leave", "desk:need_withdraw"), _need(LOOKS_OVER)),
    "desk:need_contact": _need(LOOKS_OVER),
    **dict.fromkeys(("desk:coverage", "desk:households"), _here(LOOKS_OVER)),
    **dict.fromkeys(("desk:household_codes", "desk:register_household"), _here(LOOKS_OVER)),
    **dict.fromkeys(("desk:household", "desk:household_mark", "desk:household_details"), _household),
    # api
    **dict.fromkeys(("api:docs", "api:openapi-json", "api:places", "api:needs", "api:projects", "api:notices"), _plain()),
    **dict.fromkeys(("api:meetings", "api:packs", "api:checkpoints"), _plain()),
    "api:project": _case(),
    "api:pack": _plain(pack="nanshan"),
    "api:events": lambda ground: Example(asks=f"stream={COMMUNITY}"),
    "api:unknown": _plain(rest="no/such/thing"),
}


# --- what must come of it --------------------------------------------------------------------------------------------
def expected(route: Route, row: Permission | None, method: str, who: Who, example: Example) -> str:
    """405, sign_in, 404, 403 or through, from the words of the door and of the permission row alone."""
    door = route.door
    assert door is not None
    if method not in door.methods:
        return "405"
    if not who.signed_in and not (door.may == PUBLIC or (row is not None and row.anonymous)):
        return "sign_in"
    if door.may == STAFF and not who.staff:
        return "403"
    if not _knows(who, example):
        return "404"
    if row is None:
        return "through"
    loaded = door.load is not None
    return "through" if _meets(row, who, example, loaded=loaded) else "403"


def _knows(who: Who, example: Example) -> bool:
    line = places_above(example.place)
    if example.known_to == EVERYBODY:
        return True
    if example.known_to == LOOKS_OVER:
        return any(office not in _NEIGHBOURS and code in line for _, office, code in who.holds)
    if example.known_to == OFFICE_ON_LINE:
        return any(code in line for _, _, code in who.holds)
    if example.known_to == OWN_OFFICE:
        return any(f"{level}.{office}" == example.office and code == example.place for level, office, code in who.holds)
    if example.known_to == OPENER_OR_LINE:
        return "opened" in who.relations or any(code in line for _, _, code in who.holds)
    return False


def _meets(row: Permission, who: Who, example: Example, *, loaded: bool) -> bool:
    related = who.relations & example.about if loaded else frozenset()
    if related & set(row.apart_from):
        return False
    if row.anonymous:
        return True
    if not who.signed_in:
        return False
    if related & set(row.relations):
        return True
    if row.staff and who.holds:
        return True
    # Without a thing the reader's own place counts: where they hold office, or live.
    place = example.place if loaded else next((code for _, _, code in who.holds), who.roll)
    if not place:
        return False
    line = places_above(place)
    held = {(f"{level}.{office}", office) for level, office, code in who.holds if code in line}
    if any(title in row.offices for title, _ in held):
        return True
    if row.read_above and any(office not in _NEIGHBOURS for _, office in held):
        return True
    return row.resident and who.roll in line and who.roll != ""


# --- what comes of it ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    route: str
    method: str
    who: str
    wanted: str
    got: str

    @property
    def surplus(self) -> bool:
        return self.got == "through" and self.wanted != "through"

    def __str__(self) -> str:
        return f"{self.method:6} {self.route:24} {self.who:44} must be {self.wanted}, is {self.got}"


class Through(Exception):
    """The door let somebody in; the page behind it is not made."""


class Matrix:
    """Every door tried by everybody, the page behind it left away. Rows are read once, before anybody changes them."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.routes = [route for route in every_route() if _ours(route)]
        self.examples = {route.name: EXAMPLES[route.name](ground) for route in self.routes if route.name in EXAMPLES}
        self.rows = {route.name: copy_of(row_of(route)) for route in self.routes if route.door is not None}
        self._accounts = {who.key: _account(who) for who in ground.everybody}

    def cells(self, only: set[str] | None = None) -> Iterator[Cell]:
        for route in self.routes:
            if only is None or route.name in only:
                for method in METHODS:
                    for who in self.ground.everybody:
                        yield self.cell(route, method, who)

    def cell(self, route: Route, method: str, who: Who) -> Cell:
        example = self.examples[route.name]
        wanted = expected(route, self.rows[route.name], method, who, example)
        return Cell(route.name, method, who.key, wanted, self.try_door(route, method, who, example))

    def try_door(self, route: Route, method: str, who: Who, example: Example) -> str:
        request = RequestFactory().generic(method, address_of(route, example), QUERY_STRING=example.asks)
        request.user = self._accounts[who.key]
        request.session = {}  # type: ignore[assignment]
        request.reader = Reader(request)  # type: ignore[attr-defined]
        with _pages_left_away(), _without_log(), transaction.atomic():
            try:
                answer = _callback(route)(request, **resolve(request.path_info).kwargs)
            except Through:
                return "through"
            except TurnedDown as turned_down:
                return str(turned_down.status)
        if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/"):
            return "sign_in"
        return str(answer.status_code)


class _pages_left_away:
    """The doors stay as they are; what they open on is left away."""

    def __enter__(self) -> None:
        self.real = doors._through

        def through(said: Any, view: Any, request: Any, *args: Any, **named: Any) -> Any:
            return self.real(said, _nothing, request, *args, **named)

        doors._through = through

    def __exit__(self, *_: object) -> None:
        doors._through = self.real


@contextmanager
def _without_log() -> Iterator[None]:
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _nothing(*_: Any, **__: Any) -> Any:
    raise Through


def _callback(route: Route) -> Callable[..., Any]:
    return route.view


def _account(who: Who) -> Any:
    """As the session would find it: somebody whose account was closed is nobody."""
    from django.contrib.auth.models import AnonymousUser

    from linli.records.people.services import account_of

    if who.person is None:
        return AnonymousUser()
    account = account_of(who.person)
    return account if account.is_active else AnonymousUser()


def address_of(route: Route, example: Example) -> str:
    return reverse(route.name, kwargs=dict(example.kwargs))


def row_of(route: Route) -> Permission | None:
    assert route.door is not None
    return None if route.door.may in (PUBLIC, SIGNED_IN, STAFF) else permission(route.door.may)


def copy_of(row: Permission | None) -> Permission | None:
    return replace(row) if row is not None else None


def _ours(route: Route) -> bool:
    return not route.view.__module__.startswith(OTHERS)


def tables() -> dict[str, Permission]:
    """`app.name` -> row, of every permission table."""
    from django.apps import apps

    found = {}
    for config in apps.get_app_configs():
        if config.name.startswith("linli.records."):
            try:
                module = import_module(f"{config.name}.permissions")
            except ModuleNotFoundError:
                continue
            found.update({f"{config.label}.{row.name}": row for row in module.TABLE})
    return found
