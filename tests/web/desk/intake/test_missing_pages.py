"""Pages that were services without a door: ending a priority mark, voiding a code, rating an answer, votes by name, parties."""

import re
from datetime import date

from linli.records.cases.models import Party
from linli.records.cases.services import open_case
from linli.records.duties.models import Reply
from linli.records.duties.services import open_duty
from linli.records.meetings.models import Motion
from linli.records.needs import services as needs
from linli.records.people.models import HouseholdCode, Organisation, PriorityHousehold
from linli.records.people.services import issue_household_codes
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from tests.records.needs.world import COMMUNITY, NOW, Village, place
from tests.web.desk.intake.conftest import Desks


def test_a_priority_mark_is_ended_with_its_last_day(village: Village, desk: Desks) -> None:
    household = village.priority("A-101")
    page = f"/desk/households/{COMMUNITY}/{household.pk}/"
    assert "移出重点家庭名单" in desk.of(village.host).get(page).text

    assert desk.of(village.host).post(page + "end/", {"end-until": "不是日子"}).status_code == 422
    desk.of(village.host).post(page + "end/", {"end-until": "2021-04-07"})

    assert PriorityHousehold.objects.get().until == date(2021, 4, 7)
    assert "移出名单" not in desk.of(village.host).get(page).text


def test_a_lost_code_is_voided_and_offices_above_cannot(village: Village, desk: Desks) -> None:
    household = village.household()
    village.resident(household)
    issue_household_codes(place=place(), households=[household], by=village.host, at=NOW)
    page = f"/desk/households/{COMMUNITY}/{household.pk}/"
    assert desk.of(village.cast.working).post(page + "revoke/").status_code == 403
    assert HouseholdCode.objects.get().revoked_at is None

    desk.of(village.host).post(page + "revoke/")

    assert HouseholdCode.objects.get().revoked_at == NOW
    assert "还没有户码" in desk.of(village.host).get(page).text


def test_the_proposer_rates_the_answer_and_a_neighbour_may_not(village: Village, desk: Desks) -> None:
    asker, neighbour = village.resident(), village.resident()
    need = village.asks(by=asker)
    rate = f"/needs/{need.code}/rate/"
    assert desk.of(asker).post(rate, {"satisfied": "no"}).status_code == 409
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示", by=village.host, at=NOW)
    assert "这个答复您满意吗" in desk.of(asker).get(f"/needs/{need.code}/").text
    assert "这个答复您满意吗" not in desk.of(neighbour).get(f"/needs/{need.code}/").text
    assert desk.of(neighbour).post(rate, {"satisfied": "no"}).status_code == 403
    assert Reply.objects.get().satisfied is None

    desk.of(asker).post(rate, {"satisfied": "no"})

    assert Reply.objects.get().satisfied is False
    assert "您评价过：不满意" in desk.of(asker).get(f"/needs/{need.code}/").text


def test_a_supplier_is_put_down_by_the_office_that_handles_the_matter(village: Village, desk: Desks) -> None:
    case = open_case(procedure="micro_project", place=place(), title="演示·楼道灯", by=village.host, at=NOW)
    firm = Organisation.objects.create(name="演示·照明工程公司", kind="supplier", demonstration=True)
    page = f"/desk/cases/{case.code}/parties/"
    sent = {"party-relation": "supplier", "party-organisation": str(firm.pk)}
    assert desk.of(village.host).post(page, {"party-relation": "supplier"}).status_code == 422
    assert desk.of(village.cast.stranger).post(page, sent).status_code == 404
    assert not Party.objects.exists()

    desk.of(village.host).post(page, sent)

    assert Party.objects.get().ref == firm.ref
    read = desk.of(village.host).get(page).text
    assert "承接单位 演示·照明工程公司" in " ".join(re.sub("<[^>]+>", " ", read).split())
    assert "承接单位的人" not in read


def test_names_are_called_and_everybody_present_answers(village: Village, desk: Desks) -> None:
    from datetime import timedelta

    from linli.records.bodies.models import Body, Seat
    from linli.records.meetings import services as meetings
    from linli.records.people.models import Person

    body = Body.objects.create(place=place(), kind="residents_council", name="演示议事会", since=date(2020, 1, 1))
    members = [Person.objects.create(name=f"演示·委员{n}", kind="resident") for n in range(3)]
    for member in members:
        Seat.objects.create(body=body, person=member, seat="member", since=date(2020, 1, 1))
    meeting = meetings.call_meeting(
        place=place(),
        session="evaluation_session",
        title="演示·议事会",
        convened_for=NOW + timedelta(days=7),
        venue="二楼",
        letter="请准时",
        items=[meetings.ItemDraft("演示·谈谈长椅")],
        by=village.host,
        at=NOW,
    )
    held = NOW + timedelta(days=7)
    meetings.open_meeting(meeting=meeting, by=village.host, at=held)
    for member in members:
        meetings.mark_attendance(meeting=meeting, person=member, by=village.host, at=held)
    motion = meetings.put_motion(item=meeting.items.get(), text="同意", by=village.host, at=held)
    page = f"/desk/meetings/{meeting.pk}/motions/{motion.pk}/names/"
    some = {f"voice-{members[0].pk}": "for"}
    incomplete = desk.of(village.host).post(page, some)
    assert incomplete.status_code == 422 and incomplete.text.count("请选一项。") == 2
    assert Motion.objects.get().voted_at is None

    answers = {f"voice-{member.pk}": choice for member, choice in zip(members, ("for", "for", "against"), strict=True)}
    desk.of(village.host).post(page, answers)

    voted = Motion.objects.get()
    assert (voted.votes_for, voted.votes_against, voted.voices.count()) == (2, 1, 3)

    # Whoever reads the meeting reads who answered what: on its page, on paper, and where the names were called.
    for reads in (page, f"/desk/meetings/{meeting.pk}/", f"/desk/meetings/{meeting.pk}/paper/"):
        said = desk.of(village.host).get(reads).text
        assert "同意：演示·委员0、演示·委员1" in said and "反对：演示·委员2" in said
    again = desk.of(village.host).get(page).text
    assert "这项动议已经表决，票数和答复不能再改。" in again and "票数记下" not in again


def test_the_todo_shows_its_keys_and_what_was_done_today(village: Village, desk: Desks) -> None:
    need = village.asks()
    assert "今天办完 0 件" in desk.of(village.host).get("/desk/").text
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示", by=village.host, at=NOW)

    page = desk.of(village.host).get("/desk/").text

    assert "今天办完 0 件" not in page
    assert "键盘快捷键" in page


def test_the_todo_says_once_what_two_rules_ask_and_what_the_regulation_leaves_open(village: Village, desk: Desks) -> None:
    def owed(key: str, clause: str, day: date | None) -> None:
        open_duty(
            office="community.party_committee",
            place=place(),
            subject=Subject("place_year", f"{COMMUNITY}/2021"),
            title=Text("演示·报送", "Report"),
            clause=clause,
            due_on=day,
            source="state",
            key=key,
            at=NOW,
        )

    owed("once", "S0 §11.3", date(2013, 10, 10))
    owed("again", "S0 §11.3", date(2013, 10, 10))
    owed("open", "open", date(2030, 1, 1))
    owed("open too", "open", None)

    page = desk.of(village.host, "en").get("/desk/").content.decode()

    assert page.count("Report</a>") == 3 and "2,737 days overdue" in page
    assert page.count("Where no clause is named, the regulation leaves it to the place.") == 1
    assert "chip-open" not in page


def test_a_page_reached_from_an_item_of_the_way_around_stands_under_it(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    for page, item in (
        ("/desk/messages/", "/desk/"),
        (f"/desk/coverage/{COMMUNITY}/", "/desk/needs/"),
        (f"/desk/households/{COMMUNITY}/", "/desk/needs/"),
        ("/desk/needs/", "/desk/needs/"),
    ):
        assert f'<a href="{item}" aria-current="page">' in client.get(page).text
