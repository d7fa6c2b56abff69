"""Every view says who may come in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from linli.records.people.access import Permission
from linli.records.people.models import Account, Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import NotAllowed, NotFound
from linli.web.shared.doors import PUBLIC, SIGNED_IN, STAFF, Found, door, every_route, permission
from linli.web.shared.reader import Reader

# Pages of libraries, guarded by themselves; the read API says its own.
OTHERS = ("linli.web.api", "allauth.", "ninja.")

STAFF_READ = Permission("staff_read", staff=True)
OWNERS = Permission("owners", relations=("proposer",))
ANYBODY = Permission("anybody", anonymous=True)


def test_no_view_is_without_a_door() -> None:
    bare = [route.path for route in every_route() if route.door is None and not route.view.__module__.startswith(OTHERS)]
    assert bare == []


def test_every_permission_a_door_names_exists() -> None:
    named = {route.door.may for route in every_route() if route.door}
    for one in named - {PUBLIC, SIGNED_IN, STAFF}:
        assert permission(one)


def test_a_permission_nobody_wrote_is_an_error() -> None:
    with pytest.raises(LookupError):
        permission("people.fly")


@pytest.fixture
def place(db: None) -> Place:
    return Place.objects.create(code="440305001001", name="样例社区居委会", level="community", path="/440305001001/")


def ask(person: Person | None, method: str = "get", *, htmx: bool = False) -> HttpRequest:
    request = getattr(RequestFactory(), method)("/desk/thing/?a=1")
    request.user = Account(username="x", person=person) if person else AnonymousUser()
    request.htmx = htmx
    request.reader = Reader(request)
    return request


def view_behind(**how: object):  # type: ignore[no-untyped-def]
    @door(**how)  # type: ignore[arg-type]
    def view(request: HttpRequest, thing: object = None) -> HttpResponse:
        return HttpResponse(f"in {thing}")

    return view


def test_public_pages_are_open_to_all() -> None:
    assert view_behind(may=PUBLIC)(ask(None)).content == b"in None"


def test_a_stranger_is_sent_to_sign_in_and_back_before_anything_is_looked_up() -> None:
    def load(request: HttpRequest) -> object:
        raise AssertionError("looked up for a stranger")

    answer = view_behind(may=OWNERS, load=load)(ask(None))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?next=%2Fdesk%2Fthing%2F%3Fa%3D1"


def test_a_part_of_a_page_moves_the_whole_page_to_sign_in() -> None:
    answer = view_behind(may=SIGNED_IN)(ask(None, htmx=True))
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in/")


def test_the_desk_is_for_staff() -> None:
    assert view_behind(may=STAFF)(ask(Person(name="甲", kind="staff"))).status_code == 200
    with pytest.raises(NotAllowed):
        view_behind(may=STAFF)(ask(Person(name="乙", kind="resident")))


def test_a_permission_is_asked_at_the_place_of_what_was_found(place: Place) -> None:
    person = Person.objects.create(name="丙", kind="resident")
    mine = Found("my need", place, frozenset({"proposer"}))
    theirs = Found("their need", place)
    assert view_behind(may=OWNERS, load=lambda request: mine)(ask(person)).content == b"in my need"
    with pytest.raises(NotAllowed):
        view_behind(may=OWNERS, load=lambda request: theirs)(ask(person))


def test_what_one_may_not_know_of_is_not_found_before_permission_is_asked(place: Place) -> None:
    def load(request: HttpRequest) -> object:
        raise NotFound()

    with pytest.raises(NotFound):
        view_behind(may=OWNERS, load=load)(ask(Person.objects.create(name="丁", kind="resident")))


def test_an_anonymous_permission_needs_no_account(db: None) -> None:
    assert view_behind(may=ANYBODY)(ask(None)).status_code == 200


def test_methods_that_were_not_named_are_refused() -> None:
    assert view_behind(may=PUBLIC)(ask(None, "post")).status_code == 405
    assert view_behind(may=PUBLIC)(ask(None, "head")).status_code == 200
    assert view_behind(may=PUBLIC, methods=["POST"])(ask(None)).status_code == 405
