"""The same answers in the same order, whichever database keeps them: this file runs on both."""

from collections.abc import Sequence
from datetime import date

import pytest

from linli.records.places.models import Place
from linli.records.reports.search import entries
from linli.records.reports.search.finding import Asked, find
from linli.records.reports.search.models import SearchEntry
from linli.rules.plain.texts import Text
from tests.world import COMMUNITY, DISTRICT, OTHER, Cast, build

pytestmark = pytest.mark.django_db
WORD = Text("在办", "running")
# kind, number, ref, day, state, place, title, text
CORPUS = (
    ("need", 1, "AAAAA-22222", date(2021, 1, 5), "running", COMMUNITY, "三栋楼道的灯坏了", "南头古城三栋"),
    ("need", 2, "BBBBB-33333", date(2021, 3, 5), "done", COMMUNITY, "巷口没有路灯，晚上看不见", "榕树广场"),
    ("need", 3, "CCCCC-44444", date(2022, 2, 1), "stopped", OTHER, "想要一排长椅", "路灯旁边"),
    ("project", 1, "NS-2021-0001", date(2021, 4, 1), "done", COMMUNITY, "南头古城路灯改造", "把旧灯换成节能灯"),
    ("project", 2, "NS-2021-0002", date(2021, 4, 1), "running", OTHER, "榕树广场长椅", "灯光和长椅一起做"),
    ("project", 3, "NS-2022-0001", date(2022, 5, 1), "running", OTHER, "A区3栋加装扶手", ""),
    ("notice", 1, "1", date(2021, 4, 1), "done", COMMUNITY, "路灯改造项目公示", "拟装路灯 18 盏"),
    ("meeting", 1, "1", date(2021, 4, 20), "stopped", COMMUNITY, "四月议事会", "路灯改造；党群服务中心二楼"),
)


def _put(kind: str, number: int, ref: str, day: date, state: str, place: str, title: str, text: str) -> SearchEntry:
    where = Place.objects.get(pk=place)
    return entries._entry(kind, number, ref, place=where, day=day, year=day.year, state=state, word=WORD, title=title, text=text)


@pytest.fixture
def corpus(db: None) -> Cast:
    cast = build()
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(_put(*row) for row in CORPUS)
    return cast


def refs(text: str = "", **asks: object) -> list[str]:
    return [entry.ref if entry.kind in ("need", "project") else f"{entry.kind} {entry.ref}" for entry in _found(text, **asks)]


def _found(text: str, **asks: object) -> Sequence[SearchEntry]:
    return find(Asked(text, **asks)).entries  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Titles first, the latest first; of one day projects before notices. Then what holds it elsewhere.
        ("路灯", ["NS-2021-0001", "notice 1", "BBBBB-33333", "CCCCC-44444", "meeting 1"]),
        ("灯", ["NS-2021-0001", "notice 1", "BBBBB-33333", "AAAAA-22222", "CCCCC-44444", "meeting 1", "NS-2021-0002"]),
        ("路灯改造", ["NS-2021-0001", "notice 1", "meeting 1"]),
        ("灯路", []),
        ("长椅 灯", ["CCCCC-44444", "NS-2021-0002"]),
        ("楼道灯", []),
        ("楼道 坏了", ["AAAAA-22222"]),
        # Pinyin initials, of titles only.
        ("ldgz", ["NS-2021-0001", "notice 1"]),
        ("LDGZ", ["NS-2021-0001", "notice 1"]),
        ("ld gs", ["notice 1"]),
        # Codes, whole or begun, however typed.
        ("NS-2021-0001", ["NS-2021-0001"]),
        ("ns-2021", ["NS-2021-0002", "NS-2021-0001"]),
        ("ＮＳ 2022", ["NS-2022-0001"]),
        ("BBBBB-33333", ["BBBBB-33333"]),
        # Letters, figures and signs in one word.
        ("A区", ["NS-2022-0001"]),
        ("区3栋", ["NS-2022-0001"]),
        ("3栋加", ["NS-2022-0001"]),
        # By the name of the community.
        ("南头城 楼道", ["AAAAA-22222"]),
        # What holds no word finds nothing, and breaks nothing.
        ("，。", []),
        ("'); DROP TABLE places_place; --", []),
        ('"*" NOT OR', []),
    ],
)
def test_what_is_found_and_in_which_order(corpus: Cast, text: str, wanted: list[str]) -> None:
    assert refs(text) == wanted


def test_filters_narrow_what_is_found(corpus: Cast) -> None:
    assert refs("路灯", kind="need") == ["BBBBB-33333", "CCCCC-44444"]
    assert refs("路灯", state="done") == ["NS-2021-0001", "notice 1", "BBBBB-33333"]
    assert refs("路灯", year=2022) == ["CCCCC-44444"]
    assert refs("路灯", place=Place.objects.get(pk=OTHER)) == ["CCCCC-44444"]
    assert len(refs("路灯", place=Place.objects.get(pk=DISTRICT))) == 5
    assert refs("路灯", kind="cat") == refs("路灯", state="asleep") == []


def test_filters_alone_list_and_nothing_asked_finds_nothing(corpus: Cast) -> None:
    assert refs(kind="project") == ["NS-2022-0001", "NS-2021-0002", "NS-2021-0001"]
    assert refs(year=2022, state="running") == ["NS-2022-0001"]
    assert refs() == refs("   ") == refs("，", kind="need") == []


def test_pages_follow_each_other_both_ways_without_gap_or_repeat(corpus: Cast) -> None:
    asked = Asked("灯")
    whole = [entry.pk for entry in find(asked).entries]
    pages, page = [], find(asked, size=3)
    pages.append(page)
    while page.next:
        page = find(asked, after=page.next, size=3)
        pages.append(page)
    assert [[entry.pk for entry in page.entries] for page in pages] == [whole[:3], whole[3:6], whole[6:]]
    assert pages[0].previous == "" and pages[-1].next == ""
    back = find(asked, before=pages[2].previous, size=3)
    assert [entry.pk for entry in back.entries] == whole[3:6] and back.previous and back.next
    first = find(asked, before=back.previous, size=3)
    assert [entry.pk for entry in first.entries] == whole[:3] and first.previous == ""


@pytest.mark.parametrize("cursor", ["x", "3-1", "1--1", "1-99999999999999999999", "2-9223372036854775808"])
def test_a_cursor_that_makes_no_sense_begins_at_the_beginning(corpus: Cast, cursor: str) -> None:
    assert find(Asked("路灯"), after=cursor).entries[0].ref == "NS-2021-0001"


def test_an_entry_that_changes_is_found_by_its_new_words_only(corpus: Cast) -> None:
    SearchEntry.objects.bulk_create(
        [_put("need", 1, "AAAAA-22222", date(2021, 1, 5), "done", COMMUNITY, "扶手松了", "南头古城三栋")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["title", "title_grams", "initials", "state", "tags"],
    )
    assert refs("楼道") == [] and refs("扶手", state="done") == ["AAAAA-22222"]
    SearchEntry.objects.filter(kind="need").delete()
    assert refs("扶手") == ["NS-2022-0001"]
