"""Jinjiang: one pilot more this year. Two villages stand equal for the only place, and a draw announced before decides.

Nobody can know the seed beforehand, so which of the two it is differs from build to build; what happens to them is told
for the one chosen and the one not, whichever they are.
"""

from collections.abc import Iterator
from datetime import datetime

from linli.demonstration.hands import pilots as hands
from linli.demonstration.hands.papers import answer
from linli.demonstration.hands.scoring import score
from linli.demonstration.hands.values import set_values
from linli.demonstration.timetable import Story, together
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.rounds.selectors import chosen_in
from linli.records.rounds.services import announce_draw, hold_draw, rank_candidates

_DISTRICT = "350582"
CALLED, CLOSED, RANKED, FROM, DRAWN = 62, 46, 41, 38, 34  # days ago; the trail takes its checkpoints every week
# village, what the user names there and in its town begin with, title
_APPLIED = (
    ("350582002002", "guishan", "meiling", "桂山邻里驿站"),
    ("350582101001", "xingsheng", "anhai", "兴胜邻里驿站"),
)
_SHEET = {"infrastructure": "28", "party_work": "15", "service_capacity": "22", "participation": "24"}


def drawn_call(world: World) -> Story:
    """Called for one place, applied for twice, ranked equal, announced, drawn."""
    civil = world.officers["jinjiang.civil_affairs"]
    place, since = world.places[_DISTRICT], world.days.before(CALLED).date()
    yield (at := world.days.before(CALLED + 1))
    closes = world.days.before(CLOSED + 2).date().isoformat()
    values = {"pilot_places": "1", "application_deadline": closes}
    ends = world.days.before(DRAWN).date()
    set_values(place, values, document=f"演示·{since.year} 年增补通知", by=civil, at=at, since=since, until=ends)
    yield (at := world.days.before(CALLED, 9))
    call = hands.open_call(place, f"{since.year} 年增补一个社区治理试点", civil=civil, at=at)
    world.cases["drawn_call"] = call
    for hour, office in ((10, "civil_affairs"), (11, "finance")):
        yield (at := world.days.before(CALLED, hour))
        take_act(case=call, act="publish_call", by=world.officers[f"jinjiang.{office}"], at=at)
    yield from together(_apply(world, call, number, *applied) for number, applied in enumerate(_APPLIED))
    yield from _draw(world, call)
    yield (at := world.days.before(DRAWN, 15))
    chosen = chosen_in(call)
    for _, user, _, _ in _APPLIED:
        pilot = world.cases[f"drawn_{user}"]
        if pilot in chosen:
            answer(pilot, "selection_conditions", hands.CONDITIONS, by=civil, at=at)
            take_act(case=pilot, act="confirm", by=civil, at=at)
        else:
            take_act(case=pilot, act="not_choose", by=civil, at=at, note="同分，公开抽签未抽中。（演示）")


def _apply(world: World, call: Case, number: int, village: str, user: str, town: str, title: str) -> Iterator[datetime]:
    host, before = world.officers[f"{user}.residents_committee"], world.days.before
    yield (at := before(CALLED - 1, 9 + number))
    pilot = open_case(procedure="pilot", place=world.places[village], title=title, by=host, at=at, parent=call)
    world.cases[f"drawn_{user}"] = pilot
    yield (at := before(CALLED - 3, 19))
    hands.consult(pilot, world.people[village][:4], host=host, at=at, held=at)
    yield (at := before(CALLED - 5, 9 + number))
    hands.hand_in(pilot, ["stations", "volunteers"], host=host, at=at, begins=before(DRAWN - 10).date())
    yield (at := before(CALLED - 8, 9 + number))
    hands.seal_and_send(pilot, town=world.officers[f"{town}.social_affairs"], at=at)


def _draw(world: World, call: Case) -> Iterator[datetime]:
    """The rules leave a tie to civil affairs, which lets lots decide."""
    civil, pilots = world.officers["jinjiang.civil_affairs"], [world.cases[f"drawn_{user}"] for _, user, _, _ in _APPLIED]
    yield (at := world.days.before(CLOSED))
    take_act(case=call, act="close_call", by=civil, at=at)
    for number, pilot in enumerate(pilots):
        yield (at := world.days.before(CLOSED - 2, 10 + number))
        hands.review(pilot, civil=civil, at=at)
        score(pilot, [civil], [_SHEET], host=civil, at=at)
        take_act(case=pilot, act="score", by=civil, at=at)
    yield (at := world.days.before(RANKED))
    rank_candidates(round=call, by=civil, at=at)
    yield (at := world.days.before(RANKED, 15))
    reason = "两个社区四项得分都一样，方案各有长处，公开抽签最公道。（演示）"
    announce_draw(round=call, held_from=world.days.before(FROM, 9), reason=reason, by=civil, at=at)
    yield (at := world.days.before(DRAWN))
    hold_draw(round=call, by=civil, at=at)
    hands.draft(call, civil=civil, at=at)
    take_act(case=call, act="choose", by=civil, at=at)
