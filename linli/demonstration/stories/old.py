"""Projects of 2019, judged by the values of their day: 200,000 for a service, 500,000 for goods and works."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime

from linli.demonstration.days import Clock
from linli.demonstration.hands import meetings, notices, papers, words
from linli.demonstration.hands.team import Team
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import ask_case_exception, open_case, take_act
from linli.records.needs.selectors import needs_of_subject
from linli.records.needs.services import adopt_need, answer_need, raise_need, verify_need
from linli.records.people.models import Person
from linli.records.rulebook.services import grant_exception, refuse_exception
from linli.rules.plain.refusals import Refused


@dataclass(frozen=True)
class Old:
    """`excused`: over the ceiling of the day, and what district civil affairs said to that."""

    key: str
    community: str
    title: str
    yuan: int
    excused: bool | None
    start: date


OLD = (
    Old("old_values", "440305001001", "邻里互助课堂", 198_000, None, date(2019, 3, 4)),
    Old("old_over_cap_refused", "440305001001", "社区合唱团全年排演", 260_000, False, date(2019, 5, 6)),
    Old("old_over_cap_excused", "440305007011", "独居老人日间照料", 260_000, True, date(2019, 9, 2)),
)


_NOT_SO = "全年排演超出单项资金上限，原则例外未获同意；排练场地由党群服务中心免费提供。"


def old(world: World, one: Old) -> Story:
    team, clock = world.teams[one.community], Clock(world.days, one.start)
    case = yield from _begin(world, one, team, clock)
    yield clock.after(3)
    try:
        _take(case, "submit_for_evaluation", team.secretary, clock)
    except Refused:
        asked = ask_case_exception(
            case=case,
            excuses="project_cap",
            by=team.secretary,
            at=clock.now,
            reason="服务对象多，须全年不断。",
            up_to=case.amount_fen,
        )
        yield clock.after(4)
        if not one.excused:
            refuse_exception(asked=asked, by=team.civil, at=clock.now, reason="可以分次排演，不属于必须例外的情形。")
            _take(case, "withdraw", team.secretary, clock)
            yield clock.after(1)
            for need in needs_of_subject(case.subject):
                answer_need(need=need, verdict="out_of_scope", reason=_NOT_SO, by=team.secretary, at=clock.now)
            return
        grant_exception(asked=asked, by=team.civil, at=clock.now, reason="服务对象均为独居高龄老人，同意按原则例外办理。")
        yield clock.after(1)
        _take(case, "submit_for_evaluation", team.secretary, clock)
    yield from decide(world, team, case, clock)
    yield from carry_out(team, case, clock)


def _begin(world: World, one: Old, team: Team, clock: Clock) -> Generator[datetime, None, Case]:
    yield clock.at(20)
    where = f"{team.place.short_name}党群服务中心"
    need = raise_need(place=team.place, data=words.need(f"希望开展{one.title}", where), by=team.residents[-3], at=clock.now)
    yield clock.after(3)
    verify_need(need=need, findings="入户了解，确有需要。", real=True, by=team.committee, at=clock.now)
    case = open_case(
        procedure="micro_project", place=team.place, title=one.title, by=team.secretary, at=clock.now, demonstration=True
    )
    world.cases[one.key] = case
    adopt_need(need=need, subject=case.subject, by=team.secretary, at=clock.now)
    yield clock.after(5)
    plan = words.old_plan(one.title, where, one.yuan, type="service", category="mass_activity")
    case = papers.fill(case, "project_plan", plan, by=team.secretary, at=clock.now)
    papers.check_scope(case, by=team.secretary, at=clock.now)
    return case


def decide(world: World, team: Team, case: Case, clock: Clock) -> Story:
    yield clock.at(15)
    meeting = meetings.call_council(team, case, at=clock.now, held=clock.ahead(5, 19))
    yield clock.after(5, 19)
    meetings.vote(team, meeting, team.members[:8], against=2, at=clock.now)
    yield clock.after(2)
    meetings.write_up(team, meeting, "经举手表决，同意实施。", [team.members[0], team.members[3]], at=clock.now)
    _take(case, "evaluate", team.secretary, clock)
    yield from _notice(case, "evaluation", team, clock)
    _take(case, "determine", team.secretary, clock)
    yield from _notice(case, "determination", team, clock)
    papers.fill(case, "filing_form", words.filing(case.title, "6/8"), by=team.secretary, at=clock.now)
    _take(case, "submit_filing", team.secretary, clock)
    yield clock.after(3)
    _take(case, "accept_filing", team.office, clock)


def carry_out(team: Team, case: Case, clock: Clock) -> Story:
    agreed = (case.amount_fen or 0) // 100
    yield clock.after(6)
    papers.contract(case, agreed, by=team.secretary, at=clock.now)
    _take(case, "start", team.secretary, clock)
    yield from _notice(case, "implementation", team, clock)
    papers.progress(case, "1", by=team.secretary, at=clock.now)
    _take(case, "finish", team.secretary, clock)
    yield clock.after(4)
    papers.acceptance(case, residents=4, by=team.secretary, at=clock.now)
    _take(case, "accept", team.secretary, clock)
    yield from _notice(case, "acceptance", team, clock)
    papers.satisfaction(case, respondents=41, by=team.secretary, at=clock.now)
    _take(case, "appraise", team.secretary, clock)
    yield clock.after(3)
    papers.settlement(case, agreed, by=team.secretary, at=clock.now)
    _take(case, "settle", team.secretary, clock)
    yield from _notice(case, "fund_use", team, clock)
    papers.answer(case, "project_archive", words.ARCHIVE, by=team.secretary, at=clock.now)
    _take(case, "archive", team.secretary, clock)


def _notice(case: Case, point: str, team: Team, clock: Clock) -> Story:
    """Up, five whole working days, down on the sixth."""
    notice = notices.publicise(case, point, by=team.secretary, at=clock.now)
    yield clock.after(6)
    notices.take_down(notice, by=team.secretary, at=clock.now)


def _take(case: Case, act: str, by: Person, clock: Clock) -> None:
    take_act(case=case, act=act, by=by, at=clock.now)
    case.refresh_from_db()
