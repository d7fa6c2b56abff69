"""The arithmetic: exact shares, both sides of every line, and a share nobody has set."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from linli.records.meetings.reckoning import Reckoning, Room, Threshold, Votes
from linli.rules.policy.reading import LocalValue, Reading


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


def test_a_session_that_asks_for_no_share_is_not_judged_by_one() -> None:
    result = Reckoning("count", Room(12, 2), Votes(1, 1, 0), Threshold(None), Threshold(None)).plain()
    assert (result["quorum"]["answer"], result["decides"]["answer"]) == ("not_asked", "not_asked")
    assert (result["quorum"]["state"], result["quorum"]["set_by"], result["quorum"]["reached"]) == ("not_asked", "", "1/6")


@pytest.mark.parametrize(("in_favour", "answer"), [(9, "yes"), (8, "no")])
def test_all_of_them_written_as_one_whole_are_all_of_them(in_favour: int, answer: str) -> None:
    whole = replace(reading(Fraction(1)), value=1)
    assert Threshold(whole).answer(Fraction(in_favour, 9)) == answer


def test_the_reasons_say_who_was_there_how_they_voted_and_what_was_reached() -> None:
    said = reckoned(Room(12, 9, ("person:1",), 1, 1), Votes(6, 3, 0), Fraction(1, 2), Fraction(2, 3), by="more_than")
    assert [reason["zh"] for reason in said["reasons"]] == [
        "应到 12 人，实到 9 人；回避 1 人，已不计入。",
        "到会比例 3/4，须达到 1/2，已达到。",
        "同意 6 票，反对 3 票，弃权 0 票。",
        "同意比例 2/3，须超过 2/3，未达到。",
    ]
    nobody = Reckoning("count", Room(12, 9), Votes(0, 0, 0), Threshold(None), Threshold(None)).plain()
    assert [reason["en"] for reason in nobody["reasons"]] == [
        "9 present of 12 entitled; nobody recused.",
        "This kind of meeting asks for no share present.",
        "Nobody voted.",
        "This kind of meeting asks for no share in favour.",
    ]


def test_what_is_kept_names_who_set_the_share() -> None:
    local = LocalValue(
        "council_quorum", "", Fraction(1, 2), date(2021, 1, 4), None, "440305", "district", "district.civil_affairs", "演示"
    )
    kept = Threshold(replace(reading(Fraction(1, 2)), local=local), "at_least", "entitled").plain(Fraction(3, 4))
    assert (kept["set_by"], kept["state"], kept["share"], kept["reached"]) == ("district.civil_affairs", "known", "1/2", "3/4")
