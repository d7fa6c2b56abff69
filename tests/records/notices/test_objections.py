"""Objections: taken from anybody, never lost, answered by a person with a reason."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from linli.records.duties.models import Reply
from linli.records.duties.selectors import todo_of
from linli.records.evidence.selectors import pieces
from linli.records.notices.models import Closing, Hiding, Notice, Objection, Statement
from linli.records.notices.selectors import objection_by_code, objections_shown
from linli.records.notices.services import (
    answer_objection,
    approve_hiding,
    ask_to_hide,
    change_notice,
    read_contact,
    take_down_notice,
    withdraw_objection,
)
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.trail.models import Event
from linli.records.trail.selectors import events_of
from linli.rules.gates.model import Plain
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from tests.records.evidence.makers import AT, PROJECT, a_person, days_later, noon
from tests.records.notices.makers import OFFICE, objected, published


@pytest.fixture
def notice(place: Place, clerk: Person) -> Notice:
    return published(place, clerk)


def fact(name: str) -> Plain:
    value: Plain = pieces(PROJECT)["determination_notice"].facts[name]
    return value


class TestRaising:
    @pytest.mark.requirement("S0-92", how="kept")
    @pytest.mark.requirement("S1-50", how="kept")
    def test_needs_no_name_and_gives_a_code_that_finds_it(self, notice: Notice) -> None:
        objection = objected(notice)
        assert objection_by_code(objection.shown_code) == objection
        assert (objection.number, objection.late, fact("objections_open")) == (1, False, 1)
        assert events_of(PROJECT).filter(kind="objection.raised").get().by == "anonymous"

    def test_seals_neither_words_nor_contact_nor_code(self, notice: Notice) -> None:
        objection = objected(notice, name="演示·王阿姨", contact="13800001234")
        event = events_of(PROJECT).filter(kind="objection.raised").get()
        assert objection.receipt == f"440305007001/{event.seq}/{event.sha256[:16]}"
        sealed = b"".join(bytes(each.body) for each in Event.objects.all()).decode()
        assert not any(secret in sealed for secret in ("三栋没有老人", "演示·王阿姨", "13800001234", objection.code))

    def test_keeps_name_and_contact_encrypted(self, notice: Notice) -> None:
        objected(notice, name="演示·王阿姨", contact="13800001234")
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, contact FROM notices_statement")
            stored = str(cursor.fetchall())
        assert "王阿姨" not in stored
        assert "13800001234" not in stored

    @pytest.mark.parametrize("text", ["", "  \n", "\u200b", "长" * 5001])
    def test_says_something_of_at_most_5000_characters(self, notice: Notice, text: str) -> None:
        with pytest.raises(Invalid) as refused:
            objected(notice, text=text)
        assert set(refused.value.fields) == {"text"}
        assert not Objection.objects.exists()
        assert fact("objections_open") == 0

    def test_the_longest_objection_is_taken(self, notice: Notice) -> None:
        assert objected(notice, text="长" * 5000).number == 1

    @pytest.mark.parametrize(("at", "late"), [(noon(2021, 4, 13), False), (noon(2021, 4, 14), True)])
    def test_after_the_last_day_is_taken_and_marked_late(self, notice: Notice, at, late: bool) -> None:  # type: ignore[no-untyped-def]
        assert objected(notice, at=at).late is late
        assert (fact("objections_open"), fact("objections_late")) == (1, int(late))

    def test_after_it_came_down_is_late_too(self, notice: Notice, clerk: Person) -> None:
        take_down_notice(notice=notice, reason="演示", by=clerk, at=days_later(1))
        assert objected(notice, at=days_later(2)).late is True

    def test_numbers_have_no_gap(self, notice: Notice) -> None:
        assert [objected(notice).number for _ in range(3)] == [1, 2, 3]

    def test_sent_twice_within_minutes_it_is_the_one_already_there(self, notice: Notice, clerk: Person) -> None:
        soon = AT + timedelta(minutes=5)
        assert objected(notice, contact="138 0013 8000") == objected(notice, contact="13800138000", at=soon)
        for who in ({"by": clerk}, {"sheet": "7f3a"}):
            assert objected(notice, **who) == objected(notice, at=soon, **who)
        assert Reply.objects.count() == fact("objections_open") == 3
        assert events_of(PROJECT).filter(kind="objection.raised").count() == 3

    def test_other_words_another_person_another_version_and_a_later_hour_are_another_one(
        self, notice: Notice, clerk: Person
    ) -> None:
        objected(notice, contact="13800138000")
        objected(notice, contact="13800138000", text="换个地方装。")
        objected(notice, contact="13800138001")
        objected(notice, contact="13800138000", name="王阿姨")
        objected(notice, contact="13800138000", at=days_later(1))
        change_notice(notice=notice, title="演示", body="另一处", reason="演示", by=clerk, at=AT)
        assert objected(notice, contact="13800138000").number == 6

    def test_puts_the_answer_on_the_list_of_the_office_that_published(self, notice: Notice, place: Place) -> None:
        objected(notice)
        [line] = todo_of([(OFFICE, place.code)], date(2021, 4, 9))
        assert isinstance(line.owed, Reply)
        assert (line.owed.kind, line.owed.clause, line.late) == ("objection", "S0 §11.6", False)


class TestAnswering:
    def test_with_a_verdict_and_a_reason_closes_it(self, notice: Notice, clerk: Person, place: Place) -> None:
        objection = objected(notice)
        answer_objection(objection=objection, verdict="upheld", reason="改装五栋", by=a_person("演示·李主任"), at=days_later(1))
        assert (fact("objections_open"), fact("answered_by_author")) == (0, 0)
        [shown] = objections_shown(notice)
        assert (shown.verdict, shown.answer, shown.answered_on, shown.open) == ("upheld", "改装五栋", date(2021, 4, 9), False)
        assert todo_of([(OFFICE, place.code)], date(2021, 4, 9)) == []

    def test_by_the_author_is_possible_and_shows(self, notice: Notice, clerk: Person) -> None:
        answer_objection(objection=objected(notice), verdict="rejected", reason="已核实", by=clerk, at=AT)
        assert fact("answered_by_author") == 1

    def test_by_the_author_is_refused_where_the_rules_keep_them_apart(self, notice: Notice, clerk: Person) -> None:
        objection = objected(notice)
        with pytest.raises(NotAllowed):
            answer_objection(objection=objection, verdict="rejected", reason="已核实", by=clerk, at=AT, apart=True)
        assert fact("objections_open") == 1
        answer_objection(objection=objection, verdict="rejected", reason="已核实", by=a_person(), at=AT, apart=True)
        assert fact("objections_open") == 0

    @pytest.mark.parametrize(
        ("verdict", "reason", "field"), [("", "因为", "verdict"), ("withdrawn", "因为", "verdict"), ("upheld", " ", "reason")]
    )
    def test_without_verdict_or_reason_is_no_answer(
        self, notice: Notice, clerk: Person, verdict: str, reason: str, field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            answer_objection(objection=objected(notice), verdict=verdict, reason=reason, by=clerk, at=AT)
        assert set(refused.value.fields) == {field}
        assert not Closing.objects.exists()
        assert fact("objections_open") == 1

    def test_is_final(self, notice: Notice, clerk: Person) -> None:
        objection = objected(notice)
        answer_objection(objection=objection, verdict="upheld", reason="成立", by=clerk, at=AT)
        with pytest.raises(Refused):
            answer_objection(objection=objection, verdict="rejected", reason="又不成立", by=clerk, at=AT)
        with pytest.raises(Refused):
            withdraw_objection(objection=objection, reason="算了", by=None, at=AT)
        assert Closing.objects.get().verdict == "upheld"

    def test_a_withdrawn_objection_is_closed_with_its_reason_and_stays_on_the_list(self, notice: Notice) -> None:
        objection = objected(notice)
        with pytest.raises(Invalid):
            withdraw_objection(objection=objection, reason="", by=None, at=AT)
        withdraw_objection(objection=objection, reason="已经说清楚了", by=None, at=days_later(1))
        assert (fact("objections_open"), fact("answered_by_author")) == (0, 0)
        [shown] = objections_shown(notice)
        assert (shown.number, shown.verdict, shown.answer) == (1, "withdrawn", "已经说清楚了")
        assert objection_by_code(objection.code).closing.verdict == "withdrawn"

    def test_whoever_needs_the_contact_says_why_and_is_recorded(self, notice: Notice, clerk: Person) -> None:
        objection = Objection.objects.get(pk=objected(notice, name="演示·王阿姨", contact="13800001234").pk)
        with pytest.raises(Invalid):
            read_contact(objection=objection, reason="", by=clerk, at=AT)
        assert read_contact(objection=objection, reason="电话答复", by=clerk, at=AT) == ("演示·王阿姨", "13800001234")
        assert events_of(PROJECT).filter(kind="objection.contact_read").count() == 1


class TestHiding:
    def test_takes_two_and_leaves_a_stub_with_its_ground(self, notice: Notice, clerk: Person) -> None:
        objection, second = objected(notice), a_person("演示·街道周主任")
        ask_to_hide(objection=objection, ground="写有他人病情（个人信息保护法第28条）", by=clerk, at=AT)
        assert objections_shown(notice)[0].text == "三栋没有老人，应先装五栋。"
        with pytest.raises(NotAllowed):
            approve_hiding(objection=objection, by=clerk, at=AT)
        assert objections_shown(notice)[0].hidden is False
        approve_hiding(objection=objection, by=second, at=AT)
        [stub] = objections_shown(notice)
        assert (stub.number, stub.text, stub.hidden, stub.ground) == (1, "", True, "写有他人病情（个人信息保护法第28条）")

    def test_does_not_answer_it(self, notice: Notice, clerk: Person) -> None:
        objection = objected(notice)
        ask_to_hide(objection=objection, ground="隐私", by=clerk, at=AT)
        approve_hiding(objection=objection, by=a_person(), at=AT)
        assert fact("objections_open") == 1

    def test_needs_a_ground_is_asked_once_and_never_approved_unasked(self, notice: Notice, clerk: Person) -> None:
        objection = objected(notice)
        with pytest.raises(NotFound):
            approve_hiding(objection=objection, by=clerk, at=AT)
        with pytest.raises(Invalid):
            ask_to_hide(objection=objection, ground=" ", by=clerk, at=AT)
        ask_to_hide(objection=objection, ground="隐私", by=clerk, at=AT)
        with pytest.raises(Refused):
            ask_to_hide(objection=objection, ground="再来", by=clerk, at=AT)
        assert Hiding.objects.get().approved_at is None

    def test_erased_words_leave_the_objection_standing(self, notice: Notice) -> None:
        objection = objected(notice)
        Statement.objects.filter(objection=objection).delete()
        [stub] = objections_shown(notice)
        assert (stub.number, stub.text, stub.hidden, stub.open) == (1, "", True, True)
        assert fact("objections_open") == 1


class TestNothingVanishes:
    """Every way to make an objection or its answer disappear, or to change it, is refused by the database itself."""

    def attack(self, sql: str) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_not_by_the_models(self, notice: Notice) -> None:
        objection = objected(notice)
        with pytest.raises(ProtectedError):
            objection.delete()
        with pytest.raises(ProtectedError):
            notice.delete()
        Statement.objects.all().delete()
        for delete in (objection.delete, Objection.objects.all().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                delete()
        assert Objection.objects.count() == 1

    @pytest.mark.parametrize(
        "change",
        [
            "late = NOT late",
            "received_at = '2020-01-01 00:00:00+00:00'",
            "code = '0000000000'",
            "number = number + 1",
            "content_number = 9",
        ],
    )
    def test_not_by_changing_its_row(self, notice: Notice, change: str) -> None:
        objected(notice)
        self.attack(f"UPDATE notices_objection SET {change}")

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE notices_closing SET verdict = 'upheld'",
            "UPDATE notices_closing SET reason = '别的'",
            "DELETE FROM notices_closing",
        ],
    )
    def test_not_by_changing_its_answer(self, notice: Notice, clerk: Person, change: str) -> None:
        answer_objection(objection=objected(notice), verdict="rejected", reason="已核实", by=clerk, at=AT)
        self.attack(change)
        assert (Closing.objects.get().verdict, Closing.objects.get().reason) == ("rejected", "已核实")

    def test_receipts_and_the_public_list_agree(self, notice: Notice, clerk: Person) -> None:
        codes = [objected(notice, at=days_later(step)).code for step in range(8)]
        answer_objection(objection=objection_by_code(codes[0]), verdict="partly", reason="一部分", by=clerk, at=days_later(9))
        withdraw_objection(objection=objection_by_code(codes[1]), reason="算了", by=None, at=days_later(9))
        ask_to_hide(objection=objection_by_code(codes[2]), ground="隐私", by=clerk, at=days_later(9))
        approve_hiding(objection=objection_by_code(codes[2]), by=a_person(), at=days_later(9))
        assert [shown.number for shown in objections_shown(notice)] == [objection_by_code(code).number for code in codes]
        assert fact("objections_open") == 6

    def test_the_list_takes_one_query(self, notice: Notice, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        for _ in range(3):
            objected(notice)
        with django_assert_num_queries(1):
            assert len(objections_shown(notice)) == 3


class TestCodes:
    def test_mistyped_are_told_apart_from_unknown(self, notice: Notice) -> None:
        code = objected(notice).code
        wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
        with pytest.raises(NotFound) as mistyped:
            objection_by_code(wrong)
        assert mistyped.value.text.zh == "编号有误，请核对回执上的 10 位数字。"
        with pytest.raises(NotFound) as unknown:
            objection_by_code("0000000000")
        assert unknown.value.text.zh == "没有找到这个编号的异议。"


class TestTheDatabase:
    def test_refuses_an_answer_nobody_gave(self, notice: Notice) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Closing.objects.create(objection=objected(notice), verdict="rejected", reason="已核实", by=None, at=AT)

    def test_refuses_an_answer_without_reason_or_with_a_word_of_its_own(self, notice: Notice, clerk: Person) -> None:
        objection = objected(notice)
        for wrong in ({"reason": ""}, {"verdict": "ignored"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Closing.objects.create(
                    **({"objection": objection, "verdict": "rejected", "reason": "一", "by": clerk, "at": AT} | wrong)
                )

    def test_refuses_two_answers(self, notice: Notice, clerk: Person) -> None:
        objection = objected(notice)
        Closing.objects.create(objection=objection, verdict="rejected", reason="一", by=clerk, at=AT)
        with pytest.raises(DatabaseError), transaction.atomic():
            Closing.objects.create(objection=objection, verdict="upheld", reason="二", by=clerk, at=AT)

    def test_refuses_hiding_approved_by_who_asked(self, notice: Notice, clerk: Person) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Hiding.objects.create(
                objection=objected(notice), ground="隐私", asked_by=clerk, asked_at=AT, approved_by=clerk, approved_at=AT
            )


def turns(*kinds: str) -> list[tuple[str, str, object]]:
    """Kind, who, and the verdict (or the ground) of what was sealed about objections, in order."""
    found = sorted((event for event in events_of(PROJECT) if event.kind in kinds), key=lambda event: event.pk)
    return [(event.kind, event.by, event.data.get("verdict", event.data.get("number"))) for event in found]


def test_an_answer_and_a_withdrawal_are_sealed_by_whoever_gave_them(notice: Notice, clerk: Person) -> None:
    asker = a_person("演示·王阿姨")
    first, second = objected(notice), objected(notice, text="灯太亮。", by=asker)
    answer_objection(objection=first, verdict="rejected", reason="已核实", by=clerk, at=AT)
    withdraw_objection(objection=second, reason="已经说清楚了", by=asker, at=AT)
    third = objected(notice, text="施工太吵。")
    withdraw_objection(objection=third, reason="不用了", by=None, at=AT)
    assert turns("objection.answered", "objection.withdrawn") == [
        ("objection.answered", clerk.ref, "rejected"),
        ("objection.withdrawn", asker.ref, 2),
        ("objection.withdrawn", "anonymous", 3),
    ]


def test_what_was_raised_with_an_account_is_taken_back_with_it_alone(notice: Notice, clerk: Person) -> None:
    asker = a_person("演示·王阿姨")
    objection = objected(notice, by=asker)
    before = len(events_of(PROJECT))
    for other in (None, clerk):
        with pytest.raises(NotAllowed):
            withdraw_objection(objection=objection, reason="算了", by=other, at=AT)
    assert (len(events_of(PROJECT)), fact("objections_open")) == (before, 1)
    withdraw_objection(objection=objection, reason="算了", by=asker, at=AT)
    assert fact("objections_open") == 0


def test_how_an_objection_came_is_one_of_the_ways_known(notice: Notice) -> None:
    with pytest.raises(Invalid) as wrong:
        objected(notice, channel="pigeon")
    assert (set(wrong.value.fields), fact("objections_open")) == ({"channel"}, 0)


def test_hiding_is_sealed_when_asked_for_and_once_when_approved(notice: Notice, clerk: Person) -> None:
    objection, second, third = objected(notice), a_person("演示·街道周主任"), a_person("演示·街道李主任")
    ask_to_hide(objection=objection, ground="隐私", by=clerk, at=AT)
    approve_hiding(objection=objection, by=second, at=AT)
    assert approve_hiding(objection=objection, by=third, at=AT).approved_by == second
    hidden = [event.kind for event in sorted(events_of(PROJECT), key=lambda event: event.pk) if "hid" in event.kind]
    assert [(kind, who) for kind, who, _ in turns(*hidden)] == [(hidden[0], clerk.ref), (hidden[1], second.ref)]
