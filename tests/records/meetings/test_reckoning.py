"""The arithmetic: exact shares, both sides of every line, and a share nobody has set."""

from datetime import date
from fractions import Fraction

import pytest

from linli.records.meetings.reckoning import Reckoning, Room, Threshold, Votes
from linli.rules.policy.reading import Reading


def reading(share: Fraction | None) -> Reading:
    state = "unset" if share is None else "known"
    return Reading("council_quorum", "", date(2021, 4, 8), state, share, "share", "open", "shenzhen", "shenzhen@0.1.0", None)


def reckoned(
    room: Room, votes: Votes, quorum: Fraction | None = None, decides: Fraction | None = None, by="at_least", of="present"
):
    return Reckoning(
        "count", room, votes, Threshold(reading(quorum), "at_least", "entitled"), Threshold(reading(decides), by, of)
    ).plain()


@pytest.mark.parametrize(("present", "answer"), [(5, "no"), (6, "yes"), (7, "yes")])
def test_a_quorum_of_half_is_reached_by_exactly_half(present: int, answer: str) -> None:
    result = reckoned(Room(12, present), Votes(present, 0, 0), quorum=Fraction(1, 2))
    assert result["quorum"]["answer"] == answer
    assert result["quorum"]["reached"] == str(Fraction(present, 12))


@pytest.mark.parametrize(("present", "answer"), [(8, "no"), (9, "yes")])
def test_two_thirds_of_thirteen_are_nine(present: int, answer: str) -> None:
    assert reckoned(Room(13, present), Votes(1, 0, 0), quorum=Fraction(2, 3))["quorum"]["answer"] == answer


@pytest.mark.parametrize(("by", "answer"), [("at_least", "yes"), ("more_than", "no")])
def test_exactly_half_is_enough_for_at_least_and_not_for_more_than(by: str, answer: str) -> None:
    assert reckoned(Room(10, 10), Votes(5, 5, 0), decides=Fraction(1, 2), by=by)["decides"]["answer"] == answer


@pytest.mark.parametrize(
    ("of", "reached", "answer"), [("present", "6/10", "yes"), ("entitled", "6/13", "no"), ("cast", "6/8", "yes")]
)
def test_present_entitled_and_cast_are_three_different_bases(of: str, reached: str, answer: str) -> None:
    result = reckoned(Room(13, 10), Votes(6, 1, 1), decides=Fraction(1, 2), of=of)["decides"]
    assert result["reached"] == str(Fraction(reached))
    assert result["answer"] == answer


def test_a_share_nobody_has_set_is_neither_met_nor_unmet() -> None:
    result = reckoned(Room(12, 12), Votes(12, 0, 0))
    assert result["quorum"]["answer"] == "unset"
    assert result["decides"]["answer"] == "unset"
    assert "尚未设定" in result["reasons"][1]["zh"]


def test_a_quorum_that_is_waived_until_set_holds_nobody_back_before_and_counts_from_then_on() -> None:
    before = Threshold(reading(None), "at_least", "entitled", waived=True)
    assert before.answer(Fraction(1, 12)) == "waived"
    result = Reckoning("count", Room(12, 1), Votes(1, 0, 0), before, Threshold(None)).plain()
    assert result["reasons"][1]["zh"] == "到会比例没有设定；设定以前，规定不作要求。"
    after = Threshold(reading(Fraction(3, 5)), "at_least", "entitled", waived=True)
    assert (after.answer(Fraction(2, 5)), after.answer(Fraction(3, 5))) == ("no", "yes")


def test_no_votes_have_no_share() -> None:
    result = reckoned(Room(12, 12), Votes(0, 0, 0), decides=Fraction(1, 2))
    assert result["approve_share"] == ""
    assert result["not_voted"] == 12
    assert result["decides"]["answer"] == "no"


def test_approval_is_for_of_all_votes_cast() -> None:
    assert reckoned(Room(12, 12), Votes(10, 1, 1))["approve_share"] == "5/6"
    assert reckoned(Room(12, 12), Votes(12, 0, 0))["approve_share"] == "1/1"


def test_nobody_entitled_reaches_no_quorum() -> None:
    assert reckoned(Room(0, 0), Votes(0, 0, 0), quorum=Fraction(1, 2))["quorum"]["answer"] == "no"


def test_the_result_says_where_its_thresholds_come_from() -> None:
    quorum = reckoned(Room(12, 6), Votes(6, 0, 0), quorum=Fraction(1, 2))["quorum"]
    assert (quorum["parameter"], quorum["clause"], quorum["version"], quorum["rules_on"]) == (
        "council_quorum",
        "open",
        "shenzhen@0.1.0",
        "2021-04-08",
    )
