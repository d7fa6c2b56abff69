"""To-dos per office: opened once, late from the day after, settled once; answers owed beside them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.records.duties.models import Duty, Reply
from linli.records.duties.selectors import desks_held, duties_of, overdue, replies_of, replies_overdue, standing_duties, todo_of
from linli.records.duties.services import answer_reply, discharge_duty, open_duty, open_reply, rate_reply, settle_duty
from linli.records.people.models import OfficeHeld, Person
from linli.records.people.selectors import offices_of
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.trail.models import Event
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from tests.records.evidence.makers import AT, PROJECT, a_person, a_place, noon

OFFICE = "community.party_committee"
NEED = Subject("need", "12")


def opened(place: Place, due: str = "2021-04-20", key: str = "publicised", subject: Subject = PROJECT, **more: object) -> Duty:
    options = {"office": OFFICE, "at": AT} | more
    day = date.fromisoformat(due) if due else None
    return open_duty(  # type: ignore[arg-type]
        place=place,
        subject=subject,
        title=Text("公示期满后确定项目", "Determine after the notice"),
        clause="S0 §5",
        due_on=day,
        source="state",
        key=key,
        **options,
    )


def asked(place: Place, due: str = "2021-04-20") -> Reply:
    return open_reply(
        subject=NEED,
        kind="need",
        office=OFFICE,
        place=place,
        clause="S0 §5",
        due_on=date.fromisoformat(due) if due else None,
        asked_at=AT,
        at=AT,
    )


class TestOpening:
    def test_twice_finds_the_same(self, place: Place) -> None:
        assert opened(place) == opened(place)
        assert [event.kind for event in events_of(PROJECT)] == ["duty.opened"]

    def test_for_two_offices_makes_two(self, place: Place) -> None:
        assert opened(place) != opened(place, office="community.residents_committee")

    def test_again_with_another_day_moves_it(self, place: Place) -> None:
        first = opened(place, "2021-04-20")
        moved = opened(place, "2021-05-20")
        assert (moved.pk, moved.due_on) == (first.pk, date(2021, 5, 20))
        assert events_of(PROJECT).last().data == {"duty": first.pk, "was_due_on": "2021-04-20", "due_on": "2021-05-20"}

    def test_after_it_was_settled_makes_a_new_one(self, place: Place, clerk: Person) -> None:
        first = opened(place)
        settle_duty(subject=PROJECT, source="state", key="publicised", at=AT, by=clerk)
        assert opened(place) != first
        assert list(duties_of(PROJECT).values_list("outcome", flat=True)) == ["done", ""]


class TestLate:
    @pytest.mark.parametrize(("on", "late"), [("2021-04-19", False), ("2021-04-20", False), ("2021-04-21", True)])
    def test_from_the_day_after_the_due_day(self, place: Place, on: str, late: bool) -> None:
        duty = opened(place, "2021-04-20")
        day = date.fromisoformat(on)
        assert duty.late_on(day) is late
        assert overdue(day).exists() is late

    def test_never_without_a_day(self, place: Place) -> None:
        assert not opened(place, "").late_on(date(2099, 1, 1))
        assert not overdue(date(2099, 1, 1)).exists()

    def test_never_once_settled(self, place: Place, clerk: Person) -> None:
        opened(place, "2021-04-20")
        settle_duty(subject=PROJECT, source="state", key="publicised", at=noon(2021, 4, 20), by=clerk)
        assert not overdue(date(2021, 6, 1)).exists()

    @pytest.mark.parametrize(("day", "late"), [(20, False), (21, True)])
    def test_is_sealed_when_it_is_settled(self, place: Place, clerk: Person, day: int, late: bool) -> None:
        opened(place, "2021-04-20")
        settle_duty(subject=PROJECT, source="state", key="publicised", at=noon(2021, 4, day), by=clerk)
        assert events_of(PROJECT).last().data["late"] is late

    def test_of_a_district_counts_all_its_communities(self, place: Place) -> None:
        opened(place)
        other = Place.objects.create(code="440306", name="宝安区", level="district", path="/44/4403/440306/")
        assert overdue(date(2021, 5, 1), at_level(place, "district")).count() == 1
        assert overdue(date(2021, 5, 1), other).count() == 0


class TestTheList:
    def test_has_late_ones_first_then_by_day_and_undated_last(self, place: Place) -> None:
        undated = opened(place, "", "d")
        soon = opened(place, "2021-04-25", "c")
        late = opened(place, "2021-04-10", "b")
        later = opened(place, "2021-06-30", "a")
        reply = asked(place, "2021-04-25")
        todo = todo_of([(OFFICE, place.code)], date(2021, 4, 21))
        assert [line.owed for line in todo] == [late, soon, reply, later, undated]
        assert [(line.late, line.days_left) for line in todo] == [(True, -11), (False, 4), (False, 4), (False, 70), (False, None)]
        assert [line.is_reply for line in todo] == [False, False, True, False, False]

    def test_is_of_the_exact_office_at_the_exact_place(self, place: Place) -> None:
        duty = opened(place)
        other = a_place("440305007002", "大汪社区居委会")
        on = date(2021, 4, 21)
        assert [line.owed for line in todo_of([(OFFICE, place.code)], on)] == [duty]
        assert todo_of([(OFFICE, other.code)], on) == []
        assert todo_of([("subdistrict.office", place.code)], on) == []
        assert todo_of([], on) == []

    def test_leaves_out_what_begins_later(self, place: Place) -> None:
        opened(place, "2021-12-31", begins_on=date(2021, 12, 1))
        desk = [(OFFICE, place.code)]
        assert todo_of(desk, date(2021, 11, 30)) == []
        assert len(todo_of(desk, date(2021, 12, 1))) == 1

    def test_leaves_out_what_is_done_as_needed(self, place: Place) -> None:
        duty = opened(place, "", cadence="as_needed")
        desk = [(OFFICE, place.code)]
        assert todo_of(desk, date(2021, 4, 21)) == []
        assert list(standing_duties(desk)) == [duty]

    def test_of_a_person_follows_the_offices_held_that_day(self, place: Place, clerk: Person) -> None:
        OfficeHeld.objects.create(
            person=clerk, office="party_committee", place=place, since=date(2021, 1, 1), until=date(2021, 4, 30)
        )
        assert desks_held(offices_of(clerk, date(2021, 4, 30))) == [(OFFICE, place.code)]
        assert desks_held(offices_of(clerk, date(2021, 5, 1))) == []


class TestSettling:
    def test_twice_counts_once(self, place: Place, clerk: Person) -> None:
        opened(place)
        opened(place, office="community.residents_committee")
        done = {"subject": PROJECT, "source": "state", "key": "publicised", "at": AT, "by": clerk}
        assert settle_duty(**done) == 2  # type: ignore[arg-type]
        assert settle_duty(**done) == 0  # type: ignore[arg-type]

    def test_one_office_leaves_the_others_share(self, place: Place, clerk: Person) -> None:
        opened(place)
        other = opened(place, office="community.residents_committee")
        assert settle_duty(subject=PROJECT, source="state", key="publicised", at=AT, by=clerk, office=OFFICE) == 1
        assert list(Duty.objects.filter(done_at__isnull=True)) == [other]

    def test_by_hand_is_for_the_office_that_owes_it(self, place: Place, clerk: Person) -> None:
        duty = opened(place)
        with pytest.raises(NotAllowed):
            discharge_duty(duty=duty, note="办好了", by=clerk, at=AT)
        duty.refresh_from_db()
        assert duty.done_at is None

    def test_by_hand_needs_a_word_on_how_and_happens_once(self, place: Place, clerk: Person) -> None:
        OfficeHeld.objects.create(person=clerk, office="party_committee", place=place, since=date(2021, 1, 1))
        duty = opened(place)
        with pytest.raises(Invalid):
            discharge_duty(duty=duty, note=" ", by=clerk, at=AT)
        assert discharge_duty(duty=duty, note="已确定", by=clerk, at=AT).outcome == "done"
        with pytest.raises(Refused):
            discharge_duty(duty=duty, note="再办", by=clerk, at=AT)


class TestAnswersOwed:
    def test_are_asked_once_and_answered_with_a_reason(self, place: Place, clerk: Person) -> None:
        assert asked(place) == asked(place)
        reply = answer_reply(
            subject=NEED, kind="need", verdict="accepted", reason="已列入今年项目", by=clerk, at=noon(2021, 4, 20)
        )
        assert (reply.verdict, reply.answered_by, list(replies_of(NEED))) == ("accepted", clerk, [reply])
        assert [event.kind for event in events_of(NEED)] == ["reply.owed", "reply.given"]
        assert all("已列入今年项目".encode() not in bytes(event.body) for event in Event.objects.all())

    @pytest.mark.parametrize(
        ("verdict", "reason", "wrong"),
        [("", "因为", {"verdict"}), ("accepted", " ", {"reason"}), ("", "", {"verdict", "reason"})],
    )
    def test_without_verdict_or_reason_are_no_answers(
        self, place: Place, clerk: Person, verdict: str, reason: str, wrong: set[str]
    ) -> None:
        asked(place)
        with pytest.raises(Invalid) as refused:
            answer_reply(subject=NEED, kind="need", verdict=verdict, reason=reason, by=clerk, at=AT)
        assert set(refused.value.fields) == wrong
        assert Reply.objects.get().answered_at is None

    def test_are_answered_once(self, place: Place, clerk: Person) -> None:
        asked(place)
        answer_reply(subject=NEED, kind="need", verdict="accepted", reason="一", by=clerk, at=AT)
        with pytest.raises(Refused):
            answer_reply(subject=NEED, kind="need", verdict="refused", reason="二", by=clerk, at=AT)
        assert Reply.objects.get().reason == "一"

    @pytest.mark.parametrize(("on", "late"), [("2021-04-20", False), ("2021-04-21", True)])
    def test_are_late_from_the_day_after(self, place: Place, on: str, late: bool) -> None:
        reply = asked(place)
        assert list(replies_overdue(date.fromisoformat(on))) == ([reply] if late else [])

    def test_are_rated_by_who_asked_once_they_are_given(self, place: Place, clerk: Person) -> None:
        reply = asked(place)
        with pytest.raises(Refused):
            rate_reply(reply=reply, satisfied=True, by=None, at=AT)
        answer_reply(subject=NEED, kind="need", verdict="accepted", reason="一", by=clerk, at=AT)
        assert rate_reply(reply=reply, satisfied=False, by=a_person(), at=AT).satisfied is False


class TestTheDatabase:
    def refuses(self, row: Duty | Reply, **changes: object) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**changes)

    def test_refuses_a_day_for_what_is_done_as_needed(self, place: Place) -> None:
        self.refuses(opened(place, "", cadence="as_needed"), due_on=date(2021, 4, 20))

    def test_refuses_done_without_outcome_and_outcome_without_done(self, place: Place) -> None:
        duty = opened(place)
        self.refuses(duty, done_at=AT)
        self.refuses(duty, outcome="done")
        self.refuses(duty, outcome="forgot")

    def test_refuses_days_out_of_order(self, place: Place) -> None:
        self.refuses(opened(place, "2021-04-20"), begins_on=date(2021, 4, 21))

    def test_refuses_a_second_open_duty_of_the_same_source(self, place: Place) -> None:
        opened(place, key="a")
        self.refuses(opened(place, key="b"), source_key="a")

    def test_refuses_unknown_cadence_and_empty_names(self, place: Place) -> None:
        duty = opened(place)
        self.refuses(duty, cadence="sometimes")
        for name in ("office", "source", "source_key", "clause"):
            self.refuses(duty, **{name: ""})

    def test_refuses_an_answer_without_reason_or_before_the_question(self, place: Place) -> None:
        reply = asked(place)
        self.refuses(reply, answered_at=AT, verdict="accepted")
        self.refuses(reply, verdict="accepted")
        self.refuses(reply, answered_at=noon(2021, 4, 1), verdict="accepted", reason="一")
        self.refuses(reply, satisfied=True)
        self.refuses(reply, kind="letter")
