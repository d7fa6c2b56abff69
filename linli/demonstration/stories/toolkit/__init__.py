"""Self-government in three places: what is decided, heard, consulted on, agreed, appraised, and answered for."""

from collections.abc import Iterator

from linli.demonstration.stories.toolkit import answering, council, hearings, people, villages
from linli.demonstration.timetable import Story
from linli.demonstration.world import World


def self_government(world: World) -> Iterator[Story]:
    """Every story of the three places; the bodies come first."""
    for story in (
        people.seated,
        council.mandated,
        council.outside,
        council.decided,
        council.on_the_agenda,
        hearings.heard,
        hearings.shown_to_all,
        hearings.consulted,
        hearings.consulted_again,
        hearings.talked,
        villages.covenant,
        villages.not_admitted,
        villages.refused,
        villages.taken_on,
        answering.cadre,
        answering.put_right,
        answering.asked,
    ):
        yield story(world)
