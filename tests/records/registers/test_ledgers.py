"""Ledgers: every row is owed an answer in the time the place has set; late ones are passed up."""

from datetime import date

import pytest

from linli.records.duties.models import Duty, Reply
from linli.records.duties.selectors import todo_of
from linli.records.registers.models import Row
from linli.records.registers.selectors import totals_of
from linli.records.registers.services import answer_row, enter_row, pass_up_late, strike_row
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.registers.world import CITY, COMMUNITY, TOWN, Cast, at, build, place
from tests.world import row_counts

pytestmark = pytest.mark.django_db
OPINION = {"heard_at": "三月恳谈会", "topic": "路灯", "opinion": "晚上太暗", "owner": "村委会", "speaker": "演示·老李"}
DESK = ("community.residents_committee", COMMUNITY)


def opinion(cast: Cast, **more: object) -> Row:
    return enter_row(place=cast.place, register="opinions", data=OPINION, by=cast.committee, at=at("2026-03-02"), **more)


@pytest.mark.requirement("S3-35", how="kept")
@pytest.mark.requirement("S3-36", how="answered")
def test_an_opinion_waits_on_the_list_of_the_office_until_it_is_answered_with_a_reason(cast: Cast) -> None:
    row = opinion(cast)
    assert (row.owes, row.due_on) == ("community.residents_committee", date(2026, 3, 9))
    todo = todo_of([DESK], date(2026, 3, 3))
    assert [(each.owed.subject, each.days_left) for each in todo] == [(row.subject, 6)]

    before = row_counts()
    with pytest.raises(Invalid) as refusal:
        answer_row(row=row, verdict="看看再说", reason="", by=cast.committee, at=at("2026-03-04"))
    assert sorted(refusal.value.fields) == ["reason", "verdict"]
    for person in (cast.party, cast.next_door, cast.resident):
        with pytest.raises(NotAllowed):
            answer_row(row=row, verdict="done", reason="已装", by=person, at=at("2026-03-04"))
    assert row_counts() == before

    row = answer_row(row=row, verdict="done", reason="已装 6 盏", by=cast.town, at=at("2026-03-05"))
    assert (row.verdict, row.waits, todo_of([DESK], date(2026, 3, 6))) == ("done", False, [])
    assert Reply.objects.get().verdict == "done"
    with pytest.raises(Refused):
        answer_row(row=row, verdict="done", reason="再答一次", by=cast.town, at=at("2026-03-06"))


def test_the_late_ones_are_counted_and_passed_up_once(cast: Cast) -> None:
    row = opinion(cast)
    assert pass_up_late(place=place(CITY), at=at("2026-03-09")) == 0
    assert totals_of(cast.place, "opinions", date(2026, 3, 10)).overdue == 1
    assert pass_up_late(place=place(CITY), at=at("2026-03-10")) == 1
    assert pass_up_late(place=place(CITY), at=at("2026-03-11")) == 0
    told = {(duty.office, duty.place_id) for duty in Duty.objects.filter(subject_kind="register_row", done_at__isnull=True)}
    assert told == {("subdistrict.office", TOWN), ("district.government", "511302")}
    answer_row(row=row, verdict="planned", reason="列入四月计划", by=cast.committee, at=at("2026-03-12"))
    assert not Duty.objects.filter(subject_kind="register_row", done_at__isnull=True).exists()


def test_what_waits_for_an_answer_cannot_be_struck_away(cast: Cast) -> None:
    row, before = opinion(cast), None
    before = row_counts()
    with pytest.raises(Refused):
        strike_row(row=row, reason="不想答", by=cast.committee, at=at("2026-03-03"))
    assert row_counts() == before


def test_without_a_time_set_by_the_place_there_is_no_day(db: None) -> None:
    cast = build(local=False)
    row = opinion(cast)
    assert (row.due_on, totals_of(cast.place, "opinions", date(2027, 1, 1)).overdue) == (None, 0)


def test_a_resident_may_ask_where_the_form_is_for_residents(cast: Cast) -> None:
    question = {"item": "集体收支", "question": "修路花了多少"}
    row = enter_row(place=cast.place, register="disclosure_queries", data=question, by=cast.resident, at=at("2026-03-02"))
    assert row.owes == "community.residents_committee"
    with pytest.raises(NotAllowed):
        enter_row(place=cast.place, register="opinions", data=OPINION, by=cast.resident, at=at("2026-03-02"))
