"""A year's money of every community and of the district, set at the beginning of the year by district finance."""

from datetime import date, datetime

from linli.demonstration.days import moment
from linli.demonstration.timetable import Story
from linli.demonstration.world import DISTRICT, World
from linli.records.funds.services import set_envelope
from linli.records.places.models import Place

_COMMUNITY_YUAN, _DISTRICT_YUAN = 2_000_000, 240_000_000


def set_year(world: World, year: int) -> Story:
    """2 million for each community, as the regulation says, in a budget line of its own."""
    yield (at := moment(date(year, 1, 2), 9))
    _set(world, world.places[DISTRICT], year, _DISTRICT_YUAN, at)
    for team in world.teams.values():
        _set(world, team.place, year, _COMMUNITY_YUAN, at)


def _set(world: World, place: Place, year: int, yuan: int, at: datetime) -> None:
    set_envelope(
        place=place,
        year=year,
        amount_fen=yuan * 100,
        source="区财政民生微实事年度专项（演示）",
        document=f"演示：{year} 年度部门预算批复",
        dedicated=True,
        approved=True,
        by=world.officers["nanshan.finance"],
        at=at,
        demonstration=True,
    )
