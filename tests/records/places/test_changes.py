"""The tree changes by days and documents; codes never change hands."""

from datetime import UTC, date, datetime

import pytest

from linli.records.places import selectors
from linli.records.places.models import Place
from linli.records.places.services import add_place, end_place, load_places, rename_place, split_place
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotFound, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2021, 4, 8, 2, tzinfo=UTC)
DAY, ORDER = date(2021, 4, 8), {"document": "深民〔2021〕1号", "by": "system", "at": AT}
COMMUNITY = "440305001001"


@pytest.fixture(autouse=True)
def shenzhen(db):
    rows = [("44", "广东省", "province", ""), ("4403", "深圳市", "city", "44"), ("440305", "南山区", "district", "4403")]
    rows += [("440305001", "南头街道", "subdistrict", "440305"), (COMMUNITY, "南头城社区居委会", "community", "440305001")]
    rows += [("440305001002", "田厦社区居委会", "community", "440305001")]
    columns = ("code", "name", "level", "parent")
    load_places(rows=[dict(zip(columns, row, strict=True)) for row in rows], source="2023", at=AT)


def add(code=f"{COMMUNITY}-G1", level="grid", parent=COMMUNITY, name="演示第一网格"):
    return add_place(code=code, name=name, level=level, parent=selectors.place(parent), since=DAY, demonstration=True, **ORDER)


def test_grid_estate_and_building_hang_under_a_community():
    grid = add()
    estate = add(f"{COMMUNITY}-E1", "estate", grid.pk, "演示小区")
    building = add(f"{COMMUNITY}-B1", "building", estate.pk, "演示 1 栋")
    assert building.path == f"/44/4403/440305/440305001/{COMMUNITY}/{COMMUNITY}-G1/{COMMUNITY}-E1/{COMMUNITY}-B1/"
    assert selectors.at_level(building, "community").pk == COMMUNITY
    assert [event.kind for event in events_of(grid.subject)] == ["place.opened"]


@pytest.mark.parametrize(
    ("change", "words"),
    [({"level": "city"}, "不在"), ({"code": COMMUNITY}, "不换主人"), ({"name": ""}, "名称"), ({"code": "a/b"}, "编码")],
)
def test_a_place_that_does_not_fit_is_refused(change, words):
    before = Place.objects.count()
    with pytest.raises(Invalid) as refused:
        add(**change)
    assert any(words in text.zh for text in refused.value.fields.values())
    assert Place.objects.count() == before


def test_a_new_name_holds_from_its_day_and_the_old_is_remembered():
    place = rename_place(place=selectors.place(COMMUNITY), name="南头古城社区居委会", since=DAY, **ORDER)
    assert place.short_name == "南头古城社区"
    assert selectors.name_on(place, date(2021, 4, 7)) == "南头城社区居委会"
    assert selectors.name_on(place, DAY) == "南头古城社区居委会"
    assert events_of(place.subject).last().data["document"] == "深民〔2021〕1号"


def test_a_name_of_tomorrow_waits_for_tomorrow():
    with pytest.raises(Refused):
        rename_place(place=selectors.place(COMMUNITY), name="南头古城社区", since=date(2021, 4, 9), **ORDER)
    assert selectors.place(COMMUNITY).name == "南头城社区居委会"


def test_a_change_without_a_document_is_none():
    with pytest.raises(Invalid):
        rename_place(place=selectors.place(COMMUNITY), name="新名", since=DAY, document=" ", by="system", at=AT)
    assert not selectors.changes(selectors.place(COMMUNITY)).exists()


def test_a_split_names_its_successors():
    new = add("440305001099", "community", "440305001", "演示新社区")
    split_place(place=selectors.place(COMMUNITY), into=[new], since=DAY, **ORDER)
    [change] = selectors.changes(selectors.place(COMMUNITY))
    assert (change.kind, change.since, change.successor) == ("split", DAY, new)


def test_a_place_goes_on_only_in_its_own_level():
    with pytest.raises(Refused):
        split_place(place=selectors.place(COMMUNITY), into=[selectors.place("440305001")], since=DAY, **ORDER)
    with pytest.raises(Refused):
        split_place(place=selectors.place(COMMUNITY), into=[], since=DAY, **ORDER)


def test_a_place_ends_after_its_last_day():
    other = selectors.place("440305001002")
    place = end_place(place=selectors.place(COMMUNITY), until=DAY, merged_into=[other], **ORDER)
    standing = lambda on: Place.objects.filter(selectors.standing(on), pk=place.pk).exists()  # noqa: E731
    assert (standing(DAY), standing(date(2021, 4, 9))) == (True, False)
    assert [change.kind for change in selectors.changes(place)] == ["merged", "ended"]
    with pytest.raises(Refused):
        end_place(place=place, until=DAY, **ORDER)


def test_a_place_with_living_places_inside_does_not_end():
    add()
    with pytest.raises(Refused, match="演示第一网格"):
        end_place(place=selectors.place(COMMUNITY), until=DAY, **ORDER)
    assert selectors.place(COMMUNITY).until is None


def test_an_unknown_code_is_not_found():
    with pytest.raises(NotFound):
        selectors.place("000000")
