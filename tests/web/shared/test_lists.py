"""Long lists by cursor, filters that stay in the address, the way around."""

import base64
from datetime import date

import pytest
from django.template import engines
from django.test import RequestFactory

from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from linli.web.shared import navigation
from linli.web.shared.paging import page_of
from linli.web.shared.reader import Reader
from linli.web.shared.shapes import Filter, Page

# Brackets within brackets: as long as one likes, and as long as a cursor may be.
DEEP = [base64.urlsafe_b64encode(b"[" * depth).decode().rstrip("=") for depth in (100_000, 3_000, 300)]


@pytest.fixture
def places(db: None) -> None:
    Place.objects.bulk_create(
        Place(code=f"44{n:02}", name="南" if n % 2 else "北", level="community", path=f"/44{n:02}/") for n in range(7)
    )


def part(address: str, **how: object) -> tuple[list[str], Page]:
    request = RequestFactory().get(address)
    page = page_of(Place.objects.all(), request, size=3, **how)  # type: ignore[arg-type]
    return [row.code for row in page.items], page


def test_a_list_is_walked_to_its_end_and_back(places: None) -> None:
    by = ("name", "-code")
    order = ["4406", "4404", "4402", "4400", "4405", "4403", "4401"]
    first, page = part("/", by=by)
    second, page2 = part(f"/?after={page.next}", by=by)
    third, page3 = part(f"/?after={page2.next}", by=by)
    assert [*first, *second, *third] == order
    assert page.previous == ""
    assert page3.next == ""
    assert part(f"/?before={page3.previous}", by=by)[0] == second
    back, start = part(f"/?before={page2.previous}", by=by)
    assert back == first
    assert start.previous == ""


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "W1sxXV0", "%00", "WyJhIl0=WyJhIl0", *DEEP])
def test_a_cursor_that_makes_no_sense_is_none(places: None, cursor: str) -> None:
    assert part(f"/?after={cursor}", by=("name", "-code"))[0] == ["4406", "4404", "4402"]


def test_an_empty_list_has_no_other_pages(db: None) -> None:
    codes, page = part("/")
    assert (codes, page.next, page.previous) == ([], "", "")


def drawn(text: str, address: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context, RequestFactory().get(address))


def test_filters_stay_in_the_address_when_one_turns_the_page() -> None:
    html = drawn("{% pager page %}", "/?state=notice&after=old", page=Page([], next="new"))
    assert 'href="?state=notice&amp;after=new"' in html


def test_one_filter_is_taken_off_and_the_others_stay() -> None:
    asked = [Filter("state", Text("状态", "State"), [("notice", Text("公示中", "On notice"))]), Filter("q", "搜索", kind="text")]
    html = drawn("{% filters asked %}", "/?state=notice&q=%3Cb%3E&before=x", asked=asked)
    assert 'href="?q=%3Cb%3E"' in html
    assert 'href="?state=notice"' in html
    assert "<b>" not in html
    assert "公示中" in html


def test_the_way_around_shows_only_addresses_that_exist_and_marks_the_nearest() -> None:
    request = RequestFactory().get("/sign-in/household/")
    request.reader = Reader(request)  # type: ignore[attr-defined]
    items = [
        navigation.Item(Text("登录", "in"), "shared:sign_in"),
        navigation.Item(Text("户码", "paper"), "shared:sign_in_household"),
        navigation.Item(Text("没有", "none"), "shared:not_there"),
    ]
    found = navigation.around(items, request)
    assert [(tab.url, tab.current) for tab in found] == [("/sign-in/", False), ("/sign-in/household/", True)]


def test_a_cursor_of_the_wrong_kind_is_none(places: None) -> None:
    request = RequestFactory().get("/?after=WyJhIl0")  # ["a"] where a number is wanted
    people = Person.objects.bulk_create(Person(name=f"演示{n}", kind="resident") for n in range(2))
    assert len(page_of(Person.objects.all(), request, by=("demonstration",)).items) == 2
    place = Place.objects.first()
    held = OfficeHeld.objects.create(person=people[0], place=place, office="secretary", since=date(2021, 1, 1))
    assert page_of(OfficeHeld.objects.all(), request).items == [held]


def test_the_longest_cursor_given_out_is_read(places: None) -> None:
    Place.objects.update(name="汉" * 40)
    _, page = part("/", by=("name", "code"))
    assert len(page.next) > 300
    assert part(f"/?after={page.next}", by=("name", "code"))[0] == ["4403", "4404", "4405"]
