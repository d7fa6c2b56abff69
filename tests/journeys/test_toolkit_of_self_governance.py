"""A year of self-government in a community of Nanchong, at its desks and on its public pages, under the draft of 2017.

What the assembly lets the council decide, and what it does not; a hearing for a part of the residents, its opinions
answered before anything is decided; the supervision committee that stops a matter; what is disclosed and what is late;
the yearly report of a cadre. Meetings are held by the services their pages use. The people are made up (演示).
"""

import re

import pytest

from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.duties.services import plan_obligations
from linli.records.meetings import services as meetings
from linli.records.meetings.models import AgendaItem, Opinion
from linli.records.registers.models import Row
from linli.records.registers.services import enter_row
from linli.records.rulebook.selectors import rules_at
from tests.journeys.steps import state_of
from tests.journeys.village import Village, public
from tests.records.registers.world import COMMUNITY, COUNTY, at, place
from tests.web.desk.cases.office import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S3-12", "S3-14", "S3-16", "S3-17", "S3-18", "S3-19", "S3-44", how="refuses")
def test_the_council_decides_what_the_assembly_lets_it_and_supervision_can_stop_it(village: Village) -> None:
    the_assembly_gives_a_mandate(village)
    outside_it_is_refused_and_goes_back_to_the_assembly(village)
    case = inside_it_is_decided(village)
    supervision_stops_it_until_it_is_answered(village, case)
    it_is_carried_out_and_reported(village, case)


def the_assembly_gives_a_mandate(v: Village) -> None:
    v.on("2026-03-02")
    case = v.begin(v.committee, "council_mandate", "二〇二六年议事会授权")
    words = dict.fromkeys(("election", "content", "procedure", "rules"), "见章程")
    lines = {
        "matters-rows": "2",
        "matters-0-matter": "环境整治",
        "matters-0-limits": "五千元以下",
        "matters-1-matter": "停车管理",
    }
    v.fill(v.committee, case, "mandate", **words, **lines, law="村民委员会组织法（2025 年修订）")
    v.refused(v.committee, case, "grant", "村（居）民会议决议")
    v.meet("assembly", case, "decision", v.residents, "2026-03-04", against=2)
    v.on("2026-03-05")
    v.take(v.committee, case, "grant")
    page = public(f"/c/{COMMUNITY}/lists/council_mandate/")
    assert "环境整治" in page and "停车管理" in page and '有效 <span class="count">2</span>' in page


def outside_it_is_refused_and_goes_back_to_the_assembly(v: Village) -> None:
    case = v.begin(v.committee, "council_matter", "集体土地出租")
    v.fill(v.committee, case, "council_matter", matter="集体土地出租", content="租给谁", proposal="公开招租")
    v.file(v.committee, case, "before", "disclosure", **{"f-channels": "2"})
    v.refused(v.committee, case, "admit", "村（居）民会议对这一事项的授权")
    # The refusal leads to the list itself.
    assert v.committee.open(f"/desk/cases/{case.code}/").link("看清单") == f"/desk/registers/{COMMUNITY}/council_mandate/"
    v.take(v.committee, case, "hand_up", note="没有授权，请村民会议决定")
    assert state_of(case) == "handed_up"


def inside_it_is_decided(v: Village) -> Case:
    v.on("2026-03-09")
    case = v.begin(v.committee, "council_matter", "河边清淤")
    v.fill(v.committee, case, "council_matter", matter="环境整治", content="清一段河", proposal="请人清两天")
    v.file(v.committee, case, "before", "disclosure", **{"f-channels": "2"})
    v.take(v.committee, case, "admit")
    v.refused(v.council, case, "decide", "议事会决议")
    v.meet("council_session", case, "decision", v.residents[:5], "2026-03-11", against=1)
    v.on("2026-03-12")
    v.take(v.council, case, "decide")
    assert state_of(case) == "decided"
    return case


def supervision_stops_it_until_it_is_answered(v: Village, case: Case) -> None:
    v.supervision.open(f"/desk/cases/{case.code}/holds/").send(kind="supervision", reason="报价没有公开")
    v.file(v.committee, case, "during", "disclosure", **{"f-channels": "2"})
    v.refused(v.committee, case, "carry_out", "已被叫停")
    v.on("2026-03-13")
    hold = re.search(rf"/desk/cases/{case.code}/holds/(\d+)/", v.committee.open(f"/desk/cases/{case.code}/holds/").html)
    assert hold is not None
    v.committee.send(hold.group(0), answer="三家报价已贴在公开栏")
    v.refused(v.committee, case, "carry_out", "已被叫停")  # an answer alone does not let it go on
    v.supervision.open(f"/desk/cases/{case.code}/holds/").send(hold.group(0), release="1")


def it_is_carried_out_and_reported(v: Village, case: Case) -> None:
    v.take(v.committee, case, "carry_out")
    v.file(v.committee, case, "after", "disclosure", **{"f-channels": "1"})
    lines = {
        "decided-rows": "1",
        "decided-0-matter": "河边清淤",
        "decided-0-result": "完成",
        "decided-0-carried_out": "清淤 300 米",
    }
    v.fill(v.council, case, "council_report", **lines)
    v.meet("assembly", case, "report_meeting", v.residents, "2026-03-27")
    v.on("2026-03-30")
    v.refused(v.council, case, "report", "事后公开")  # one channel is not several
    v.file(v.committee, case, "after", "disclosure", **{"f-channels": "3"})
    v.take(v.council, case, "report")
    assert state_of(case) == "reported"


@pytest.mark.requirement("S3-20", "S3-21", "S3-23", "S3-36", how="refuses")
def test_who_is_affected_decides_which_meeting_and_every_opinion_is_answered_first(village: Village) -> None:
    v = village
    typed = {"matter": "菜市场", "content": "翻新", "major": "yes", "reason": "全村都去"}
    everybody = v.begin(v.committee, "service_project", "菜市场翻新")
    v.fill(v.committee, everybody, "service_project", name="菜市场", affected="all_residents", **typed)
    v.refused(v.committee, everybody, "hear", "论证会")
    part = v.begin(v.committee, "service_project", "三组水渠")
    v.fill(v.committee, part, "service_project", name="水渠", affected="part_of_residents", **{**typed, "major": "no"})
    v.refused(v.committee, part, "hear", "听证会")

    v.meet("hearing", part, "hearing", v.residents[:6], "2026-03-04", said="施工别挡路")
    v.on("2026-03-05")
    v.take(v.committee, part, "hear")
    address = f"/desk/registers/{COMMUNITY}/opinions/new/?case={part.code}"
    v.committee.open(address).send(heard_at="听证会", topic="水渠", opinion="渠要加盖", owner="村委会", speaker="演示·老李")
    uses = {"uses-rows": "1", "uses-0-opinion": "渠要加盖", "uses-0-verdict": "采纳", "uses-0-reason": "安全"}
    v.fill(v.committee, part, "use_of_results", conclusion="可以修", **uses)
    v.refused(v.committee, part, "use_results", "未答复")

    row = Row.objects.get(register="opinions")
    v.committee.open(f"/desk/registers/rows/{row.pk}/")
    v.committee.send(f"/desk/registers/rows/{row.pk}/answer/", **{"answer-verdict": "adopted", "answer-reason": "全段加盖"})
    v.refused(v.committee, part, "use_results", "未答复")  # what was said at the hearing itself still waits
    for opinion in meetings_opinions(part):
        meetings.answer_opinion(opinion=opinion, verdict="采纳", reply="半幅施工", by=v.cast.committee, at=at("2026-03-06"))
    v.on("2026-03-06")
    v.take(v.committee, part, "use_results")
    assert state_of(part) == "used"
    ledger = public(f"/c/{COMMUNITY}/lists/opinions/?state=all")
    assert "全段加盖" in ledger and "演示·老李" not in ledger


def meetings_opinions(case: Case) -> list[Opinion]:
    items = AgendaItem.objects.filter(subject_kind="case", subject_id=str(case.pk))
    return list(Opinion.objects.filter(meeting__in=items.values("meeting")))


def test_an_item_in_two_phases_counts_once_in_the_list_and_in_what_is_said_of_it(village: Village) -> None:
    v = village
    v.on("2026-01-08")
    for name, phases in (("低保名单", ["after"]), ("集体资金收支", ["before", "after"])):
        said = {"item": name, "domain": "finance", "content": "全部", "basis": "统一目录", "form": ["web"]}
        v.county.open(f"/desk/registers/{COUNTY}/disclosure_catalogue/new/").send(
            **said, time="quarter", steps="审核后公开", phases=phases, **{"row-since": "2026-01-08"}
        )
    v.on("2026-04-02")
    told = "共 2 项，分 3 个阶段；本期已办 0 个，逾期 3 个。"
    assert told in public(f"/c/{COMMUNITY}/disclosures/")
    lists = public(f"/c/{COMMUNITY}/lists/")
    assert told in lists
    assert '村（居）务公开统一目录</a><span class="roll-marks"><span>2</span>' in lists
    county = v.county.open(f"/desk/registers/{COMMUNITY}/disclosures/")
    assert told in county.text


@pytest.mark.requirement("S3-45", "S3-48", "S3-49", how="refuses")
@pytest.mark.requirement("S3-46", "S3-47", how="due")
def test_what_the_county_lists_is_due_late_and_done(village: Village) -> None:
    v = village
    v.on("2026-01-08")
    for name, domain in (("低保名单", "affairs"), ("集体资金收支", "finance")):
        said = {"item": name, "domain": domain, "content": "全部", "basis": "统一目录", "form": ["web", "board"]}
        v.county.open(f"/desk/registers/{COUNTY}/disclosure_catalogue/new/").send(
            **said, time="quarter", steps="审核后公开", phases=["after"], **{"row-since": "2026-01-08"}
        )
    plan_obligations(place=v.cast.place, year=2026, rules=rules_at(v.cast.place), at=at("2026-01-08"))

    v.on("2026-04-02")
    late = public(f"/c/{COMMUNITY}/disclosures/")
    assert "共 2 项，本期已办 0 项，逾期 2 项" in late and late.index("集体资金收支") < late.index("低保名单")

    case = v.begin(v.committee, "disclosure", "一季度低保名单")
    said = {"domain": "affairs", "phase": "after", "content": "12 户", "channels": ["web", "board"], "published_on": "2026-04-02"}
    v.fill(v.committee, case, "disclosure_record", item="没有列入的名单", **said)
    v.file(v.committee, case, "publication", "disclosure", **{"f-channels": "2"})
    v.refused(v.committee, case, "publish", "县级公开统一目录中的这一事项")
    v.fill(v.committee, case, "disclosure_record", item="低保名单", **said)
    v.take(v.committee, case, "publish")
    assert "共 2 项，本期已办 1 项，逾期 1 项" in public(f"/c/{COMMUNITY}/disclosures/")
    owed = set(Duty.objects.filter(through_kind="register", done_at__isnull=True).values_list("through_id", flat=True))
    assert "disclosures" not in owed and "disclosures:domain=finance" in owed

    resident = Desk(v.cast.resident).open(f"/c/{COMMUNITY}/lists/disclosure_queries/").click("我要问一句")
    resident.send(item="低保名单", question="三组为什么没有")
    assert "三组为什么没有" in v.committee.open("/desk/").text


@pytest.mark.requirement("S3-63", "S3-64", "S3-65", how="refuses")
def test_what_is_not_in_the_access_catalogue_may_be_refused_and_the_money_follows_the_matter(village: Village) -> None:
    v, town = village, Desk(village.cast.town)
    listed = {"category": "民政", "department": "民政局", "basis": "条例", "share": "assisted", "fee": "100"}
    data = {"item": "低保初审", **listed}
    enter_row(place=place(COUNTY), register="access_catalogue", data=data, by=v.cast.civil, at=at("2026-02-01"))
    v.on("2026-03-02")
    case = v.begin_there(town, "delegated_task", "拆违劝导")
    v.fill(town, case, "delegated_task", item="拆违劝导", content="上门劝导", fee="800")
    v.refused(v.committee, case, "accept", "准入目录中的这一事项")
    v.take(v.committee, case, "refuse", note="不在准入目录里")
    assert state_of(case) == "refused"

    case = v.begin_there(town, "delegated_task", "低保初审")
    v.fill(town, case, "delegated_task", item="低保初审", content="入户核对", fee="800")
    v.file(v.committee, case, "agreement", "agreement", **{"f-parties_signed": "yes", "f-amount": "500"})
    v.refused(v.committee, case, "accept", "500")
    v.file(v.committee, case, "agreement", "agreement", **{"f-parties_signed": "yes", "f-amount": "800"})
    v.take(v.committee, case, "accept")
    assert state_of(case) == "accepted"


@pytest.mark.requirement("S3-51", "S3-52", how="refuses")
def test_a_cadre_reports_once_a_year_before_two_meetings(village: Village) -> None:
    v = village
    plan_obligations(place=v.cast.place, year=2026, rules=rules_at(v.cast.place), at=at("2026-01-08"))
    assert Duty.objects.filter(source_key__startswith="duty_reports", done_at__isnull=True).exists()
    v.on("2026-12-01")
    case = v.begin(v.cadre, "duty_report", "二〇二六年述职述廉")
    lines = {"commitments-rows": "1", "commitments-0-commitment": "修好水渠", "commitments-0-state": "已完成"}
    said = {"person": "演示·村主任", "post": "主任", "duties": "履职情况", "integrity": "没有违纪"}
    v.fill(v.cadre, case, "duty_report", **said, **lines)
    v.refused(v.cadre, case, "report", "村（居）民代表会议")
    v.meet("representatives_meeting", case, "hearing", v.residents[2:7], "2026-12-03")
    v.on("2026-12-04")
    v.refused(v.cadre, case, "report", "村（居）务监督委员会会议")
    v.meet("supervision_session", case, "supervision_hearing", v.residents[6:], "2026-12-07")
    v.on("2026-12-08")
    v.take(v.cadre, case, "report")
    assert state_of(case) == "reported"
    v.refused(v.assembly, case, "appraise", "代表会议评议结果")
