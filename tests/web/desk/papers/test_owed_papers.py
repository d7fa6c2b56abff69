"""A town reports the month of its pilots: drafted from the records, edited, handed in, read above."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from linli.demonstration.hands import pilots as hands
from linli.demonstration.hands.papers import put
from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.duties.services import plan_beneath
from linli.records.evidence.models import Filling
from linli.records.funds.services import commit_money, name_sources, set_envelope
from linli.records.rounds.services import record_upper_answer
from tests.journeys.steps import step
from tests.journeys.test_pilots import call_published, check, other_application, scored, take
from tests.pilots import TOWNS, Jinjiang, on
from tests.remembered import remembered
from tests.web.desk.cases.office import Clock, Desk

TOWN = TOWNS[0][0]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.stopped(monkeypatch, on("2023-03-10"))


@pytest.fixture
def ground(db: None) -> tuple[Jinjiang, Case]:
    return begun()


@pytest.fixture
def jinjiang(ground: tuple[Jinjiang, Case]) -> Jinjiang:
    return ground[0]


@pytest.fixture
def pilot(ground: tuple[Jinjiang, Case], time: Clock) -> Case:
    time.at = on("2023-04-03")
    return ground[1]


@remembered
def begun() -> tuple[Jinjiang, Case]:
    """A pilot chosen in March and begun on 3 April."""
    with pytest.MonkeyPatch.context() as patch:
        return _begun(Clock.stopped(patch, on("2023-03-10")))


def _begun(time: Clock) -> tuple[Jinjiang, Case]:
    jinjiang = Jinjiang(villages=3)
    jinjiang.weigh()
    call, civil = call_published(jinjiang), jinjiang.civil[0]
    found = other_application(jinjiang, call, 0)
    hands.review(found, civil=civil, at=on("2023-03-21"))
    scored(jinjiang, found, 90)
    step(call, "close_call", civil, on("2023-03-20"))
    time.at = on("2023-03-27")
    desk = Desk(civil)
    desk.open(f"/desk/rounds/{call.code}/").send(f"/desk/rounds/{call.code}/", do="rank")
    desk.send(f"/desk/rounds/{call.code}/", do="draft", form="selection_result")
    take(desk, call, "choose")
    check(desk, found, "selection_conditions", hands.CONDITIONS)
    take(desk, found, "confirm")
    time.at = on("2023-04-03")
    take(Desk(jinjiang.committee[found.place_id]), found, "start")
    plan_beneath(place=jinjiang.place, year=2023, at=on("2023-04-10"))
    return jinjiang, found


def month(number: int) -> Duty:
    return Duty.objects.get(source_key=f"monthly_report:2023-{number:02d}", place=TOWN)


def text_of_pdf(desk: Desk, address: str) -> str:
    answered = desk.client.get(address)
    assert (answered.status_code, answered.content[:5]) == (200, b"%PDF-"), answered.status_code
    return "".join(re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(answered.content)).pages)


def money_of_april(jinjiang: Jinjiang, pilot: Case) -> None:
    """400,000 yuan of the year, 120,000.50 of it for the pilot; the town promises 50,000."""
    village, finance = pilot.place, jinjiang.finance
    set_envelope(
        place=village,
        year=2023,
        amount_fen=40_000_000,
        source="市级试点经费",
        dedicated=True,
        approved=True,
        by=finance,
        at=on("2023-04-05"),
    )
    commit_money(subject=pilot.subject, amount_fen=12_000_050, place=village, year=2023, by=finance, at=on("2023-04-06"))
    name_sources(subject=pilot.subject, place=village, sources={"镇补助": 5_000_000}, by=finance, at=on("2023-04-07"))


@pytest.mark.requirement("S2-86", how="kept")
def test_the_month_is_drafted_from_the_records_edited_and_handed_in_by_the_twentieth(
    jinjiang: Jinjiang, pilot: Case, time: Clock
) -> None:
    host, town = jinjiang.committee[pilot.place_id], Desk(jinjiang.town[TOWN])
    money_of_april(jinjiang, pilot)
    put(pilot, "progress", "progress", share_done="1/4", by=host, at=on("2023-04-10"))
    duty = month(4)
    assert not Duty.objects.filter(source_key="monthly_report:2023-03").exists()  # there was no pilot in March yet
    assert (duty.office, duty.due_on, duty.done_at) == ("subdistrict.social_affairs", date(2023, 4, 20), None)

    time.at = on("2023-04-18")
    page = f"/desk/obligations/{duty.pk}/paper/"
    assert page in dict(town.open("/desk/").links)
    filled = town.open(page).filled()
    assert "下面已按记录起草" in town.text
    assert filled["month"] == "2023-04-18"
    assert filled["pilots-0-pilot"] == f"{pilot.place.short_name}“演示试点0”"
    assert filled["pilots-0-done"] == (
        "04-03 启动建设；新交材料：实施进度；落实镇补助 50,000.00 元、列支市级试点经费 120,000.50 元"
    )
    assert filled["pilots-0-share"] == "1/4"

    # The clerk edits two boxes, keeps a draft, hands it in.
    town.send(draft="1", **{"pilots-0-next": "装修一楼大厅"})
    assert month(4).done_at is None
    town.open(page).send(guidance="走访 2 次（演示）")
    assert "已报送，这件事办结了" in town.text
    duty = month(4)
    assert (duty.outcome, duty.done_at, duty.settled_by) == ("done", on("2023-04-18"), jinjiang.town[TOWN])
    kept = Filling.objects.get(form="monthly_report", current=True)
    assert (kept.subject_kind, kept.subject_id, kept.version) == ("duty", str(duty.pk), 2)
    assert kept.data["pilots"][0]["next"] == "装修一楼大厅"
    assert kept.data["pilots"][0]["share"] == "1/4"
    assert month(5).done_at is None

    # A correction is a version of its own; the duty stays done on its day.
    time.at = on("2023-04-19")
    town.open(page).send(guidance="走访 3 次（演示）")
    assert "第 3 版" in town.text
    assert month(4).done_at == on("2023-04-18")

    # The city's civil affairs reads it from its calendar and prints it; it cannot write it.
    above = Desk(jinjiang.civil[0])
    assert page in dict(above.open(f"/desk/obligations/?place={TOWN}&year=2023").links)
    assert "走访 3 次（演示）" in above.open(page).text
    assert "120,000.50 元" in above.text
    assert not above.has_button("保存更正")
    printed = text_of_pdf(above, f"{page}print.pdf")
    assert "试点工作进展情况安海镇2023年4月" in printed
    assert "落实镇补助50,000.00元、列支市级试点经费120,000.50元" in printed
    assert "走访2次（演示）" in text_of_pdf(above, f"{page}print.pdf?version=2")

    # May begins where April was handed in: what was done on the 19th is not lost between two reports.
    put(pilot, "minutes", "document", summary="村民代表会（演示）", by=host, at=on("2023-04-25"))
    time.at = on("2023-05-06")
    later = town.open(f"/desk/obligations/{month(5).pk}/paper/").filled()
    assert later["pilots-0-done"] == "新交材料：会议记录、纪要"


@pytest.mark.requirement("S2-79", "S2-86", how="kept")
def test_a_grant_is_drafted_with_what_is_due_and_stands_with_its_amount_in_the_month(
    jinjiang: Jinjiang, pilot: Case, time: Clock
) -> None:
    finance, form = Desk(jinjiang.finance), f"/desk/cases/{pilot.code}/forms/grant_award/"
    assert finance.open(form).filled()["amount"] == ""  # Quanzhou has not answered yet: neither grant is due
    record_upper_answer(round=pilot.parent, chosen=[], by=jinjiang.civil[0], at=on("2023-04-08"))
    time.at = on("2023-04-10")
    assert finance.open(form).filled()["amount"] == "100000.00"
    assert "金额已按现在应发的补助起草" in finance.text
    finance.send(considered="演示·预算 22 万元")
    take(finance, pilot, "award_grant")

    time.at = on("2023-04-18")
    filled = Desk(jinjiang.town[TOWN]).open(f"/desk/obligations/{month(4).pk}/paper/").filled()
    assert filled["pilots-0-done"].endswith("；落实市级补助 100,000.00 元")
    assert "04-10 落实市级补助" in filled["pilots-0-done"]

    # The month after does not count it a second time.
    time.at = on("2023-04-19")
    town = Desk(jinjiang.town[TOWN])
    town.open(f"/desk/obligations/{month(4).pk}/paper/").send()
    time.at = on("2023-05-06")
    assert "补助" not in town.open(f"/desk/obligations/{month(5).pk}/paper/").filled().get("pilots-0-done", "")


@pytest.mark.requirement("S2-86", how="due")
def test_on_the_twenty_first_it_is_late_and_stays_shown_as_late(jinjiang: Jinjiang, pilot: Case, time: Clock) -> None:
    town, above, duty = Desk(jinjiang.town[TOWN]), Desk(jinjiang.civil[0]), month(4)
    page = f"/desk/obligations/{duty.pk}/paper/"
    time.at = on("2023-04-20")
    assert "逾期" not in town.open(page).text
    time.at = on("2023-04-21")
    assert "逾期 1 天" in town.open(page).text
    assert "已逾期 1" in above.open(f"/desk/obligations/?place={TOWN}&year=2023").text
    town.open(page).send()
    assert month(4).outcome == "done"
    assert "逾期 1 天" in above.open(page).text


@pytest.mark.requirement("S2-86", how="refuses")
def test_no_other_office_writes_it_and_half_a_report_is_not_handed_in(jinjiang: Jinjiang, pilot: Case, time: Clock) -> None:
    duty = month(4)
    page = f"/desk/obligations/{duty.pk}/paper/"
    time.at = on("2023-04-18")
    report = {"month": "2023-04-18", "pilots-rows": "1", "pilots-0-pilot": "演示", "pilots-0-done": "演示"}
    own = Desk(jinjiang.town[TOWN])
    beside = Desk(jinjiang.town_office[TOWN]).open(page)
    assert "填报，您可以看。" in beside.text
    beside.send(page, status=403, **report)
    Desk(jinjiang.civil[0]).open(page).send(page, status=403, **report)
    Desk(jinjiang.town[TOWNS[1][0]]).open(page, status=404).open(f"{page}print.pdf", status=404)
    Desk(jinjiang.resident(pilot.place)).open(page, status=404)
    own.open(page).send(status=422, month="昨天")
    assert own.filled()["month"] == "昨天"
    assert (month(4).done_at, Filling.objects.filter(form="monthly_report").count()) == (None, 0)

    # June is not reported in April.
    early = f"/desk/obligations/{month(6).pk}/paper/"
    assert "2023-06-01 起才办" in own.open(early).text
    own.send(early, status=409, **report)
    assert month(6).done_at is None


def test_a_paper_of_a_matter_is_written_in_the_matter(jinjiang: Jinjiang, pilot: Case) -> None:
    answer_of = Duty.objects.filter(through_kind="form", subject_kind="case", subject_id=str(pilot.pk)).first()
    assert answer_of is not None
    office = Desk(jinjiang.town_office[TOWN])
    office.open(f"/desk/obligations/{answer_of.pk}/paper/", status=302)
    assert office.page.headers["Location"] == f"/desk/cases/{pilot.code}/forms/{answer_of.through_id}/?duty={answer_of.pk}"
