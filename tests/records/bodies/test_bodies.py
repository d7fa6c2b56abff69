"""Committees and councils: seats, terms, and the facts a gate reads of them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from linli.records.bodies.models import Body, Seat
from linli.records.bodies.selectors import facts_of, seats_on
from linli.records.bodies.services import adopt_charter, dissolve_body, form_body, leave_seat, open_term, seat_person
from linli.records.trail.selectors import events_of
from linli.rules.plain.days import Calendar, Period
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import BodyKind
from linli.rules.policy.models import Seat as SeatRule
from linli.rules.policy.reading import Reading
from tests.records.people.world import AT, OTHER, TODAY, officer, person, place

SINCE = date(2021, 1, 1)


@dataclass
class Rules:
    """Numbers as a place set them; what is not here is unset."""

    values: dict = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)

    def read(self, parameter, *, on, key=""):
        value = self.values.get(parameter)
        state = "unset" if value is None else "known"
        return Reading(parameter, key, on, state, value, "count", "open", "demo", "0", None)


def council(**seats):
    rules = {"member": SeatRule("member", Text("成员", "member"), chosen_by=("residents_assembly",))} | seats
    return BodyKind(
        "residents_council", Text("居民议事会", "Residents' council"), "community", "council", rules, term="body_term"
    )


BOUNDED = SeatRule("expert", Text("专家", "expert"), min="experts_least", max="experts_most", apart_from=("recused",))


@pytest.fixture
def clerk():
    return officer("party_committee")


@pytest.fixture
def body(clerk):
    return form_body(
        place=place(), kind="residents_council", name="演示居民议事会", since=SINCE, by=clerk, at=AT, demonstration=True
    )


def seat(body, clerk, who=None, kind="member", since=TODAY, **more):
    return seat_person(body=body, person=who or person(), seat=kind, since=since, by=clerk, at=AT, **more)


def test_a_body_is_formed_from_its_first_day_to_its_last(body, clerk):
    assert facts_of(body, date(2020, 12, 31))["formed"] is False
    assert facts_of(body, SINCE)["formed"] is True
    dissolve_body(body=body, until=TODAY, by=clerk, at=AT, reason="演示")
    body.refresh_from_db()
    assert facts_of(body, TODAY)["formed"] is True
    assert facts_of(body, date(2021, 4, 9))["formed"] is False
    assert [event.kind for event in events_of(body.subject)] == ["body.formed", "body.dissolved"]


def test_members_are_counted_on_the_day(body, clerk):
    seat(body, clerk)
    leaving = seat(body, clerk)
    leave_seat(seat=leaving, until=TODAY, by=clerk, at=AT, reason="搬离")
    assert facts_of(body, TODAY)["members"] == 2
    assert facts_of(body, date(2021, 4, 9))["members"] == 1
    assert facts_of(body, date(2021, 4, 7))["members"] == 0


def test_a_body_without_anybody_has_no_composition(body, clerk):
    assert facts_of(body, TODAY)["composition_met"] is False
    seat(body, clerk)
    assert facts_of(body, TODAY)["composition_met"] is True


def test_the_composition_wants_every_seat_the_regulation_lists(body, clerk):
    kind = council(delegate=SeatRule("delegate", Text("代表", "delegate")))
    seat(body, clerk)
    assert facts_of(body, TODAY, kind=kind)["composition_met"] is False
    seat(body, clerk, kind="delegate")
    assert facts_of(body, TODAY, kind=kind)["composition_met"] is True


@pytest.mark.parametrize(("experts", "met"), [(1, False), (2, True), (3, True), (4, False)])
def test_the_composition_keeps_the_bounds_of_a_seat(body, clerk, experts, met):
    rules = Rules({"experts_least": 2, "experts_most": 3, "body_term": Period(3, "years")})
    seat(body, clerk)
    for _ in range(experts):
        seat(body, clerk, kind="expert")
    assert facts_of(body, TODAY, kind=council(expert=BOUNDED), rules=rules)["composition_met"] is met


def test_what_rests_on_an_unset_number_is_unknown_not_true(body, clerk):
    seat(body, clerk)
    seat(body, clerk, kind="expert")
    facts = facts_of(body, TODAY, kind=council(expert=BOUNDED), rules=Rules())
    assert "composition_met" not in facts
    assert "term_ended" not in facts


def test_the_packs_length_of_term_counts_from_its_first_day(body):
    rules = Rules({"body_term": Period(3, "years")})
    assert facts_of(body, date(2024, 1, 1), kind=council(), rules=rules)["term_ended"] is False
    assert facts_of(body, date(2024, 1, 2), kind=council(), rules=rules)["term_ended"] is True


def test_a_terms_own_last_day_goes_before(clerk):
    short = form_body(place=place(), kind="panel", name="演示评审组", since=SINCE, term_until=TODAY, by=clerk, at=AT)
    assert facts_of(short, TODAY)["term_ended"] is False
    assert facts_of(short, date(2021, 4, 9))["term_ended"] is True


def test_a_new_term_ends_the_seats_of_the_old(body, clerk):
    old = seat(body, clerk, since=SINCE)
    open_term(body=body, since=TODAY, until=date(2024, 4, 7), by=clerk, at=AT, document="换届公告")
    old.refresh_from_db()
    assert old.until == TODAY - timedelta(days=1)
    assert facts_of(body, TODAY)["members"] == 0
    assert seat(body, clerk).until == date(2024, 4, 7)
    with pytest.raises(Refused):
        open_term(body=body, since=TODAY, by=clerk, at=AT)


def test_a_charter_is_in_force_from_its_day_until_the_next(body, clerk):
    assert facts_of(body, TODAY)["charter_in_force"] is False
    first = adopt_charter(body=body, title="议事会章程", document="第一次会议", since=TODAY, by=clerk, at=AT)
    assert facts_of(body, TODAY)["charter_in_force"] is True
    assert facts_of(body, date(2021, 4, 7))["charter_in_force"] is False
    adopt_charter(body=body, title="议事会章程（修订）", document="第二次会议", since=date(2021, 5, 1), by=clerk, at=AT)
    first.refresh_from_db()
    assert first.until == date(2021, 4, 30)


def test_a_full_bench_takes_nobody_more(body, clerk):
    seat(body, clerk, most=2)
    last = seat(body, clerk, most=2, until=TODAY)
    with pytest.raises(Refused, match="最多 2 个"):
        seat(body, clerk, most=2)
    assert seat(body, clerk, most=2, since=last.until + timedelta(days=1))


def test_one_person_has_one_seat_at_a_time(body, clerk):
    member = person()
    seat(body, clerk, member, until=TODAY)
    with pytest.raises(Refused):
        seat(body, clerk, member, kind="expert")
    seat(body, clerk, member, kind="expert", since=date(2021, 4, 9))
    assert [held.seat for held in seats_on(body, TODAY)] == ["member"]


def test_the_seat_must_be_one_the_pack_knows_and_chosen_by_whom_it_says(body, clerk):
    kind = council(expert=BOUNDED)
    for wrong in (
        {"kind": "chairman"},
        {"kind": "member", "chosen_by": "community.party_committee"},
        {"kind": "expert", "relations": frozenset({"recused"})},
    ):
        with pytest.raises(Refused):
            seat(body, clerk, rule=kind, **wrong)
    assert not Seat.objects.exists()
    seat(body, clerk, rule=kind, chosen_by="residents_assembly")
    assert facts_of(body, TODAY)["seats_filled"] == 1


def test_a_seat_does_not_end_before_it_begins(body, clerk):
    with pytest.raises(Invalid):
        seat(body, clerk, until=TODAY - timedelta(days=1))
    held = seat(body, clerk)
    with pytest.raises(Invalid):
        leave_seat(seat=held, until=TODAY - timedelta(days=1), by=clerk, at=AT, reason="")


def test_other_communities_and_residents_do_not_keep_this_communitys_bodies(body):
    for stranger in (officer("party_committee", OTHER), officer("service_centre"), person()):
        with pytest.raises(NotAllowed):
            seat(body, stranger)
        with pytest.raises(NotAllowed):
            form_body(place=place(), kind="panel", name="演示", since=SINCE, by=stranger, at=AT)
    assert (Body.objects.count(), Seat.objects.count()) == (1, 0)


def test_a_body_belongs_to_the_level_the_pack_says_and_exists_once(body, clerk):
    with pytest.raises(Refused):
        form_body(place=place(), kind="residents_council", name="演示居民议事会", since=SINCE, by=clerk, at=AT)
    above = officer("working_committee", "440305001")
    with pytest.raises(Refused):
        form_body(place=place("440305001"), kind="residents_council", name="街道", since=SINCE, by=above, at=AT, rule=council())
    assert list(Body.objects.all()) == [body]
