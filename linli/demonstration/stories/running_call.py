"""Jinjiang: the call of this year under way. Chosen by score, carried out by locked plans, reported month by month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.demonstration.days import moment
from linli.demonstration.hands import pilots as hands
from linli.demonstration.hands.papers import answer, fill, put
from linli.demonstration.hands.scoring import score
from linli.demonstration.hands.values import set_values
from linli.demonstration.timetable import Story, together
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.duties.models import Duty
from linli.records.duties.services import plan_obligations
from linli.records.people.models import Person
from linli.records.reports.owed_papers import drafted_values, file_owed_paper, form_owed
from linli.records.rounds.selectors import chosen_in
from linli.records.rounds.services import rank_candidates, record_upper_answer
from linli.records.rulebook.selectors import rules_at

_DAY = timedelta(days=1)
_DISTRICT, _LATE = "350582", "350582002"  # the town that lets a report pass
CALLED, CLOSED, CHOSEN, ANSWERED, BEGUN = 205, 188, 182, 165, 150  # days ago
_LENGTHS = {"application_deadline": 190, "completion_deadline": -45, "summary_deadline": -65}
_VALUES = {"pilot_places": "3", "call_attachments": "3", "grant_local": "100000", "grant_match": "50000"}


@dataclass(frozen=True)
class Applied:
    """`user` and `town` are what the user names there begin with."""

    village: str
    user: str
    town: str
    title: str
    points: int


_APPLIED = (
    Applied("350582001005", "jinqing", "qingyang", "锦青近邻学堂", 93),
    Applied("350582101002", "haidong", "anhai", "海东渔港邻里站", 91),
    Applied("350582002001", "meishan", "meiling", "梅山院落共管", 88),
    Applied("350582001004", "qingxin", "qingyang", "青新共享工具屋", 84),
)


def running_call(world: World) -> Story:
    """Four apply for three places; two pilots are visited by now, one asks for more time for a step."""
    civil, place = world.officers["jinjiang.civil_affairs"], world.places[_DISTRICT]
    yield (at := world.days.before(CALLED, 8))
    _set_values(world, civil, at)
    yield (at := world.days.before(CALLED, 9))
    title = f"{at.year} 年“共建共享”社区治理项目申报"
    call = hands.open_call(place, title, civil=civil, at=at)
    world.cases["running_call"] = call
    for office in ("civil_affairs", "finance"):
        yield (at := at + timedelta(hours=1))
        take_act(case=call, act="publish_call", by=world.officers[f"jinjiang.{office}"], at=at)
    yield from together(_apply(world, call, one, number) for number, one in enumerate(_APPLIED))
    yield from _choose(world, call)
    yield from _upward(world, call)
    yield from _carry_out(world)


def _set_values(world: World, civil: Person, at: datetime) -> None:
    """Every day and amount of 2023 ended with that year: civil affairs sets those of this call."""
    days = {name: (world.days.anchor - ago * _DAY).isoformat() for name, ago in _LENGTHS.items()}
    set_values(world.places[_DISTRICT], {**_VALUES, **days}, document=f"演示·{at.year} 年申报通知", by=civil, at=at)


def _pilot(world: World, one: Applied) -> Case:
    return world.cases[f"running_{one.user}"]


def _host(world: World, one: Applied) -> Person:
    return world.officers[f"{one.user}.residents_committee"]


def _apply(world: World, call: Case, one: Applied, number: int) -> Iterator[datetime]:
    """Residents heard, both forms, the town's check with its seal, in time."""
    host, begins = _host(world, one), world.days.anchor - BEGUN * _DAY
    yield (at := world.days.before(CALLED - 1, 9 + number))
    pilot = open_case(procedure="pilot", place=world.places[one.village], title=one.title, by=host, at=at, parent=call)
    world.cases[f"running_{one.user}"] = pilot
    yield (at := world.days.before(CALLED - 3, 19))
    hands.consult(pilot, world.people[one.village][:4], host=host, at=at, held=at)
    yield (at := world.days.before(CALLED - 5, 9 + number))
    hands.hand_in(pilot, ["stations", "volunteers"], host=host, at=at, begins=begins)
    yield (at := world.days.before(CALLED - 8, 9 + number))
    hands.seal_and_send(pilot, town=world.officers[f"{one.town}.social_affairs"], at=at)


def _choose(world: World, call: Case) -> Iterator[datetime]:
    """Reviewed, scored, ranked within the towns' places that follow from the results of 2023; the fourth reads why not."""
    civil = world.officers["jinjiang.civil_affairs"]
    yield (at := world.days.before(CLOSED))
    take_act(case=call, act="close_call", by=civil, at=at)
    for number, one in enumerate(_APPLIED):
        yield (at := world.days.before(CLOSED - 2, 10 + number))
        hands.review(_pilot(world, one), civil=civil, at=at)
        sheet = {"infrastructure": "28", "party_work": str(one.points - 74), "service_capacity": "22", "participation": "24"}
        score(_pilot(world, one), [civil], [sheet], host=civil, at=at)
        take_act(case=_pilot(world, one), act="score", by=civil, at=at)
    yield (at := world.days.before(CHOSEN))
    rank_candidates(round=call, by=civil, at=at)
    hands.draft(call, civil=civil, at=at)
    take_act(case=call, act="choose", by=civil, at=at)
    yield (at := world.days.before(CHOSEN - 1))
    chosen = chosen_in(call)
    for one in _APPLIED:
        pilot = _pilot(world, one)
        if pilot in chosen:
            answer(pilot, "selection_conditions", hands.CONDITIONS, by=civil, at=at)
            take_act(case=pilot, act="confirm", by=civil, at=at)
        else:
            take_act(case=pilot, act="not_choose", by=civil, at=at, note="名额已由得分更高的占用。（演示）")


def _upward(world: World, call: Case) -> Iterator[datetime]:
    """Quanzhou takes the first: it gets the match, the others the local grant."""
    civil = world.officers["jinjiang.civil_affairs"]
    yield (at := world.days.before(CHOSEN - 7))
    put(call, "recommendation", "document", summary="择优推荐材料（演示）", by=civil, at=at)
    take_act(case=call, act="recommend", by=civil, at=at)
    yield (at := world.days.before(ANSWERED))
    record_upper_answer(round=call, chosen=chosen_in(call)[:1], by=civil, at=at)
    put(call, "upper_answer", "document", summary="泉州市确定名单（演示）", by=civil, at=at)
    take_act(case=call, act="record_answer", by=civil, at=at)


def _carry_out(world: World) -> Iterator[datetime]:
    """Begun together, the grants paid, two visited at mid-term; a change of schedule waits for civil affairs."""
    civil, finance = world.officers["jinjiang.civil_affairs"], world.officers["jinjiang.finance"]
    first, second, third = _APPLIED[:3]
    for number, one in enumerate((first, second, third)):
        yield (at := world.days.before(BEGUN, 9 + number))
        take_act(case=_pilot(world, one), act="start", by=_host(world, one), at=at)
    yield (at := world.days.before(BEGUN - 7))
    for one in (first, second, third):
        yuan = "50000" if one is first else "100000"
        award = {"amount": yuan, "considered": "结合项目预算和上级补助核定。（演示）"}
        fill(_pilot(world, one), "grant_award", award, by=finance, at=at)
        take_act(case=_pilot(world, one), act="award_grant", by=finance, at=at)
    yield from _progress(world, 110, {first: "1/4", second: "1/4", third: "1/8"})
    yield (at := world.days.before(80))
    for one in (first, second):
        put(_pilot(world, one), "midterm_self", "document", summary="中期自评（演示）", by=_host(world, one), at=at)
    yield (at := world.days.before(70))
    for one in (first, second):
        advice = "实地走访，提出周末值守和收支上墙两条建议（演示）"
        put(_pilot(world, one), "midterm_visit", "visit", advice_given=True, summary=advice, by=civil, at=at)
        take_act(case=_pilot(world, one), act="midterm", by=civil, at=at)
    yield from _progress(world, 33, {first: "3/4", second: "1/2", third: "1/4"})
    yield from _ask_for_change(world, third)


def _progress(world: World, days: int, shares: Mapping[Applied, str]) -> Iterator[datetime]:
    yield (at := world.days.before(days))
    for one, share in shares.items():
        put(_pilot(world, one), "progress", "progress", share_done=share, summary=f"完成 {share}", by=_host(world, one), at=at)


def _ask_for_change(world: World, one: Applied) -> Iterator[datetime]:
    pilot, host, day = _pilot(world, one), _host(world, one), world.days.anchor
    yield (at := world.days.before(8))
    change = open_case(
        procedure="pilot_change", place=pilot.place, title=f"{pilot.title}：调整进度", by=host, at=at, parent=pilot
    )
    world.cases["running_change"] = change
    why = "原定场地在修屋顶，招募和培训推后一个月，做的事和预算都不变。（演示）"
    fill(change, "change_request", {"kind": "schedule", "what": "第二步推后一个月", "why": why}, by=host, at=at)
    later = hands.plan(pilot, ["stations", "volunteers"], begins=day - (BEGUN - 30) * _DAY)
    fill(change, "pilot_plan", later, by=host, at=at)
    put(change, "reasons", "document", summary="村民代表会议记录（演示）", by=host, at=at)
    yield (at := world.days.before(5))
    take_act(case=change, act="agree", by=world.officers[f"{one.town}.social_affairs"], at=at)


def monthly_reports(world: World) -> Story:
    """Drafted from the records and handed in two days early; one town has let its last one pass."""
    yield (at := world.days.before(CHOSEN - 1, 20))
    officers = {one.village[:9]: world.officers[f"{one.town}.social_affairs"] for one in _APPLIED[:3]}
    for place in (world.places[code] for code in officers):
        for year in range(at.year, world.days.anchor.year + 1):
            plan_obligations(place=place, year=year, rules=rules_at(place), at=at)
    owed = Duty.objects.filter(place__in=officers, source_key__startswith="monthly_report:", done_at=None)
    wanted = list(owed.filter(due_on__lt=world.days.anchor).select_related("place").order_by("due_on", "place"))
    last = wanted[-1].due_on if wanted else None
    for duty in wanted:
        assert duty.due_on is not None
        yield (at := moment(duty.due_on - 2 * _DAY, 10))
        if (duty.place_id, duty.due_on) != (_LATE, last):
            _report(duty, officers[duty.place_id], at)


def _report(duty: Duty, by: Person, at: datetime) -> None:
    rules = rules_at(duty.place)
    form = form_owed(duty, rules, at.date())
    assert form is not None
    data = drafted_values(duty, form, rules, at.date())
    rows = data.get("pilots")
    assert isinstance(rows, list)
    said = [
        {"done": "日常值守，没有新办的环节。", **row, "next": "按方案推进下一步。（演示）"}
        for row in rows
        if isinstance(row, Mapping)
    ]
    guidance = "走访各试点一次，核对值班表和收支。（演示）"
    file_owed_paper(duty=duty, data={**data, "pilots": said, "guidance": guidance}, by=by, at=at)
