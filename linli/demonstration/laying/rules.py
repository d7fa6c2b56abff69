"""The real places and packs, and the values the regulations leave open, set on the strength of documents marked 演示."""

from datetime import date, timedelta

from linli.demonstration.days import moment
from linli.demonstration.timetable import Story
from linli.demonstration.world import CITY, DISTRICT, SUBDISTRICTS, World
from linli.records.places.models import Place
from linli.records.places.services.loading import TABLES, load_places
from linli.records.rulebook.services import adopt_pack, set_local

FIRST = date(2018, 11, 20)  # the city's draft
MEASURE = date(2020, 11, 5)  # Nanshan's new measure
_DAY = timedelta(days=1)
_POINTS = ("evaluation", "determination", "implementation", "acceptance", "fund_use")

# parameter, entry, value, since, the document (marked 演示 when it is set)
SET_BY_CIVIL_AFFAIRS = (
    *(("notice_days", point, "5 working_days", FIRST, "公示期限的通知") for point in _POINTS),
    ("approval_share", "", "2/3", FIRST, "居民议事会工作指引"),
    ("council_quorum", "", "2/3", FIRST, "居民议事会工作指引"),
    ("council_notice", "", "3 days", FIRST, "居民议事会工作指引"),
    ("large_amount", "", "800000", FIRST, "较大金额项目由街道牵头的通知"),
    ("acceptance_residents", "", "2", FIRST, "项目验收工作提示"),
    ("reply_within", "", "15 working_days", FIRST, "居民需求答复时限的通知"),
    ("rectify_within", "", "30 days", FIRST, "问题整改时限的通知"),
    ("notice_days", "urgent", "3 working_days", MEASURE, "先行实施项目公示的通知"),
    ("assess_after", "", "30 days", MEASURE, "先行实施项目评估的通知"),
    ("collection_window_end", "", "12-20", MEASURE, "年度征集安排"),
)
SET_BY_SUBDISTRICTS = (("experience_day", "15", "公众体验日安排"), ("self_checks", "2", "社区自查安排"))


def load_country(world: World) -> str:
    """Every place of Shenzhen down to the communities."""
    loaded = load_places(rows=TABLES / "shenzhen.csv", source="统计用区划代码", at=moment(date(2018, 11, 1), 8))
    codes = (CITY, DISTRICT, *SUBDISTRICTS)
    world.places.update(Place.objects.in_bulk(codes))
    return f"{loaded.created} places"


def adopt(world: World) -> str:
    """The city's opinions for the city, Nanshan's own rules for Nanshan."""
    at = moment(FIRST, 9)
    adopt_pack(place=world.places[CITY], pack="shenzhen", since=FIRST, by="system", at=at)
    adopt_pack(place=world.places[DISTRICT], pack="nanshan", since=FIRST, by="system", at=at)
    return "shenzhen, nanshan"


def set_values(world: World) -> Story:
    """By the offices that may: district civil affairs, and each subdistrict office for its own days."""
    yield moment(FIRST + _DAY, 9)
    for code, name in SUBDISTRICTS.items():
        for parameter, value, document in SET_BY_SUBDISTRICTS:
            _set(world, f"{name}.office", code, parameter, value, FIRST, document)
    _set_since(world, FIRST)
    yield moment(MEASURE + _DAY, 9)
    _set_since(world, MEASURE)


def _set_since(world: World, first: date) -> None:
    for parameter, key, value, since, document in SET_BY_CIVIL_AFFAIRS:
        if since == first:
            _set(world, "nanshan.civil", DISTRICT, parameter, value, since, document, key=key)


def _set(
    world: World, officer: str, place: str, parameter: str, value: str, since: date, document: str, *, key: str = ""
) -> None:
    set_local(
        place=world.places[place],
        parameter=parameter,
        key=key,
        value=value,
        since=since,
        document=f"演示：{document}",
        by=world.officers[officer],
        at=moment(since + _DAY, 9),
        demonstration=True,
    )
