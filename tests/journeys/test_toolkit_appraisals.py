"""What a village agrees on and is measured by, at its desks and on its public pages, under the draft of 2017.

Communities appraise the offices above them; a covenant everybody can remember; both bodies appraise a cadre's report;
the standard and the title of a demonstration community; a town that finds out which matter needs which meeting.
"""

import re
from collections.abc import Mapping, Sequence

import pytest

from linli.records.cases.models import Case
from linli.records.meetings import services as meetings
from linli.records.meetings.models import AgendaItem, Opinion
from linli.records.people.models import Person
from linli.records.scorecards.models import Scoring
from tests.journeys.steps import state_of
from tests.journeys.village import Village, public
from tests.records.registers.world import CITY, COUNTY, NEXT_DOOR, TOWN, officer, set_value
from tests.web.desk.cases.office import Desk

pytestmark = pytest.mark.django_db


def score(host: Desk, case: Case, slot: str, sheets: Sequence[tuple[Person, Mapping[str, str]]]) -> Scoring:
    """Opened, given by each on their own page, and closed."""
    host.open(f"/desk/scorings/open/?case={case.code}&slot={slot}")
    host.send("/desk/scorings/open/", raters=[str(person.pk) for person, _ in sheets])
    scoring = Scoring.objects.get(subject_id=str(case.pk), slot=slot)
    for person, answers in sheets:
        Desk(person).open(f"/desk/scorings/{scoring.pk}/").send(**{f"i-{key}": answer for key, answer in answers.items()})
    host.open(f"/desk/scorings/{scoring.pk}/").send(f"/desk/scorings/{scoring.pk}/close/")
    scoring.refresh_from_db()
    return scoring


def answer_all(v: Village, case: Case) -> None:
    items = AgendaItem.objects.filter(subject_kind="case", subject_id=str(case.pk))
    for opinion in Opinion.objects.filter(meeting__in=items.values("meeting"), replied_at=None):
        meetings.answer_opinion(opinion=opinion, verdict="采纳", reply="写进第一条", by=v.cast.committee, at=v.time.at)


@pytest.mark.requirement("S3-26", "S3-27", how="refuses")
def test_communities_appraise_the_offices_above_and_the_county_uses_what_they_say(village: Village) -> None:
    v = village
    for parameter, value in (("satisfied_share", "3/5"), ("dissatisfied_share", "1/3")):
        set_value(v.cast.government, parameter, value)
    government, next_door = Desk(v.cast.government), officer("residents_committee", NEXT_DOOR)
    v.on("2026-11-02")
    case = v.begin(government, "upward_appraisal", "二〇二六年评议上级")
    v.fill(government, case, "appraisal_plan", content="服务、减负", **{"objects-rows": "1", "objects-0-about": "街道和部门"})
    v.refused(government, case, "hold", "民主评议结果")
    good = dict.fromkeys(("party_committee", "government", "departments"), "satisfied")
    poor = {**good, "departments": "dissatisfied"}
    scoring = score(government, case, "appraisal", [(v.cast.party, good), (v.cast.committee, good), (next_door, poor)])
    assert scoring.result["grade"] == "satisfied" and scoring.secret
    Desk(v.cast.town).client.post(f"/desk/cases/{case.code}/acts/hold/")  # those appraised do not hold it
    assert state_of(case) == "called"
    v.take(government, case, "hold")
    v.refused(government, case, "use", "评议结果分析运用")
    used = {"uses-rows": "1", "uses-0-about": "街道和部门", "uses-0-grade": "满意", "uses-0-used_for": "压减报表"}
    v.fill(government, case, "appraisal_use", findings="部门报表太多", **used)
    v.take(government, case, "use")
    assert "街道和部门" in public(f"/c/{COUNTY}/lists/appraisal_results/")


@pytest.mark.requirement("S3-28", "S3-29", "S3-30", how="refuses")
def test_a_covenant_is_consulted_on_discussed_decided_and_easy_to_remember(village: Village) -> None:
    v = village
    case = v.begin(v.committee, "covenant", "村规民约")
    lines = {"hot_issues-rows": "1", "hot_issues-0-issue": "办酒", "hot_issues-0-rule": "先报后办"}
    said = {"kind": "village_rules", "public_rules": "垃圾入桶", **lines}
    v.committee.open(f"/desk/cases/{case.code}/forms/covenant_text/").send(status=422, **said)  # no moral duties
    v.fill(v.committee, case, "covenant_text", moral_duties="孝敬老人", **said)
    v.refused(v.committee, case, "consult", "民主协商")
    v.meet("consultation_session", case, "consultation", v.residents[:4], "2026-03-04", said="堰塘不倒脏水")
    v.on("2026-03-05")
    v.take(v.committee, case, "consult")
    v.meet("council_session", case, "discussion", v.residents[:5], "2026-03-06")
    v.on("2026-03-09")
    v.refused(v.committee, case, "discuss", "未答复")  # not fully discussed while somebody waits
    answer_all(v, case)
    v.take(v.committee, case, "discuss")
    v.meet("assembly", case, "decision", v.residents, "2026-03-11", against=2)
    v.on("2026-03-12")
    v.refused(v.committee, case, "decide", "还没核对：依法制定")
    sheet = v.committee.open(f"/desk/cases/{case.code}/checklists/covenant_quality/")
    checked = dict.fromkeys(("a-lawful", "a-targeted", "a-practical", "a-easy"), "yes")
    sheet.send(**{**checked, "a-easy": "no", "r-easy": "有三十条，记不住"})
    v.refused(v.committee, case, "decide", "易记、易懂、易行")
    v.committee.open(f"/desk/cases/{case.code}/checklists/covenant_quality/").send(**{**checked, "r-easy": ""})
    v.take(v.committee, case, "decide")
    v.refused(v.committee, case, "publish", "公约公布")
    v.file(v.committee, case, "text", "disclosure", **{"f-channels": "3"})
    v.take(v.committee, case, "publish")
    page = public(f"/projects/{case.code}/")
    assert state_of(case) == "published" and "孝敬老人" in page and "公约怎样定" in page


@pytest.mark.requirement("S3-53", how="refuses")
def test_both_bodies_appraise_a_report_in_secret_and_sign_it_together(village: Village) -> None:
    v = village
    for parameter, value in (("excellent_share", "4/5"), ("incompetent_share", "1/3")):
        set_value(v.cast.government, parameter, value)
    case = v.begin(v.cadre, "duty_report", "述职述廉")
    lines = {"commitments-rows": "1", "commitments-0-commitment": "修好水渠", "commitments-0-state": "已完成"}
    said = {"person": "演示·村主任", "post": "主任", "duties": "履职情况", "integrity": "没有违纪"}
    v.fill(v.cadre, case, "duty_report", **said, **lines)
    v.meet("representatives_meeting", case, "hearing", v.residents[2:7], "2026-03-04")
    v.meet("supervision_session", case, "supervision_hearing", v.residents[6:], "2026-03-06")
    v.on("2026-03-09")
    v.take(v.cadre, case, "report")
    v.refused(v.assembly, case, "appraise", "代表会议评议结果")
    good = dict.fromkeys(("duties", "integrity", "commitments"), "competent")
    fair = {**good, "commitments": "basically"}
    score(v.assembly, case, "appraisal", [(person, good) for person in v.residents[2:6]])
    v.refused(v.assembly, case, "appraise", "监督委员会评议结果")
    members = [(v.residents[7], good), (v.residents[8], fair)]
    second = score(v.supervision, case, "supervision_appraisal", members)
    assert "sheets" not in second.result and second.result["grade"] in ("excellent", "competent")
    listed = v.supervision.open("/desk/scorings/").text  # one card for both bodies, told apart by what each is asked for
    assert "代表会议评议结果" in listed and "监督委员会评议结果" in listed
    v.take(v.assembly, case, "appraise")
    assert state_of(case) == "reported"  # one of the two has signed
    v.take(v.supervision, case, "appraise")
    assert state_of(case) == "appraised"
    assert "已民主评议" in public(f"/projects/{case.code}/")


@pytest.mark.requirement("S3-59", "S3-60", how="refuses")
def test_a_title_follows_the_standard_and_the_level_applied_for(village: Village) -> None:
    v, civil = village, Desk(village.cast.civil)
    city, province = Desk(officer("civil_affairs", CITY)), officer("civil_affairs", "51")
    case = v.begin(v.committee, "demonstration_community", "申报市级示范")
    v.fill(v.committee, case, "demonstration_application", level="city", reasons="议事、公开都做到了")
    v.refused(civil, case, "assess", "标准化建设评估")
    civil.open(f"/desk/scorings/open/?case={case.code}&slot=standard").send("/desk/scorings/open/", status=409)
    assert "省民政厅" in civil.text  # the province's standard has no points yet
    aspects = ("organisation", "democracy", "facilities", "guarantee", "talent")
    for key in aspects:
        set_value(province, "standard_weights", "20", key=key)
    set_value(province, "standard_score", "80")
    scoring = score(civil, case, "standard", [(v.cast.civil, {**dict.fromkeys(aspects, "18"), "talent": "16"})])
    assert scoring.result["grade"] == "met" and scoring.result["score"] == "88"
    v.refused(civil, case, "assess", "社区服务站")
    sheet = civil.open(f"/desk/cases/{case.code}/checklists/service_station/")
    sheet.send(**{"a-complete": "yes", "a-turned_to_service": "yes"})
    v.take(civil, case, "assess")
    v.refused(Desk(province), case, "name_province", "申报级别")
    v.refused(city, case, "name_city", "命名文件")
    v.file(city, case, "decision", "document")
    v.take(city, case, "name_city")
    assert state_of(case) == "named" and "申报市级示范" in public(f"/projects/{case.code}/")


@pytest.mark.requirement("S3-22", "S3-24", how="refuses")
def test_a_town_finds_out_which_matter_needs_which_meeting_and_the_matter_is_held_to_it(village: Village) -> None:
    v, town = village, Desk(village.cast.town)
    rule = v.begin(town, "local_rule", "论证听证试点办法")
    words = dict.fromkeys(("procedure", "steps", "use_of_results"), "见办法")
    lines = {"items-rows": "1", "items-0-matter": "加装电梯", "items-0-meeting": "听证会"}
    v.fill(town, rule, "local_rule", **words, **lines)
    v.refused(town, rule, "try_out", "试点办法文本")
    v.file(town, rule, "text", "document")
    sheet = town.open(f"/desk/cases/{rule.code}/checklists/principles/")
    sheet.send(**dict.fromkeys((f"a-{key}" for key in re.findall(r'name="a-(\w+)"', sheet.html)), "yes"))
    v.take(town, rule, "try_out")
    assert "加装电梯" in public(f"/c/{TOWN}/lists/meeting_scope/")

    case = v.begin(v.committee, "service_project", "三号楼加装电梯")
    typed = {
        "name": "电梯",
        "matter": "加装电梯",
        "content": "三号楼",
        "affected": "all_residents",
        "major": "no",
        "reason": "一栋楼",
    }
    v.fill(v.committee, case, "service_project", **typed)
    v.refused(v.committee, case, "hear", "听证会")
    v.meet("hearing", case, "hearing", v.residents[:4], "2026-03-04")
    v.on("2026-03-05")
    v.take(v.committee, case, "hear")
    assert state_of(case) == "heard"

    v.refused(town, rule, "summarise", "试点总结")
    v.fill(town, rule, "trial_summary", found="通知不到租户", improved="逐户送达", spread="明年全镇实施")
    v.take(town, rule, "summarise")
    v.take(Desk(v.cast.government), rule, "apply_widely")
    assert state_of(rule) == "general"
