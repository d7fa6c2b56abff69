"""Jinjiang: the call of 2023 from the notice to the next places; and what residents there and in Nanchong are asked now."""

from collections.abc import Iterator
from datetime import date, datetime

from linli.demonstration.days import moment
from linli.demonstration.hands import pilots as hands
from linli.demonstration.hands.papers import answer, fill, put
from linli.demonstration.hands.scoring import score
from linli.demonstration.timetable import Story, together
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.notices.models import Notice
from linli.records.notices.services import publish_notice, take_down_notice
from linli.records.people.models import Person
from linli.records.rounds.selectors import chosen_in
from linli.records.rounds.services import decide_tie, file_results, rank_candidates, record_upper_answer, set_next_places
from linli.records.rulebook.services import set_local
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring
from linli.rules.plain.subjects import place_year

DISTRICT, YEAR = "350582", 2023
_WEIGHTS = {
    "selection_weights": {"infrastructure": "30", "party_work": "20", "service_capacity": "25", "participation": "25"},
    "assessment_weights": {"plan_done": "40", "results": "30", "money": "20", "demonstration": "10"},
}
_QUOTAS = {"350582001": "1", "350582002": "2", "350582101": "2"}
# village, the words its users begin with, the town's, title, points
_APPLIED = (
    ("350582001004", "qingxin", "qingyang", "青新邻里驿站", 92),
    ("350582001005", "jinqing", "qingyang", "锦青“四点半”课堂", 92),
    ("350582002001", "meishan", "meiling", "梅山老人助餐点", 90),
    ("350582002002", "guishan", "meiling", "桂山共享花园", 87),
    ("350582101001", "xingsheng", "anhai", "兴胜侨厝议事厅", 94),
    ("350582101002", "haidong", "anhai", "海东邻里互助站", 85),
)
_FINAL = {"plan_done": "37", "results": "27", "money": "18", "demonstration": "8"}
_GRADES = {"350582001": ("marked", "qingyang"), "350582002": ("ordinary", "meiling"), "350582101": ("marked", "anhai")}


def call(world: World) -> Story:
    """The whole year of the call. Two villages of one town stand equal for its only place, and people decide."""
    civil, finance = world.officers["jinjiang.civil_affairs"], world.officers["jinjiang.finance"]
    yield (at := _on(3, 10, 8))
    _set_values(world, civil, at)
    yield (at := _on(3, 10, 9))
    round_ = hands.open_call(world.places[DISTRICT], "2023 年“共建共享”社区治理项目申报", civil=civil, at=at)
    world.cases["pilot_call"] = round_
    for person in (civil, finance):
        yield (at := _on(3, 10, 11 if person == finance else 10))
        take_act(case=round_, act="publish_call", by=person, at=at)
    pilots: list[Case] = []
    yield from together(_apply(world, round_, pilots, number, *applied) for number, applied in enumerate(_APPLIED))
    yield (at := _on(3, 20, 9))
    take_act(case=round_, act="close_call", by=civil, at=at)
    for number, pilot in enumerate(pilots):
        yield (at := _on(3, 21 + number // 2, 10 + number))
        hands.review(pilot, civil=civil, at=at)
        points = {"infrastructure": "28", "service_capacity": "22", "participation": "24"}
        sheet = {**points, "party_work": str(_APPLIED[number][4] - 74)}
        score(pilot, [civil], [sheet], host=civil, at=at)
        take_act(case=pilot, act="score", by=civil, at=at)
    yield from _choose(round_, pilots, civil)
    yield from _upward(round_, civil, pilots, finance)
    yield from together(_carry_out(world, pilot, number) for number, pilot in enumerate(chosen_in(round_)))
    yield from _conclude(world, round_, civil)
    yield (at := _on(12, 29))
    for notice in Notice.objects.filter(point="fund_use", place__in=[one.place for one in chosen_in(round_)]):
        reason = "挂满两周，没有人提异议。（演示）"
        take_down_notice(notice=notice, reason=reason, by=_host(world, notice.place_id), at=at)


def _on(month: int, day: int, hour: int = 10) -> datetime:
    return moment(date(YEAR, month, day), hour)


def _set_values(world: World, civil: Person, at: datetime) -> None:
    for parameter, values in _WEIGHTS.items():
        for key, value in values.items():
            _set(world, DISTRICT, parameter, key, value, civil, at)
    _set(world, DISTRICT, "quota_step", "", "1", civil, at)
    for town, value in _QUOTAS.items():
        _set(world, town, "town_quota", "", value, civil, at)


def _set(world: World, code: str, parameter: str, key: str, value: str, civil: Person, at: datetime) -> None:
    set_local(
        place=world.places[code],
        parameter=parameter,
        key=key,
        value=value,
        since=date(YEAR, 3, 10),
        document="演示·2023 年遴选办法",
        by=civil,
        at=at,
        demonstration=True,
    )


def _apply(
    world: World, round_: Case, pilots: list[Case], number: int, village: str, user: str, town: str, title: str, _: int
) -> Iterator[datetime]:
    host, residents = world.officers[f"{user}.residents_committee"], world.people[village][:4]
    yield (at := _on(3, 11, 9 + number))
    pilot = open_case(procedure="pilot", place=world.places[village], title=title, by=host, at=at, parent=round_)
    pilots.append(pilot)
    world.cases[f"pilot_{user}"] = pilot
    held = _on(3, 13, 19)
    yield held
    hands.consult(pilot, residents, host=host, at=held, held=held)
    yield (at := _on(3, 14, 9 + number))
    hands.hand_in(pilot, ["stations", "roster"], host=host, at=at)
    yield (at := _on(3, 16, 9 + number))
    hands.seal_and_send(pilot, town=world.officers[f"{town}.social_affairs"], at=at)


def _choose(round_: Case, pilots: list[Case], civil: Person) -> Iterator[datetime]:
    yield (at := _on(3, 27, 9))
    rank_candidates(round=round_, by=civil, at=at)
    yield (at := _on(3, 27, 15))
    reason = "两个社区同分，青新的居民参与分更高，驿站场地已落实。（演示）"
    decide_tie(round=round_, chosen=[pilots[0]], reason=reason, by=civil, at=at)
    hands.draft(round_, civil=civil, at=at)
    take_act(case=round_, act="choose", by=civil, at=at)
    yield (at := _on(3, 28, 9))
    for pilot in pilots:
        if pilot in chosen_in(round_):
            answer(pilot, "selection_conditions", hands.CONDITIONS, by=civil, at=at)
            take_act(case=pilot, act="confirm", by=civil, at=at)
        else:
            take_act(case=pilot, act="not_choose", by=civil, at=at, note="本镇（街道）名额已由得分更高或并列决定入选的占用。")


def _upward(round_: Case, civil: Person, pilots: list[Case], finance: Person) -> Iterator[datetime]:
    yield (at := _on(4, 3))
    put(round_, "recommendation", "document", summary="择优推荐材料（演示）", by=civil, at=at)
    take_act(case=round_, act="recommend", by=civil, at=at)
    yield (at := _on(5, 20))
    above = pilots[4]
    record_upper_answer(round=round_, chosen=[above], by=civil, at=at)
    put(round_, "upper_answer", "document", summary="泉州市确定名单（演示）", by=civil, at=at)
    take_act(case=round_, act="record_answer", by=civil, at=at)
    yield (at := _on(5, 25))
    for pilot in chosen_in(round_):
        yuan = "50000" if pilot == above else "100000"
        award = {"amount": yuan, "considered": "结合项目预算和上级补助核定。（演示）"}
        fill(pilot, "grant_award", award, by=finance, at=at)
        take_act(case=pilot, act="award_grant", by=finance, at=at)


def _carry_out(world: World, pilot: Case, number: int) -> Iterator[datetime]:
    """Begun in spring, visited in summer, done before December, its archive complete."""
    host, civil = _host(world, pilot.place_id), world.officers["jinjiang.civil_affairs"]
    yield (at := _on(5, 26, 9 + number))
    take_act(case=pilot, act="start", by=host, at=at)
    put(pilot, "midterm_self", "document", summary="中期自评（演示）", by=host, at=at)
    yield (at := _on(7, 20 + number))
    put(pilot, "midterm_visit", "visit", advice_given=True, summary="实地走访，提出三条建议（演示）", by=civil, at=at)
    take_act(case=pilot, act="midterm", by=civil, at=at)
    yield (at := _on(11, 20 + number))
    put(pilot, "progress", "progress", share_done="1", by=host, at=at)
    hands.media(pilot, host=host, at=at)
    take_act(case=pilot, act="finish", by=host, at=at)
    yield (at := _on(12, 11 + number))
    hands.file_archive(pilot, host=host, at=at)
    put(pilot, "guidance", "document", summary="民政和镇里指导记录（演示）", by=host, at=at)
    put(pilot, "disclosure_proof", "disclosure", channels=2, summary="村务公开栏和晋江新闻网（演示）", by=host, at=at)
    put(pilot, "fund_use", "fund_report", balanced=True, summary="资金使用明细（演示）", by=host, at=at)
    publish_notice(
        subject=pilot.subject,
        point="fund_use",
        place=pilot.place,
        title=f"{pilot.title}资金使用公示",
        body="收支明细见村务公开栏。（演示）",
        by=host,
        at=at,
        office="community.residents_committee",
    )
    yield (at := _on(12, 18, 9 + number))
    summary = {"done": "按方案全部完成。", "experience": "居民轮值，事事上墙。", "shortcomings": "周末值守人手不足。"}
    fill(pilot, "pilot_summary", summary, by=host, at=at)
    answer(pilot, "pilot_archive", {"part_2_plan": "yes", "true_record": "yes"}, by=host, at=at)
    take_act(case=pilot, act="send_summary", by=host, at=at)
    yield (at := _on(12, 21, 9 + number))
    team, why = world.officers["jinjiang.assessment_team"], "按方案完成，居民评价好。（演示）"
    score(pilot, [team], [_FINAL], host=team, at=at, slot="final_score", grade="marked", reason=why)
    take_act(case=pilot, act="assess", by=team, at=at)


def _host(world: World, place: str) -> Person:
    """The committee of the village, as it signs in."""
    return world.officers[next(f"{row[1]}.residents_committee" for row in _APPLIED if row[0] == place)]


def _conclude(world: World, round_: Case, civil: Person) -> Iterator[datetime]:
    yield (at := _on(12, 22))
    take_act(case=round_, act="begin_assessment", by=civil, at=at)
    for code, (grade, _) in _GRADES.items():
        place = world.places[code]
        year, title = place_year(code, YEAR), f"{place.short_name} {YEAR} 年试点成效"
        scored = open_scoring(
            subject=year, slot="town_results", card="town_results", place=place, title=title, by=civil, at=at, demonstration=True
        )
        give_scores(scoring=scored, by=civil, answers={"results": grade}, at=at)
        close_scoring(scoring=scored, by=civil, at=at)
    yield (at := _on(12, 25))
    file_results(round=round_, by=civil, at=at)
    hands.draft(round_, civil=civil, at=at)
    take_act(case=round_, act="conclude", by=civil, at=at)
    set_next_places(round=round_, by=civil, at=at)


def asked_now(world: World) -> Story:
    """Residents of two places are asked these days: the six services, openly; the work of the community, secretly."""
    clock = world.clock(12)
    yield clock.at(9)
    village = world.places["350582001004"]
    year = world.days.anchor.year
    services = open_scoring(
        subject=place_year(village.pk, year),
        slot="service_score",
        card="service_score",
        place=village,
        title=f"{village.short_name} {year} 年 6 项优质服务功能评价",
        by=world.officers["qingxin.residents_committee"],
        at=clock.now,
        demonstration=True,
    )
    binjiang = world.places["511302001002"]
    appraisal = open_case(
        procedure="community_appraisal",
        place=binjiang,
        title=f"{binjiang.short_name} {year} 年居民评议社区工作",
        by=world.officers["zhongcheng.office"],
        at=clock.now,
        demonstration=True,
    )
    world.cases["appraisal"] = appraisal
    work = open_scoring(
        subject=appraisal.subject,
        slot="appraisal",
        place=binjiang,
        title=appraisal.title,
        by=world.officers["zhongcheng.office"],
        at=clock.now,
        demonstration=True,
    )
    marks = ("85", "92", "78", "88", "90")
    for number, person in enumerate(world.people[village.pk][:5]):
        yield clock.after(1, 19)
        keys = ("elders", "children", "medical", "food", "housing", "matters")
        give_scores(scoring=services, by=person, answers=dict.fromkeys(keys, marks[number]), at=clock.now)
        grade = ("satisfied", "satisfied", "basically", "satisfied", "dissatisfied")[number]
        give_scores(scoring=work, by=world.people[binjiang.pk][number], answers={"work": grade}, at=clock.now)
