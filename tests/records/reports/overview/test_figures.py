"""Every figure is a count of the very records, exact, and costs the same number of questions however many there are."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.records.cases.models import Case
from linli.records.cases.selectors import project_list
from linli.records.cases.services import open_case, take_act
from linli.records.duties.services import open_duty
from linli.records.notices.services import answer_objection, publish_notice, raise_objection
from linli.records.reports.overview import Lasting, definitions, overdue_by_office
from linli.records.rulebook.models import Passage, Step
from linli.rules.plain.texts import Text
from tests.records.reports.overview.world import COMMUNITY, DISTRICT, OTHER, SUBDISTRICT, Street, figures, scope
from tests.world import at, place

pytestmark = pytest.mark.django_db


def test_needs_by_channel_state_and_month_with_the_share_answered(db: None) -> None:
    Street()
    asked = figures().whole.asked
    assert (asked.total, asked.answered, asked.unanswered, asked.taken) == (5, 2, 3, 2)
    assert asked.channels == {"online": 3, "offline": 2}
    assert asked.states == {"raised": 1, "verified": 1, "in_project": 1, "solved": 1, "declined": 1}
    assert asked.categories == {"": 5}
    assert asked.months == (0, 0, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0)


def test_a_need_taken_back_is_not_counted(db: None) -> None:
    from linli.records.needs.services import withdraw_need

    street = Street()
    need = street.asks("演示·写错了")
    assert figures().whole.asked.total == 6
    withdraw_need(need=need, reason="演示·写错了", by=street.cast.secretary, at=at(2021, 4, 3))
    assert figures().whole.asked.total == 5


def test_the_funnel_counts_what_came_into_a_stage_not_what_stands_there(db: None) -> None:
    Street()
    (way,) = figures().whole.ways
    assert way.title.zh == "民生微实事项目"
    assert (way.opened, way.running, way.done, way.otherwise) == (3, 1, 1, 1)
    assert [(one.title.zh, one.reached, one.of) for one in way.stages] == [
        ("提出", 3, 3),
        ("评议与确定", 3, 3),
        ("实施", 2, 3),
        ("验收与归档", 1, 3),
        ("已归档", 1, 3),
    ]
    assert {one.id: one.standing for one in way.states if one.standing} == {"filed": 1, "archived": 1, "refused": 1}


def test_the_public_does_not_count_drafts_and_the_desk_does(db: None) -> None:
    Street()
    assert figures().whole.opened == 3
    (way,) = figures(public=False).whole.ways
    assert (way.opened, way.running) == (4, 2)
    assert {one.id: one.standing for one in way.states if one.standing}["draft"] == 1


def test_days_per_stage_are_exact_and_only_of_what_has_moved_on(db: None) -> None:
    Street()
    (way,) = figures().whole.ways
    # Opened on 1 March; put to evaluation on the 4th, on file on the 20th, accepted on the 29th.
    assert [(one.title.zh, one.days) for one in way.lasting] == [
        ("来源", (3, 3, 3)),
        ("评议与确定", (16, 16)),
        ("实施", (9,)),
    ]


def test_quartiles_lie_between_the_days_that_were(db: None) -> None:
    four = Lasting("x", Text("甲", "A"), (2, 4, 8, 20))
    assert (four.n, four.quartile(1), four.median, four.quartile(3)) == (4, Fraction(7, 2), 6, 11)
    assert Lasting("x", Text("甲", "A"), (5,)).median == 5
    assert Lasting("x", Text("甲", "A"), ()).median is None


def test_money_set_promised_and_left_with_what_it_went_to(db: None) -> None:
    Street()
    whole = figures(DISTRICT).whole
    assert whole.purse is not None
    assert (whole.purse.amount_fen, whole.purse.promised_fen, whole.purse.left_fen) == (200_000_000, 27_000_000, 173_000_000)
    assert (whole.purse.places, whole.purse.own_fen) == (1, None)
    assert whole.shares.total_fen == 27_000_000
    assert whole.shares.categories == {"convenience": 27_000_000}
    assert whole.shares.ends == {"done": 18_000_000, "": 9_000_000}


def test_a_districts_own_line_is_not_added_to_its_communities(db: None) -> None:
    from linli.records.funds.services import set_envelope

    street = Street()
    set_envelope(
        place=place(DISTRICT),
        year=2021,
        amount_fen=300_000_000,
        source="演示·区级",
        dedicated=True,
        approved=True,
        by=street.cast.finance,
        at=at(2021, 1, 5),
    )
    purse = figures(DISTRICT).whole.purse
    assert purse is not None
    assert (purse.amount_fen, purse.own_fen) == (200_000_000, 300_000_000)
    assert figures(COMMUNITY).whole.purse.own_fen is None  # type: ignore[union-attr]


def test_money_nobody_has_set_is_none_and_not_zero(db: None) -> None:
    Street()
    assert figures(OTHER).whole.purse is None


def test_parts_add_up_to_the_whole_at_every_level(db: None) -> None:
    street = Street()
    street.asks("演示·隔壁的事", code=OTHER)
    for code in (DISTRICT, SUBDISTRICT):
        found = figures(code)
        assert found.whole.asked.total == 6
        assert sum(part.asked.total for part in found.parts) == 6
        assert [tile.asked.total for tile in found.tiles] == [5, 1]
        assert sum(part.opened for part in found.parts) == found.whole.opened == 3
    assert figures(COMMUNITY).parts == []
    assert figures(COMMUNITY).tiles == []


def test_objections_and_answers_in_time(db: None) -> None:
    street = Street()
    notice = publish_notice(
        subject=street.filed.case.subject,
        point="determination",
        place=place(),
        title="演示·公示",
        body="演示",
        by=street.cast.secretary,
        at=at(2021, 4, 1),
        office="community.party_committee",
    )
    first = raise_objection(notice=notice, text="演示·一", at=at(2021, 4, 2))
    raise_objection(notice=notice, text="演示·二", at=at(2021, 4, 2))
    answer_objection(objection=first, verdict="rejected", reason="演示", by=street.cast.deputy, at=at(2021, 4, 3))
    found = figures().whole.objections
    assert (found.received, found.answered, found.open) == (2, 1, 1)


def test_residents_appraisals_are_counted_and_a_missing_share_is_not_guessed(db: None) -> None:
    Street()
    said = figures().whole.satisfaction
    assert (said.projects, said.respondents, said.content) == (1, 9, None)


def test_overdue_by_office_with_whom_to_remind(db: None) -> None:
    street = Street()
    for key, day in (("a", date(2021, 5, 1)), ("b", date(2021, 5, 3)), ("later", date(2021, 6, 1))):
        open_duty(
            office="community.party_committee",
            place=place(),
            subject=street.filed.case.subject,
            title=Text("演示·待办", "A duty"),
            clause="S0 §4",
            due_on=day,
            source="test",
            key=key,
            at=at(2021, 4, 9),
        )
    (late,) = overdue_by_office(scope(DISTRICT, public=False))
    assert (late.office, late.place.pk, late.total, late.oldest) == (
        "community.party_committee",
        COMMUNITY,
        2,
        date(2021, 5, 1),
    )
    assert street.cast.secretary.name in late.holders


def test_every_standing_figure_is_the_length_of_the_list_it_leads_to(db: None) -> None:
    Street()
    (way,) = figures(DISTRICT).whole.ways
    for one in way.states:
        listed = project_list(viewer=None, on=scope().on, place=place(DISTRICT), state=one.id, year=2021)
        assert listed.count() == one.standing


def _questions(code: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        figures(code)
        overdue_by_office(scope(code, public=False))
    return len(queries)


def test_three_rows_and_thirty_cost_the_same_number_of_questions(db: None) -> None:
    street = Street()
    first = {code: _questions(code) for code in (COMMUNITY, DISTRICT)}
    for number in range(30):
        street.asks(f"演示·第{number}件", code=OTHER if number % 2 else COMMUNITY)
        case = open_case(
            procedure="micro_project", place=place(), title=f"演示·{number}", by=street.cast.secretary, at=at(2021, 4, 1)
        )
        take_act(case=case, act="withdraw", by=street.cast.secretary, at=at(2021, 4, 2), note="演示")
    assert {code: _questions(code) for code in (COMMUNITY, DISTRICT)} == first
    assert figures(DISTRICT).whole.opened == 33
    assert max(first.values()) <= 26


def test_a_place_without_rules_or_records_has_empty_figures(db: None) -> None:
    Street()
    found = figures(OTHER)
    assert (found.whole.asked.total, list(found.whole.ways), found.whole.opened) == (0, [], 0)


def test_every_definition_has_a_clause_where_the_rules_give_one(db: None) -> None:
    Street()
    rules = scope().rules_of(place().path)
    clauses = {one.id: one.clause(rules, scope().on) for one in definitions(staff=True)}
    assert clauses["coverage"].startswith("S1")
    assert clauses["needs"].startswith("S0")
    assert clauses["speed"] == ""
    assert {one.id for one in definitions()} == set(clauses) - {"priority", "overdue"}


def test_two_regulations_stand_side_by_side_and_never_share_a_line(db: None) -> None:
    """The same state of the same procedure, moved by another pack, is another line under that pack's name."""
    street = Street()
    Passage.objects.filter(pk=street.filed.case.passage_id).update(pack="shenzhen")
    assert Case.objects.count() == 4
    assert Step.objects.exists()
    found = {way.course.pack: (way.opened, way.done) for way in figures(DISTRICT).whole.ways}
    assert found == {"nanshan": (2, 1), "shenzhen": (1, 0)}
