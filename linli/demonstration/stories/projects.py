"""The way of a micro-project in chapters. A brief says where it stops; the chapters before it are told in full.

The lengths are working days; every notice stands five whole ones, so the next step is taken on the sixth.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.demonstration.days import Clock
from linli.demonstration.hands import meetings, notices, papers, words
from linli.demonstration.hands.team import Team
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import name_party, open_case, take_act
from linli.records.needs.models import Need
from linli.records.needs.services import adopt_need, raise_need, verify_need
from linli.records.notices.services import answer_objection, raise_objection
from linli.records.people.models import Person

NOTICE = 6  # five whole working days, and the next one


@dataclass(frozen=True)
class Brief:
    """One project. `slack` is how many working days ago its last act was taken."""

    key: str
    community: str
    title: str
    what: str
    where: str
    yuan: int
    stop: str
    kind: tuple[str, str] = ("works", "public_facility")  # type and category
    slack: int = 3
    wish: str = ""  # the words of the resident, if they differ from the plan's
    more: Mapping[str, object] | None = None  # further fields of the plan
    objection: str = ""  # "open" or "answered"
    parent: str = ""  # the round it came out of
    sent_back: bool = False
    ending: str = ""  # refuse, withdraw, stop: instead of going on
    reason: str = ""


@dataclass
class Work:
    """A project under way: who works on it, and the time it has come to."""

    world: World
    brief: Brief
    team: Team
    clock: Clock
    case: Case
    needs: list[Need]

    @property
    def lead(self) -> Person:
        """Large, highly professional or cross-community projects are the subdistrict's (S0 §4.3.4)."""
        more = self.brief.more or {}
        above = self.brief.yuan >= 800_000 or "yes" in (more.get("cross_community"), more.get("highly_professional"))
        return self.team.working if above else self.team.secretary

    @property
    def led_by(self) -> str:
        return "subdistrict" if self.lead == self.team.working else "community"

    @property
    def now(self) -> datetime:
        return self.clock.now

    def take(self, act: str, by: Person, note: str = "") -> None:
        take_act(case=self.case, act=act, by=by, at=self.now, note=note)
        self.case.refresh_from_db()

    def publicise(self, point: str) -> None:
        by, at = self.lead, self.now
        notice = notices.publicise(self.case, point, by=by, at=at, led_by=self.led_by)
        photo = self.world.photo("张贴", by=by, at=at, place=self.team.place)
        notices.post(notice, f"{self.team.place.short_name}公告栏", by=by, at=at, photos=[photo])

    def take_down(self, point: str) -> None:
        notice = notices.hanging_of(self.case, point)
        if notice is not None:
            notices.take_down(notice, by=self.lead, at=self.now)


Chapter = Callable[[Work], Story]


def life(world: World, brief: Brief) -> Story:
    """From the resident's words to the state at which the brief stops."""
    work = yield from _begin(world, brief)
    for state, chapter in CHAPTERS.items():
        yield from chapter(work)
        if state == brief.stop:
            break
    if brief.ending:
        yield work.clock.after(1, 11)
        by = {"refuse": work.lead, "withdraw": work.team.secretary, "stop": work.team.working}[brief.ending]
        work.take(brief.ending, by, brief.reason)


def _begin(world: World, brief: Brief) -> Generator[datetime, None, Work]:
    team = world.teams[brief.community]
    clock = world.clock(LENGTH[brief.stop] + brief.slack + (1 if brief.ending else 0) + (12 if brief.sent_back else 0))
    yield clock.at(20)
    asked = _ask(team, brief, clock.now)
    yield clock.after(2, 15)
    at = clock.now
    for need in asked:
        photo = world.photo("现场", by=team.committee, at=at, place=team.place, bright=False)
        found = f"已到{brief.where}核实，情况属实。"
        verify_need(need=need, findings=found, real=True, by=team.committee, at=at, files=[photo])
    yield clock.after(2)
    at = clock.now
    parent = world.cases.get(brief.parent)
    case = open_case(
        procedure="micro_project",
        place=team.place,
        title=brief.title,
        by=team.secretary,
        at=at,
        parent=parent,
        demonstration=True,
    )
    world.cases[brief.key] = case
    for need in asked:
        adopt_need(need=need, subject=case.subject, by=team.secretary, at=at)
    return Work(world, brief, team, clock, case, asked)


def _ask(team: Team, brief: Brief, at: datetime) -> list[Need]:
    """Two residents ask for the same in their own words: one online, one at the counter."""
    first, second = team.residents[-1], team.residents[-2]
    wish = brief.wish or f"希望{brief.what}"
    online = words.need(wish, brief.where, urgency="small", beneficiaries="300")
    asked = [raise_need(place=team.place, data=online, by=first, at=at)]
    again = words.need(f"{wish}，大家都在说这件事", brief.where, channel="online")
    return [*asked, raise_need(place=team.place, data=again, by=second, at=at)]


# --- source -----------------------------------------------------------------------------------------------------------
def _draft(work: Work) -> Story:
    yield work.clock.at(11)


def _designed(work: Work) -> Story:
    team, case, brief = work.team, work.case, work.brief
    yield work.clock.at(14)
    forum = meetings.call_forum(team, case, at=work.now, held=work.clock.ahead(2, 19))
    yield work.clock.after(2, 19)
    meetings.hold_forum(team, forum, team.residents[5:9], at=work.now, opinion="方案里请把夜间施工的时间写清楚")
    yield work.clock.after(1)
    more = dict(brief.more or {})
    plan = words.plan(brief.what, brief.where, brief.yuan, type=brief.kind[0], category=brief.kind[1], **more)
    work.case = papers.fill(case, "project_plan", plan, by=team.secretary, at=work.now)
    work.take("design", team.secretary)


def _selected(work: Work) -> Story:
    yield work.clock.after(1)
    papers.selection(work.case, by=work.team.secretary, at=work.now)
    work.take("select", work.team.secretary)


# --- decision ---------------------------------------------------------------------------------------------------------
def _evaluating(work: Work) -> Story:
    yield work.clock.after(2)
    papers.check_scope(work.case, by=work.team.secretary, at=work.now)
    work.take("submit_for_evaluation", work.team.secretary)


def _evaluated(work: Work) -> Story:
    team, case = work.team, work.case
    yield work.clock.at(15)
    supplier = work.world.suppliers[0]
    name_party(case=case, relation="supplier", party=supplier, by=team.secretary, at=work.now)
    meeting = meetings.call_council(team, case, at=work.now, held=work.clock.ahead(5, 19), parties=[supplier.ref])
    yield work.clock.after(5, 19)
    present = team.members[:8]
    meetings.vote(team, meeting, present, against=1, at=work.now)
    yield work.clock.after(1, 9)
    text = "应到成员中一人任职于拟采购单位，已回避。经举手表决，同意实施。"
    meetings.write_up(team, meeting, text, [present[0], present[4]], at=work.now)
    tie = {"person": present[2].name, "interest": "任职于拟采购单位", "recusal": "评议时已回避"}
    papers.fill(case, "interest_form", words.interests(tie), by=team.secretary, at=work.now)
    yield work.clock.after(1)
    work.take("evaluate", team.secretary)
    work.publicise("evaluation")
    if work.brief.objection:
        yield from _objection(work)


def _objection(work: Work) -> Story:
    """Somebody reads the notice and disagrees. Until the answer is given, the gate stays closed."""
    yield work.clock.after(2, 20)
    notice = notices.hanging_of(work.case, "evaluation")
    assert notice is not None
    objection = raise_objection(notice=notice, text="施工位置离我家窗户太近，请调整。", at=work.now)
    if work.brief.objection == "answered":
        yield work.clock.after(1, 10)
        reason = "已会同居民现场查看，位置外移 3 米。"
        answer_objection(objection=objection, verdict="upheld", reason=reason, by=work.team.committee, at=work.now)


def _determined(work: Work) -> Story:
    if work.brief.sent_back:
        yield from _again(work)
    yield work.clock.after(NOTICE - (3 if work.brief.objection else 0))
    work.take_down("evaluation")
    work.take("determine", work.lead, "评议通过，公示无未答复的异议，年度经费足够。")
    work.publicise("determination")


def _again(work: Work) -> Story:
    """Sent back and resubmitted: the plan has two versions, and both stay."""
    team, case, brief = work.team, work.case, work.brief
    yield work.clock.after(1)
    work.take("send_back", team.secretary, "公示期内居民提出更省钱的做法，退回修改方案。")
    cheaper = brief.yuan - 20_000
    plan = words.plan(f"{brief.what}（利用原有基础）", brief.where, cheaper, type=brief.kind[0], category=brief.kind[1])
    yield work.clock.at(14)
    forum = meetings.call_forum(team, case, at=work.now, held=work.clock.ahead(0, 19))
    yield work.clock.at(19)
    meetings.hold_forum(team, forum, team.residents[5:8], at=work.now)
    yield work.clock.after(1)
    work.case = papers.fill(case, "project_plan", plan, by=team.secretary, at=work.now)
    work.take("design", team.secretary)
    yield from _selected(work)
    yield from _evaluating(work)
    yield from _evaluated(work)


# --- implementation ---------------------------------------------------------------------------------------------------
def _filing(work: Work) -> Story:
    yield work.clock.after(NOTICE)
    work.take_down("determination")
    papers.fill(work.case, "filing_form", words.filing(work.case.title, "6/7"), by=work.lead, at=work.now)
    work.take("submit_filing", work.lead)


def _filed(work: Work) -> Story:
    yield work.clock.after(2)
    work.take("accept_filing", work.team.office)


def _running(work: Work) -> Story:
    yield work.clock.after(5)
    papers.contract(work.case, _agreed(work), by=work.lead, at=work.now)
    work.take("start", work.lead)
    yield work.clock.after(1)
    at, place = work.now, work.team.place
    before = work.world.photo("施工前", by=work.lead, at=at, place=place, bright=False)
    papers.progress(work.case, "1/4", by=work.lead, at=at, files=[before])


def _agreed(work: Work) -> int:
    return (work.case.amount_fen or 0) // 100 * 96 // 100


def _finished(work: Work) -> Story:
    yield work.clock.after(4)
    work.publicise("implementation")
    yield work.clock.after(NOTICE)
    at, place = work.now, work.team.place
    photos = [work.world.photo(name, by=work.lead, at=at, place=place) for name in ("施工中", "完工")]
    papers.progress(work.case, "1", by=work.lead, at=at, files=photos)
    work.take_down("implementation")
    work.take("finish", work.lead)


# --- closing ----------------------------------------------------------------------------------------------------------
def _accepted(work: Work) -> Story:
    yield work.clock.after(3)
    at = work.now
    photo = work.world.photo("验收", by=work.lead, at=at, place=work.team.place)
    papers.acceptance(work.case, residents=3, by=work.lead, at=at, files=[photo])
    work.take("accept", work.lead)
    work.publicise("acceptance")


def _appraised(work: Work) -> Story:
    yield work.clock.after(NOTICE)
    papers.satisfaction(work.case, respondents=86, by=work.lead, at=work.now)
    work.take_down("acceptance")
    work.take("appraise", work.lead)


def _settled(work: Work) -> Story:
    yield work.clock.after(4)
    papers.settlement(work.case, _agreed(work) - 500, by=work.lead, at=work.now)
    work.take("settle", work.lead)
    work.publicise("fund_use")


def _archived(work: Work) -> Story:
    yield work.clock.after(NOTICE)
    work.take_down("fund_use")
    papers.answer(work.case, "project_archive", words.ARCHIVE, by=work.team.secretary, at=work.now)
    work.take("archive", work.team.secretary)


CHAPTERS: Mapping[str, Chapter] = {
    "draft": _draft,
    "designed": _designed,
    "selected": _selected,
    "evaluating": _evaluating,
    "evaluated": _evaluated,
    "determined": _determined,
    "filing": _filing,
    "filed": _filed,
    "running": _running,
    "finished": _finished,
    "accepted": _accepted,
    "appraised": _appraised,
    "settled": _settled,
    "archived": _archived,
}
_STEPS = (4, 3, 1, 2, 7, 6, 6, 2, 6, 10, 3, 6, 4, 6)  # working days of each chapter
LENGTH = {state: sum(_STEPS[: number + 1]) for number, state in enumerate(CHAPTERS)}
