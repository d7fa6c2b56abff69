"""A year of governance pilots through the doors: the call, scores, a tie, the choice, the work, the assessment, next places."""

import pytest

from linli.demonstration.hands import pilots as hands
from linli.demonstration.hands.papers import answer, put
from linli.demonstration.hands.scoring import score
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import filling_history, fillings, pieces
from linli.records.notices.services import publish_notice
from linli.records.reports.sealing import sealed_by
from linli.records.rounds.selectors import chosen_in
from linli.records.scorecards.models import Scoring
from tests.journeys.steps import row_counts, state_of, step, turned_down
from tests.pilots import TOWNS, Jinjiang, on
from tests.web.desk.cases.office import Clock, Desk

CONTENT = ["stations", "roster"]
# Thirteen applications; the last two stand equal for the twelfth place.
SCORES = [98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88, 85, 85]
FINAL = {"plan_done": "38", "results": "27", "money": "18", "demonstration": "9"}


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.stopped(monkeypatch, on("2023-03-10"))


@pytest.fixture
def jinjiang(db: None, time: Clock) -> Jinjiang:
    made = Jinjiang(villages=14)
    made.weigh()
    return made


def marks(total: int) -> dict[str, str]:
    """A sheet of so many points out of a hundred."""
    return {"infrastructure": "30", "party_work": str(total - 80), "service_capacity": "25", "participation": "25"}


def take(desk: Desk, case: Case, act: str, note: str = "") -> None:
    """The act's own page from the dossier, then the confirmation."""
    desk.open(f"/desk/cases/{case.code}/").open(f"/desk/cases/{case.code}/acts/{act}/").send(note=note)
    assert "已办理" in desk.text or "已签署" in desk.text, desk.text[:800]
    case.refresh_from_db()


def file(desk: Desk, case: Case, slot: str, **typed: object) -> None:
    desk.open(f"/desk/cases/{case.code}/slots/{slot}/").send(**typed)
    assert "已提交" in desk.text


def fill(desk: Desk, case: Case, form: str, data: dict[str, object]) -> None:
    """Types a form in as its boxes are named; rows of lines box by box."""
    typed: dict[str, object] = {}
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            typed[f"{key}-rows"] = str(len(value))
            typed |= {f"{key}-{n}-{column}": cell for n, row in enumerate(value) for column, cell in row.items()}
        else:
            typed[key] = value
    desk.open(f"/desk/cases/{case.code}/forms/{form}/").send(**typed)
    case.refresh_from_db()


def check(desk: Desk, case: Case, checklist: str, answers: dict[str, str]) -> None:
    desk.open(f"/desk/cases/{case.code}/checklists/{checklist}/").send(**{f"a-{key}": each for key, each in answers.items()})


def call_published(jinjiang: Jinjiang) -> Case:
    """Civil affairs and finance put their names under the call; two attachments are not three."""
    civil, finance = Desk(jinjiang.civil[0]), Desk(jinjiang.finance)
    civil.open("/desk/cases/new/").send(
        procedure="pilot_call", title="2023年“共建共享”社区治理项目（演示）", place=jinjiang.place.pk
    )
    call = Case.objects.get(procedure="pilot_call")
    file(civil, call, "call", **{"f-attachments": "2", "summary": "通知和两份附件"})
    assert "call_attachments" in turned_down(call, "publish_call", jinjiang.civil[0], on("2023-03-10"))
    file(civil, call, "call", **{"f-attachments": "3", "summary": "通知和三份附件"})
    take(civil, call, "publish_call")
    assert state_of(call) == "drafted"
    take(finance, call, "publish_call")
    assert state_of(call) == "open"
    return call


def first_application(jinjiang: Jinjiang, call: Case, time: Clock) -> Case:
    """One village, box by box: residents first, then the forms, the town's seal, in time."""
    village = jinjiang.villages[0]
    host, town = jinjiang.committee[village.pk], jinjiang.town[village.pk[:9]]
    desk, town_desk = Desk(host), Desk(town)
    time.at = on("2023-03-11")
    desk.open("/desk/cases/new/").send(procedure="pilot", title="邻里驿站", place=village.pk)
    pilot = Case.objects.get(procedure="pilot")
    assert pilot.parent == call
    desk.open(f"/desk/cases/{pilot.code}/forms/pilot_plan/")
    assert "看得见、量得出、有日期" in desk.text
    fill(desk, pilot, "pilot_application", hands.application(pilot))
    fill(desk, pilot, "pilot_plan", hands.plan(pilot, CONTENT))
    assert (pilot.type, pilot.amount_fen) == ("neighbour_help", 22_000_000)
    assert turned_down(pilot, "submit", host, time.at) == ["consultation.residents"]
    residents = [jinjiang.resident(village, f"村民{n}") for n in range(3)]
    hands.consult(pilot, residents, host=host, at=on("2023-03-11"), held=on("2023-03-13"))
    time.at = on("2023-03-14")
    take(desk, pilot, "submit")
    time.at = on("2023-03-16")
    opinion = {"opinion": "同意报送", "backing": "副职包联", "departments": "教育、民政"}
    fill(town_desk, pilot, "town_opinion", opinion)
    check(town_desk, pilot, "town_review", hands.TOWN_REVIEW)
    assert turned_down(pilot, "seal_and_send", town, on("2023-03-17")) == ["seal"]
    file(town_desk, pilot, "seal", summary="镇人民政府用印（演示）")
    assert turned_down(pilot, "seal_and_send", town, on("2023-03-18")) == ["application_deadline"]
    time.at = on("2023-03-17")
    take(town_desk, pilot, "seal_and_send")
    assert fillings(pilot.subject)["pilot_plan"].locked_at is not None
    return pilot


def other_application(jinjiang: Jinjiang, call: Case, n: int) -> Case:
    village = jinjiang.villages[n]
    host, town = jinjiang.committee[village.pk], jinjiang.town[village.pk[:9]]
    pilot = open_case(procedure="pilot", place=village, title=f"演示试点{n}", by=host, at=on("2023-03-11"), parent=call)
    hands.consult(pilot, [jinjiang.resident(village)], host=host, at=on("2023-03-11"), held=on("2023-03-13"))
    hands.hand_in(pilot, CONTENT, host=host, at=on("2023-03-14"))
    hands.seal_and_send(pilot, town=town, at=on("2023-03-16"))
    return pilot


def scored(jinjiang: Jinjiang, pilot: Case, total: int) -> None:
    score(pilot, jinjiang.civil[:2], [marks(total), marks(total)], host=jinjiang.civil[0], at=on("2023-03-22"))
    step(pilot, "score", jinjiang.civil[0], on("2023-03-23"))


def first_scored(jinjiang: Jinjiang, pilot: Case, time: Clock) -> None:
    """Three reviewers at their own desks; one of them declares an interest and leaves the count."""
    time.at = on("2023-03-22")
    first, second, third = (Desk(person) for person in jinjiang.civil)
    first.open(f"/desk/scorings/open/?case={pilot.code}&slot=score")
    first.send("/desk/scorings/open/", raters=[str(person.pk) for person in jinjiang.civil])
    scoring = Scoring.objects.get(subject_id=str(pilot.pk))
    page = f"/desk/scorings/{scoring.pk}/"
    sheet = {f"i-{key}": each for key, each in marks(SCORES[0]).items()}
    first.open(page).send(**sheet)
    second.open(page).send(**sheet)
    rater = scoring.raters.get(person=jinjiang.civil[2])
    third.open(page).send(f"{page}recuse/", rater=str(rater.pk), **{"aside-reason": "演示·配偶是该村人"})
    first.open(page).send(f"{page}close/")
    assert pieces(pilot.subject)["score"].facts["recused"] == 1
    time.at = on("2023-03-23")
    take(first, pilot, "score")


@pytest.mark.requirement("S2-1", "S2-49", "S2-51", "S2-52", how="refuses")
@pytest.mark.requirement("S2-50", how="kept")
@pytest.mark.requirement("S2-40", "S2-53", how="shown")
def test_a_call_and_one_application_box_by_box(jinjiang: Jinjiang, time: Clock) -> None:
    call = call_published(jinjiang)
    pilot = first_application(jinjiang, call, time)
    assert state_of(pilot) == "received"
    assert sealed_by(pilot, fillings(pilot.subject)["pilot_application"]) == "安海镇社会事务办"
    printed = Desk(jinjiang.town[pilot.place_id[:9]]).client.get(f"/desk/cases/{pilot.code}/forms/pilot_application/print.pdf")
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")


@pytest.mark.requirement("S2-54", how="refuses")
@pytest.mark.requirement("S2-4", "S2-55", "S2-56", how="kept")
@pytest.mark.requirement("S2-77", "S2-78", "S2-79", how="refuses")
def test_thirteen_apply_twelve_are_chosen_and_the_money_waits_for_the_answer(jinjiang: Jinjiang, time: Clock) -> None:
    call = call_published(jinjiang)
    pilots = [first_application(jinjiang, call, time)]
    pilots += [other_application(jinjiang, call, n) for n in range(1, 13)]
    civil = Desk(jinjiang.civil[0])
    time.at = on("2023-03-20")
    take(civil, call, "close_call")
    check(civil, pilots[0], "plan_review", hands.PLAN_REVIEW)
    take(civil, pilots[0], "review_plan")
    first_scored(jinjiang, pilots[0], time)
    for pilot, total in zip(pilots[1:], SCORES[1:], strict=True):
        hands.review(pilot, civil=jinjiang.civil[0], at=on("2023-03-21"))
        scored(jinjiang, pilot, total)

    # The board ranks; two stand equal for the twelfth place, and nothing goes on before somebody decides.
    time.at = on("2023-03-27")
    board = f"/desk/rounds/{call.code}/"
    civil.open(board).send(board, do="rank")
    assert "2 个候选同分，剩 1 个名额" in civil.text
    civil.send(board, do="draft", form="selection_result")
    assert turned_down(call, "choose", jinjiang.civil[0], time.at) == ["selection.ties_open"]
    civil.open(board).send(board, status=422, do="tie", chosen=[pilots[12].code], reason="")
    assert "请写明理由" in civil.text
    civil.send(board, do="tie", chosen=[pilots[12].code], reason="演示·群众参与更实")
    assert pilots[12] in chosen_in(call)
    civil.send(board, do="draft", form="selection_result")
    take(civil, call, "choose")

    # Everybody reads why, the one who missed it too.
    public = Desk(jinjiang.resident(jinjiang.villages[11])).open(f"/rounds/{call.code}/")
    assert "由规定的单位决定给了别的候选，理由：演示·群众参与更实" in public.text
    assert "得分 98，第 1 名，在 12 个名额以内。" in public.text
    assert turned_down(pilots[11], "confirm", jinjiang.civil[0], time.at)[:1] == ["selection.chosen"]
    step(pilots[11], "not_choose", jinjiang.civil[0], time.at, "演示·名额已满")
    for pilot in chosen_in(call):
        answer(pilot, "selection_conditions", hands.CONDITIONS, by=jinjiang.civil[0], at=time.at)
        step(pilot, "confirm", jinjiang.civil[0], time.at)

    # The best go on to Quanzhou; neither grant is paid before it has answered.
    finance = Desk(jinjiang.finance)
    fill(finance, pilots[0], "grant_award", {"amount": "50000", "considered": "演示·预算 22 万元"})
    assert "upper_result" in turned_down(pilots[0], "award_grant", jinjiang.finance, time.at)
    file(civil, call, "recommendation", summary="推荐前三名（演示）")
    take(civil, call, "recommend")
    time.at = on("2023-05-20")
    civil.open(board).send(board, do="upper", chosen=[pilots[0].code])
    file(civil, call, "upper_answer", summary="泉州市确定名单（演示）")
    take(civil, call, "record_answer")
    finance.open(f"/desk/cases/{pilots[0].code}/grants/")
    assert "5 万元" in finance.text
    take(finance, pilots[0], "award_grant")
    fill(finance, pilots[1], "grant_award", {"amount": "50000", "considered": "演示"})
    assert turned_down(pilots[1], "award_grant", jinjiang.finance, time.at) == ["grant_local"]
    fill(finance, pilots[1], "grant_award", {"amount": "100000", "considered": "演示"})
    take(finance, pilots[1], "award_grant")

    # What was awarded is not awarded again.
    before = row_counts()
    assert turned_down(pilots[1], "award_grant", jinjiang.finance, time.at) == ["done"]
    assert row_counts() == before
    finance.open(f"/desk/cases/{pilots[1].code}/")
    assert "落实市级补助" not in finance.text.partition("现在能办什么")[2].partition("材料")[0]
    finance.open(f"/desk/cases/{pilots[1].code}/acts/award_grant/")
    assert "已经办过，不用再办。" in finance.text and not finance.has_button("确认")
    assert "已落实" in finance.open(f"/desk/cases/{pilots[1].code}/grants/").text


@pytest.mark.requirement("S2-44", "S2-60", "S2-61", "S2-74", how="refuses")
@pytest.mark.requirement("S2-47", "S2-57", "S2-59", how="kept")
def test_a_pilot_is_carried_out_by_its_locked_plan_assessed_and_the_next_places_follow(jinjiang: Jinjiang, time: Clock) -> None:
    call = call_published(jinjiang)
    pilot = other_application(jinjiang, call, 0)
    village, civil = jinjiang.villages[0], jinjiang.civil[0]
    host, town = jinjiang.committee[village.pk], jinjiang.town[village.pk[:9]]
    hands.review(pilot, civil=civil, at=on("2023-03-21"))
    scored(jinjiang, pilot, 90)
    step(call, "close_call", civil, on("2023-03-20"))
    time.at = on("2023-03-27")
    desk, host_desk = Desk(civil), Desk(host)
    board = f"/desk/rounds/{call.code}/"
    desk.open(board).send(board, do="rank")
    desk.send(board, do="draft", form="selection_result")
    take(desk, call, "choose")
    check(desk, pilot, "selection_conditions", hands.CONDITIONS)
    take(desk, pilot, "confirm")
    time.at = on("2023-04-03")
    take(host_desk, pilot, "start")

    # The plan is locked; only an approved change alters it, and never into another project.
    host_desk.open(f"/desk/cases/{pilot.code}/children/pilot_change/").send(title="调整进度（演示）")
    change = Case.objects.get(procedure="pilot_change")
    request = {"kind": "project", "what": "改做别的", "why": "演示"}
    fill(host_desk, change, "change_request", request)
    later = hands.plan(pilot, [*CONTENT, "volunteers"])
    fill(host_desk, change, "pilot_plan", later)
    file(host_desk, change, "reasons", kind="document", summary="村民代表会决议（演示）")
    assert turned_down(change, "agree", town, time.at) == ["no_swap"]
    fill(host_desk, change, "change_request", {**request, "kind": "measures", "what": "增加志愿服务"})
    take(Desk(town), change, "agree")
    check(desk, change, "change_review", {"same_project": "yes", "on_time": "yes"})
    take(desk, change, "approve")
    assert [filling.version for filling in filling_history(pilot.subject, "pilot_plan")] == [1, 2]
    assert "volunteers" in fillings(pilot.subject)["pilot_plan"].data["content_neighbour_help"]

    # Mid-term, the end, the summary with its eight parts.
    put(pilot, "midterm_self", "document", summary="中期自评（演示）", by=host, at=on("2023-07-20"))
    put(pilot, "midterm_visit", "visit", advice_given=True, summary="实地走访（演示）", by=civil, at=on("2023-07-25"))
    step(pilot, "midterm", civil, on("2023-07-25"))
    put(pilot, "progress", "progress", share_done="1", by=host, at=on("2023-11-20"))
    hands.media(pilot, host=host, at=on("2023-11-20"))
    assert "completion_deadline" in turned_down(pilot, "finish", host, on("2023-12-01"))
    step(pilot, "finish", host, on("2023-11-30"))
    hands.file_archive(pilot, host=host, at=on("2023-12-10"))
    for slot, kind in (("guidance", "document"), ("disclosure_proof", "disclosure")):
        put(
            pilot,
            slot,
            kind,
            summary="佐证（演示）",
            by=host,
            at=on("2023-12-10"),
            **({"channels": 2} if kind == "disclosure" else {}),
        )
    put(pilot, "fund_use", "fund_report", balanced=True, by=host, at=on("2023-12-10"))
    publish_notice(
        subject=pilot.subject,
        point="fund_use",
        place=village,
        title="资金使用（演示）",
        body="明细",
        by=host,
        at=on("2023-12-11"),
    )
    time.at = on("2023-12-18")
    summary = {"done": "全部完成", "experience": "居民轮值", "shortcomings": "周末人手不足"}
    fill(host_desk, pilot, "pilot_summary", summary)
    assert "pilot_archive.true_record" in turned_down(pilot, "send_summary", host, time.at)
    check(host_desk, pilot, "pilot_archive", {"part_2_plan": "yes", "true_record": "yes"})
    take(host_desk, pilot, "send_summary")

    # The assessors score apart from the town; the grade is theirs, with a reason.
    time.at = on("2023-12-22")
    assert "final_score.complete" in turned_down(pilot, "assess", jinjiang.team[0], time.at)
    score(
        pilot,
        jinjiang.team,
        [FINAL, FINAL],
        host=jinjiang.team[0],
        at=time.at,
        slot="final_score",
        grade="marked",
        reason="演示·成效实",
    )
    take(Desk(jinjiang.team[0]), pilot, "assess")
    assert state_of(pilot) == "assessed"

    # The town's grade gives it one place more.
    file(desk, call, "recommendation", summary="推荐（演示）")
    take(desk, call, "recommend")
    desk.open(board).send(board, do="upper")
    file(desk, call, "upper_answer", summary="未选取（演示）")
    take(desk, call, "record_answer")
    take(desk, call, "begin_assessment")
    code = TOWNS[0][0]
    jinjiang.set("quota_step", "1", at="2023-03-12")
    jinjiang.set("town_quota", "4", since="2023-03-11", at="2023-12-22", code=code)
    jinjiang.grade_town(code, "marked", raters=jinjiang.civil, at=time.at)
    desk.open(board).send(board, do="results")
    desk.send(board, do="draft", form="next_quota")
    assert fillings(call.subject)["next_quota"].data["towns"][0]["reason"] == "成效评为“成效显著”，名额增加：4 → 5。"
    take(desk, call, "conclude")
    assert state_of(call) == "concluded"
