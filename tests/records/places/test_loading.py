"""Any region loads from a table, all of it or nothing."""

from datetime import UTC, date, datetime

import pytest

from linli.records.places import selectors
from linli.records.places.models import Place, PlaceChange
from linli.records.places.services import TABLES, load_places
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject

pytestmark = pytest.mark.django_db
AT = datetime(2021, 4, 1, 2, tzinfo=UTC)
HEAD = ("code", "name", "level", "parent")


def table(*rows: str) -> list[dict[str, str]]:
    return [dict(zip(HEAD, row.split(","), strict=True)) for row in rows]


SMALL = table("44,广东省,province,", "4403,深圳市,city,44", "440305,南山区,district,4403")


def load(rows, source="统计用区划代码 2023"):
    return load_places(rows=rows, source=source, at=AT)


def test_the_real_tree_of_shenzhen_loads_whole():
    loaded = load(TABLES / "shenzhen.csv")
    assert (loaded.created, loaded.renamed, loaded.unchanged) == (878, 0, 0)
    assert Place.objects.filter(level="community").count() == 788


def test_a_community_stands_under_its_subdistrict_district_city_and_province():
    load(TABLES / "shenzhen.csv")
    community = selectors.place("440305001001")
    assert community.short_name == "南头城社区"
    assert [above.name for above in selectors.ancestors(community)] == ["广东省", "深圳市", "南山区", "南头街道"]
    assert selectors.at_level(community, "district") == selectors.place("440305")
    assert selectors.at_level(community, "community") == community
    assert selectors.at_level(community, "building") is None


def test_everything_inside_a_place_is_found_by_its_path():
    load(TABLES / "shenzhen.csv")
    nanshan = selectors.place("440305")
    inside = list(selectors.descendants(nanshan))
    assert nanshan not in inside
    assert {place.code[:6] for place in inside} == {"440305"}
    assert len(inside) == Place.objects.filter(code__startswith="440305").count() - 1
    assert selectors.descendants(nanshan, "subdistrict").count() == 9  # eight subdistricts and 前海


def test_loading_twice_changes_nothing():
    load(TABLES / "shenzhen.csv")
    again = load(TABLES / "shenzhen.csv")
    assert (again.created, again.renamed, again.unchanged) == (0, 0, 878)
    assert PlaceChange.objects.count() == 0


def test_the_order_of_the_rows_does_not_matter():
    assert load(list(reversed(SMALL))).created == 3
    assert selectors.place("440305").path == "/44/4403/440305/"


def test_a_new_name_in_the_table_becomes_a_dated_change():
    load(SMALL)
    loaded = load(table("44,广东省,province,", "4403,深圳市,city,44", "440305,南山新区,district,4403"), source="粤府〔2021〕1号")
    assert (loaded.renamed, loaded.unchanged) == (1, 2)
    change = PlaceChange.objects.get()
    assert (change.kind, change.since, change.document) == ("renamed", date(2021, 4, 1), "粤府〔2021〕1号")
    assert (change.name_before, change.name_after) == ("南山区", "南山新区")
    assert selectors.name_on(selectors.place("440305"), date(2021, 3, 31)) == "南山区"
    assert selectors.name_on(selectors.place("440305"), date(2021, 4, 1)) == "南山新区"


def test_more_of_the_tree_can_hang_on_what_is_there():
    load(SMALL)
    assert load(table("440305001,南头街道,subdistrict,440305")).created == 1
    assert selectors.place("440305001").path == "/44/4403/440305/440305001/"


def test_a_load_is_sealed_in_the_trail():
    load(SMALL)
    event = events_of(Subject("place", "44")).get()
    assert (event.kind, event.by, event.data) == (
        "places.loaded",
        "system",
        {"source": "统计用区划代码 2023", "created": 3, "renamed": 0},
    )


@pytest.mark.parametrize(
    ("row", "line", "words"),
    [
        ("44 05,南山区,district,4403", "4", "编码"),
        ("440305,,district,4403", "4", "名称"),
        ("440305,南山区,county,4403", "4", "层级"),
        ("440305,南山区,district,", "4", "只有省级没有上级"),
        ("440305,南山区,district,9999", "4", "上级 9999"),
        ("440305,南山区,city,4403", "4", "不在本级之上"),
        ("4403,南山区,city,44", "4", "前面已经出现过"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(row, line, words):
    with pytest.raises(Invalid) as refused:
        load([*SMALL[:2], *table(row)])
    assert list(refused.value.fields) == [line]
    assert f"第 {line} 行" in refused.value.fields[line].zh
    assert words in refused.value.fields[line].zh
    assert not Place.objects.exists()


def test_all_wrong_rows_are_told_at_once():
    with pytest.raises(Invalid) as refused:
        load(table("44,,province,", "4403,深圳市,town,44"))
    assert list(refused.value.fields) == ["2", "3"]
    assert "2 处" in refused.value.text.zh


def test_a_missing_column_is_named():
    with pytest.raises(Invalid, match="parent"):
        load([{"code": "44", "name": "广东省", "level": "province"}])


def test_a_code_never_moves_to_another_parent():
    load([*SMALL, *table("4404,珠海市,city,44")])
    with pytest.raises(Invalid) as refused:
        load(table("440305,南山区,district,4404"))
    assert "编码不换主人" in refused.value.fields["2"].zh
    assert selectors.place("440305").parent_id == "4403"


def test_a_file_with_short_lines_a_mark_and_extra_columns_is_read(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("\ufeffname,code,level,parent,note\r\n广东省,44,province\r\n深圳市,4403,city,44,x,y\r\n", encoding="utf-8")
    assert load(path).created == 2
    assert selectors.place("4403").path == "/44/4403/"


def test_a_file_in_any_order_loads_the_same(tmp_path):
    lines = (TABLES / "shenzhen.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "places.csv"
    path.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8")
    assert load(path).created == 878
    assert load(TABLES / "shenzhen.csv").unchanged == 878


def test_an_empty_table_loads_nothing(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("code,name,level,parent\n", encoding="utf-8")
    assert load(path).created == 0
    with pytest.raises(Invalid, match="code"):
        path.write_text("", encoding="utf-8")
        load(path)
