"""The permission matrix: every address × every method × everybody, with what must come of it worked out apart from the code.

`EXAMPLES` says what each address is filled with and who may know of it. `expected` reads a permission row as it is written
down, without asking `may()`. `Matrix` opens every door and keeps what came of it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import resolve, reverse

from linli.records.people.access import Permission
from linli.rules.plain.refusals import TurnedDown
from linli.web.shared import doors
from linli.web.shared.doors import PUBLIC, SIGNED_IN, STAFF, Route, every_route, permission
from linli.web.shared.reader import Reader
from tests.house.ground import COMMUNITY, DISTRICT, Ground, Who, places_above

METHODS = ("GET", "POST", "PUT", "DELETE")
# Pages of libraries: they guard themselves and know nothing of our offices.
OTHERS = ("allauth.",)

# Who may know that a thing is there, in words of this test.
EVERYBODY, LOOKS_OVER, OFFICE_ON_LINE, OWN_OFFICE, WAS_CALLED, NOBODY = (
    "everybody",
    "those who look over the place",
    "those who hold an office at the place or above",
    "those who hold the very office",
    "those who look over the place or were called",
    "nobody",
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
    office: str = ""  # the office it is for, or that owes it


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
    return Example({"pk": ground.notice.pk})


def _desk_notice(ground: Ground) -> Example:
    return Example({"pk": ground.notice.pk}, LOOKS_OVER)


def _objection(ground: Ground) -> Example:
    about = frozenset({"objector", "recused"})
    return Example({"pk": ground.notice.pk, "number": ground.objection.number}, LOOKS_OVER, about=about)


def _at_meeting(**parts: str) -> Made:
    """A part of the meeting: `item="item"` takes the number of `ground.item`."""

    def made(ground: Ground) -> Example:
        kwargs = {"pk": ground.meeting.pk, **{name: getattr(ground, attribute).pk for name, attribute in parts.items()}}
        about = frozenset({"present", "called", *(["owner"] if "opinion" in parts else [])})
        return Example(kwargs, WAS_CALLED, about=about, office="community.party_committee")

    return made


def _scoring(ground: Ground) -> Example:
    return Example({"pk": ground.scoring.pk})


def _desk_scoring(ground: Ground) -> Example:
    return Example({"pk": ground.scoring.pk}, LOOKS_OVER)


def _text(ground: Ground) -> Example:
    return Example({"pk": ground.text.pk})


def _desk_text(ground: Ground) -> Example:
    return Example({"pk": ground.text.pk}, LOOKS_OVER)


def _batch(ground: Ground) -> Example:
    return Example({"pk": ground.batch.pk}, LOOKS_OVER)


def _household(ground: Ground) -> Example:
    return Example({"code": COMMUNITY, "pk": ground.household.pk}, LOOKS_OVER)


def _roll_request(ground: Ground) -> Example:
    return Example({"pk": ground.roll_request.pk}, LOOKS_OVER)


def _person(ground: Ground) -> Example:
    return Example({"code": COMMUNITY, "pk": ground.neighbour.pk}, LOOKS_OVER)


def _held(ground: Ground) -> Example:
    return Example({"pk": ground.held.pk}, LOOKS_OVER)


def _list(known_to: str = EVERYBODY, **more: str) -> Made:
    return lambda ground: Example({"code": COMMUNITY, "register": ground.row.register, **more}, known_to)


def _list_row(ground: Ground) -> Example:
    return Example({"pk": ground.row.pk}, LOOKS_OVER)


EXAMPLES: dict[str, Made] = {
    # everybody's
    **dict.fromkeys(("shared:sign_in", "shared:sign_in_code", "shared:sign_in_household", "shared:sign_out"), _plain()),
    **dict.fromkeys(("shared:outbox", "shared:switch_language", "shared:switch_size", "shared:switch_place"), _plain()),
    **dict.fromkeys(("shared:notifications", "shared:read_notifications", "shared:follow"), _plain()),
    "shared:notification_settings": _plain(),
    **dict.fromkeys(("shared:save_draft", "shared:remove_draft", "shared:draft_back"), _plain()),
    **dict.fromkeys(("shared:prove_email", "shared:stop_messages"), _plain(token="none")),
    # portal
    **dict.fromkeys(("portal:home", "portal:places", "portal:receipt", "portal:projects", "portal:notices"), _plain()),
    **dict.fromkeys(("portal:meetings", "portal:money_here", "portal:rules", "portal:trail", "portal:checkpoint"), _plain()),
    **dict.fromkeys(("portal:community", "portal:needs", "portal:raise_need", "portal:similar", "portal:money"), _here()),
    **dict.fromkeys(("portal:feed", "portal:join"), _here()),
    "portal:project_card": _case(),
    "portal:notice_card": _notice,
    "portal:search": _asked(EVERYBODY, "q=%E7%81%AF"),
    **dict.fromkeys(("portal:registers", "portal:disclosures"), _here()),
    **dict.fromkeys(("portal:register", "portal:register_file"), _list()),
    # No ledger of the packs in force here is for residents to write in.
    "portal:register_ask": _list(NOBODY),
    "portal:need": _need(),
    "portal:rate_answer": _need(),
    **dict.fromkeys(("portal:project", "portal:archive", "portal:project_proof"), _case()),
    **dict.fromkeys(("portal:notice", "portal:notice_print", "portal:object"), _notice),
    "portal:withdraw_objection": lambda ground: Example({"code": ground.objection.code}),
    "portal:meeting": lambda ground: Example({"pk": ground.meeting.pk}),
    "portal:overview_here": _plain(),
    **dict.fromkeys(("portal:overview", "portal:overview_figures", "portal:overview_meanings"), _here()),
    "portal:consultations": _plain(),
    **dict.fromkeys(("portal:text", "portal:comment", "portal:comments", "portal:text_report", "portal:text_versions"), _text),
    **dict.fromkeys(("portal:text_print", "portal:sign"), _text),
    "portal:say": _case(),
    "portal:hide_post": _case(number=1),
    "portal:questions": _plain(pack="nanshan"),
    "portal:pack": _plain(pack="nanshan"),
    "portal:clause": _plain(pack="nanshan", clause="S1 ¶3"),
    "portal:file": lambda ground: Example({"pk": ground.shown.pk, "name": ground.shown.name}),
    # desk
    **dict.fromkeys(("desk:todo", "desk:messages", "desk:cases", "desk:new_case", "desk:obligations"), _plain()),
    **dict.fromkeys(("desk:local_settings", "desk:pieces"), _plain()),
    "desk:local_setting": _plain(parameter="large_amount"),
    "desk:read_message": lambda ground: Example({"pk": ground.message.pk}, OWN_OFFICE, office="community.party_committee"),
    **dict.fromkeys(("desk:dossier", "desk:case_needs", "desk:case_parties", "desk:exceptions", "desk:holds"), _case(LOOKS_OVER)),
    "desk:case_sources": _case(LOOKS_OVER),
    "desk:act": _case(LOOKS_OVER, act="evaluate"),
    **dict.fromkeys(("desk:form", "desk:form_print", "desk:form_sealed"), _case(LOOKS_OVER, form="project_plan")),
    "desk:case_set": _case(LOOKS_OVER),
    "desk:case_package": _case(LOOKS_OVER),
    "desk:checklist": _case(LOOKS_OVER, checklist="scope"),
    **dict.fromkeys(("desk:slot", "desk:void_slot"), _case(LOOKS_OVER, slot="selection")),
    "desk:redact_file": lambda ground: Example({"code": ground.case.code, "slot": "selection", "pk": ground.kept.pk}, LOOKS_OVER),
    "desk:decide_exception": lambda ground: Example({"code": ground.case.code, "pk": ground.asked.pk}, LOOKS_OVER),
    # No pack in force knows a hold, so there can be none to settle.
    "desk:settle_hold": _case(NOBODY, pk=1),
    "desk:new_child": _case(LOOKS_OVER, procedure="change_request"),
    "desk:obligation": lambda ground: Example({"pk": ground.duty.pk}, OFFICE_ON_LINE),
    **dict.fromkeys(("desk:owed_paper", "desk:owed_paper_print"), lambda ground: Example({"pk": ground.duty.pk}, LOOKS_OVER)),
    **dict.fromkeys(("desk:save_filter", "desk:remove_filter", "desk:filter_back"), _plain()),
    "desk:need_bulk": _AT_THIS_PLACE,
    "desk:bulk_run": lambda ground: Example({"pk": 1}, NOBODY),
    **dict.fromkeys(("desk:need_unlink", "desk:undo_entry"), _need(LOOKS_OVER)),
    **dict.fromkeys(("desk:deliveries", "desk:try_delivery", "desk:add_webhook", "desk:end_webhook"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:needs", "desk:enter_need", "desk:similar", "desk:import", "desk:import_template"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:import_report", "desk:import_correction", "desk:import_resume"), _batch),
    **dict.fromkeys(("desk:need", "desk:need_slip", "desk:need_verify", "desk:need_answer"), _need(LOOKS_OVER)),
    **dict.fromkeys(("desk:need_link", "desk:need_judge", "desk:need_leave", "desk:need_withdraw"), _need(LOOKS_OVER)),
    "desk:need_contact": _need(LOOKS_OVER),
    **dict.fromkeys(("desk:coverage", "desk:households"), _here(LOOKS_OVER)),
    **dict.fromkeys(("desk:household_codes", "desk:register_household"), _here(LOOKS_OVER)),
    **dict.fromkeys(("desk:household", "desk:household_mark", "desk:household_details"), _household),
    **dict.fromkeys(("desk:household_end", "desk:household_revoke"), _household),
    "desk:search": _asked(EVERYBODY, "q=%E7%81%AF"),
    **dict.fromkeys(("desk:overview", "desk:overview_figures", "desk:overview_print"), _AT_THIS_PLACE),
    "desk:funds": _plain(),
    **dict.fromkeys(("desk:people", "desk:appoint", "desk:open_account", "desk:give_office"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:roll", "desk:enter_roll", "desk:bodies", "desk:form_body"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:places", "desk:place_reached", "desk:undo_place_change"), _AT_THIS_PLACE),
    "desk:place_change": lambda ground: Example({"kind": "rename"}, LOOKS_OVER, asks=f"place={COMMUNITY}"),
    **dict.fromkeys(("desk:organisations", "desk:register_organisation"), _AT_THIS_PLACE),
    "desk:body": lambda ground: Example({"pk": ground.body.pk}, LOOKS_OVER),
    "desk:body_do": lambda ground: Example({"pk": ground.body.pk, "act": "term"}, LOOKS_OVER),
    **dict.fromkeys(("desk:roll_request", "desk:open_request", "desk:take_in", "desk:turn_away"), _roll_request),
    "desk:forget": _person,
    **dict.fromkeys(("desk:person", "desk:person_leave", "desk:person_declare", "desk:person_end_interest"), _person),
    **dict.fromkeys(("desk:held_office", "desk:end_office", "desk:renew_password"), _held),
    "desk:envelope": _here(),
    **dict.fromkeys(("desk:packs", "desk:compare", "desk:try"), _plain()),
    "desk:pack": _plain(pack="nanshan"),
    "desk:edition": lambda ground: Example({"pack": "nanshan", "code": DISTRICT}, OFFICE_ON_LINE, DISTRICT),
    **dict.fromkeys(("desk:meetings", "desk:call_meeting"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:meeting", "desk:meeting_paper", "desk:meeting_begin", "desk:meeting_close"), _at_meeting()),
    **dict.fromkeys(("desk:meeting_cancel", "desk:meeting_attendance", "desk:meeting_invite"), _at_meeting()),
    **dict.fromkeys(("desk:minutes_write", "desk:minutes_name", "desk:minutes_sign", "desk:minutes_annex"), _at_meeting()),
    "desk:meeting_opinion": _at_meeting(),
    **dict.fromkeys(("desk:item_recuse", "desk:item_motion"), _at_meeting(item="item")),
    **dict.fromkeys(
        ("desk:motion_vote", "desk:motion_reckon", "desk:motion_void", "desk:roll_call"), _at_meeting(motion="motion")
    ),
    "desk:opinion_answer": _at_meeting(opinion="opinion"),
    **dict.fromkeys(("desk:notices", "desk:publish_notice"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:notice", "desk:notice_post", "desk:notice_change", "desk:notice_outage"), _desk_notice),
    **dict.fromkeys(("desk:notice_down", "desk:notice_take"), _desk_notice),
    **dict.fromkeys(("desk:objection_answer", "desk:objection_hide", "desk:objection_approve"), _objection),
    "desk:objection_contact": _objection,
    "desk:scorings": _plain(),
    "desk:open_scoring": lambda ground: Example({}, LOOKS_OVER, asks=f"case={ground.case.code}&slot=satisfaction"),
    **dict.fromkeys(("desk:scoring", "desk:scoring_recuse", "desk:scoring_close"), _desk_scoring),
    **dict.fromkeys(("portal:scoring", "portal:appraise"), _scoring),
    "portal:appraisals": _here(),
    # Nothing here is begun by residents, so there is nothing of their own to follow.
    "portal:order": _here(NOBODY, procedure="micro_project"),
    "portal:own": _case(NOBODY),
    "desk:registers": _plain(),
    **dict.fromkeys(("desk:register", "desk:register_new", "desk:register_import"), _list(LOOKS_OVER)),
    "desk:register_file": _list(LOOKS_OVER, kind="csv"),
    **dict.fromkeys(("desk:register_row", "desk:register_strike", "desk:register_answer"), _list_row),
    # The case of the ground chooses nobody and no grant hangs on it.
    "desk:round": _case(NOBODY),
    "portal:round": _case(NOBODY),
    "desk:grants": _case(LOOKS_OVER),
    **dict.fromkeys(("desk:texts", "desk:new_text", "desk:questions", "desk:note_question"), _AT_THIS_PLACE),
    **dict.fromkeys(("desk:text", "desk:sign_sheet"), _desk_text),
    "desk:text_do": lambda ground: Example({"pk": ground.text.pk, "act": "next"}, LOOKS_OVER),
    "desk:answer_question": lambda ground: Example({"pk": ground.question.pk}, LOOKS_OVER, place=DISTRICT),
    # api
    **dict.fromkeys(("api:docs", "api:openapi-json", "api:places", "api:needs", "api:projects", "api:notices"), _plain()),
    **dict.fromkeys(("api:open_data", "api:dictionary", "api:envelopes", "api:commitments"), _plain()),
    "api:download": _plain(name="needs", form="csv"),
    "api:search": _asked(EVERYBODY, "q=%E7%81%AF"),
    "api:need": lambda ground: Example({"code": ground.need.code}),
    "api:notice": lambda ground: Example({"id": ground.notice.pk}),
    "api:meeting": lambda ground: Example({"id": ground.meeting.pk}),
    **dict.fromkeys(("api:meetings", "api:packs", "api:checkpoints"), _plain()),
    "api:project": _case(),
    "api:pack": _plain(pack="nanshan"),
    "api:events": lambda ground: Example(asks=f"stream={COMMUNITY}"),
    "api:unknown": lambda ground: Example({"rest": "no/such/thing"}),
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
        return _holds(who, example)
    if example.known_to == WAS_CALLED:
        return "called" in who.relations or _knows(who, replace(example, known_to=LOOKS_OVER))
    return False


def _holds(who: Who, example: Example) -> bool:
    return any(f"{level}.{office}" == example.office and code == example.place for level, office, code in who.holds)


def _related(who: Who, example: Example) -> frozenset[str]:
    """What somebody is to the thing: by what they did, or because their office owes it."""
    owes = {"owner"} if "owner" in example.about and _holds(who, example) else set()
    return (who.relations & example.about) | owes


def _meets(row: Permission, who: Who, example: Example, *, loaded: bool) -> bool:
    related = _related(who, example) if loaded else frozenset()
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
    if any(office in row.here for _, office, code in who.holds if code == place):
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
        self.routes = [route for route in every_route() if _ours(route) and route.name in EXAMPLES]
        self.examples = {route.name: EXAMPLES[route.name](ground) for route in self.routes if route.name in EXAMPLES}
        self.rows = {route.name: copy_of(row_of(route)) for route in self.routes if route.door is not None}
        self._addresses = {name: self._address(name, example) for name, example in self.examples.items()}
        self._sessions: dict[str, SimpleCookie] = {}
        self._accounts = {who.key: _account(who) for who in ground.everybody}

    def visit(self, route: Route, method: str, who: Who) -> int:
        """The whole page with nothing sent, through every layer. 500 when it breaks."""
        return self.throw(route.name, method, who, self.address(route.name), self.examples[route.name].asks, {})

    def throw(self, name: str, method: str, who: Who, address: str, asks: str, sent: Mapping[str, Any]) -> int:
        """Any request at all, taken back afterwards."""
        client = self.client_of(who)
        with _without_log(), transaction.atomic():
            answer = client.generic(method, f"{address}?{asks}" if asks else address, **_form(sent))
            status = int(answer.status_code)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return status

    def address(self, name: str) -> str:
        return self._addresses[name][0]

    def client_of(self, who: Who) -> Client:
        """Signed in once; whatever a visit did to the cookies is forgotten."""
        client = Client(raise_request_exception=False)
        if who.key not in self._sessions:
            account = self._accounts[who.key]
            if account.is_authenticated:
                client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            self._sessions[who.key] = client.cookies
        client.cookies = deepcopy(self._sessions[who.key])
        return client

    def _address(self, name: str, example: Example) -> tuple[str, dict[str, Any]]:
        """With what the address itself makes of its parts: a number is a number."""
        address = reverse(name, kwargs=dict(example.kwargs))
        return address, resolve(unquote(address)).kwargs

    def cells(self, only: set[str] | None = None) -> Iterator[Cell]:
        with _pages_left_away(), _without_log():
            for route in self.routes:
                if only is None or route.name in only:
                    for method in METHODS:
                        for who in self.ground.everybody if method in ("GET", "POST") else self.ground.ordinary:
                            yield self._cell(route, method, who)

    def _cell(self, route: Route, method: str, who: Who) -> Cell:
        example = self.examples[route.name]
        wanted = expected(route, self.rows[route.name], method, who, example)
        return Cell(route.name, method, who.key, wanted, self._try_door(route, method, who, example))

    def _try_door(self, route: Route, method: str, who: Who, example: Example) -> str:
        address, kwargs = self._addresses[route.name]
        request = RequestFactory().generic(method, address, QUERY_STRING=example.asks)
        request.user = self._accounts[who.key]
        request.session = {}  # type: ignore[assignment]
        request.reader = Reader(request)  # type: ignore[attr-defined]
        try:
            answer = route.view(request, **kwargs)
        except Through:
            return "through"
        except TurnedDown as turned_down:
            return str(turned_down.status)
        if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/"):
            return "sign_in"
        return str(answer.status_code)


def _form(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into the body: fields as a browser sends them, or bytes as they are."""
    data = sent.get("data", {})
    if isinstance(data, Mapping):
        return {"data": encode_multipart(BOUNDARY, dict(data)), "content_type": MULTIPART_CONTENT}
    return {"data": data.encode("utf-8", "surrogatepass"), "content_type": sent["content_type"]}


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


def _account(who: Who) -> Any:
    """As the session would find it: somebody whose account was closed is nobody."""
    from django.contrib.auth.models import AnonymousUser

    from linli.records.people.services import account_of

    if who.person is None:
        return AnonymousUser()
    account = account_of(who.person)
    return account if account.is_active else AnonymousUser()


def row_of(route: Route) -> Permission | None:
    assert route.door is not None
    return None if route.door.may in (PUBLIC, SIGNED_IN, STAFF) else permission(route.door.may)


def copy_of(row: Permission | None) -> Permission | None:
    return replace(row) if row is not None else None


def _ours(route: Route) -> bool:
    return not route.view.__module__.startswith(OTHERS)
