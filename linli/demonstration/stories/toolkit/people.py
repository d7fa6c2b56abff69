"""The three places, and who sits in their bodies."""

from linli.demonstration.hands.village import Village
from linli.demonstration.timetable import Story
from linli.demonstration.world import World

CITY, COUNTY = "5113", "511302"
_PLACES = {
    "binjiang": ("511302001002", "zhongcheng"),
    "tiyuchang": ("511302001005", "zhongcheng"),
    "dayingba": ("511302104201", "gongxing"),
}
# Which residents of a place sit where, by their number on its roll.
_SEATS = (
    ("binjiang", "residents_assembly", slice(0, 8)),
    ("binjiang", "representatives_assembly", slice(0, 5)),
    ("binjiang", "residents_council", slice(0, 5)),
    ("binjiang", "supervision_committee", slice(5, 8)),
    ("tiyuchang", "representatives_assembly", slice(0, 5)),
    ("dayingba", "residents_assembly", slice(0, 8)),
    ("dayingba", "residents_council", slice(0, 5)),
)


def village(world: World, user: str) -> Village:
    code, town = _PLACES[user]
    return Village(world, code, user, town)


def seated(world: World) -> Story:
    """The assemblies with their councils and supervision committees."""
    clock = world.clock(75)
    for user, kind, members in _SEATS:
        yield clock.at(9)
        here = village(world, user)
        here.form(kind, here.residents[members], at=clock.now)
