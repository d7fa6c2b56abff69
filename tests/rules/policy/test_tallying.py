"""From sheets to a result: exact, in the pack's order, never a verdict on nobody's answer."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from linli.rules.plain.texts import Text
from linli.rules.policy.models import Scorecard, ScoreItem, Verdict
from linli.rules.policy.reading import Reading
from linli.rules.policy.tallying import full_marks, plain, tally

DAY = date(2023, 3, 20)
TITLE = Text("演示", "sample")
CARD = Scorecard("card", TITLE, {"a": ScoreItem("a", TITLE), "b": ScoreItem("b", TITLE)}, weights="weights")
GRADED = replace(
    CARD,
    scale="grades",
    weights="",
    grades="grades",
    verdicts=(
        Verdict("good", Text("好", "good"), share_of=("good",), at_least="enough"),
        Verdict("bad", Text("差", "bad"), share_of=("bad",), more_than="too_many"),
        Verdict("fair", Text("一般", "fair"), otherwise=True),
    ),
)


def read(**values: Fraction | int) -> object:
    def reading(parameter: str, key: str = "") -> Reading:
        value = values.get(key or parameter)
        state = "known" if value is not None else "unset"
        return Reading(parameter, key, DAY, state, value, "", "open", "演示", "0", None)

    return reading


BOUNDS = read(enough=Fraction(2, 3), too_many=Fraction(1, 4))


def graded(*sheets: tuple[str, str], bounds: object = BOUNDS) -> object:
    return tally(GRADED, [{"a": a, "b": b} for a, b in sheets], full={}, read=bounds)


def test_weights_are_full_marks_and_means_are_never_rounded() -> None:
    full, missing = full_marks(CARD, read(a=60, b=40))
    assert (full, missing) == ({"a": Fraction(60), "b": Fraction(40)}, ())
    result = tally(CARD, [{"a": "50", "b": "30"}, {"a": "55", "b": "31.5"}, {"a": "51", "b": "30"}], full=full, read=BOUNDS)
    assert (result.score, result.out_of) == (Fraction(52) + Fraction(61, 2), Fraction(100))
    assert [item.mean for item in result.items] == [Fraction(52), Fraction(61, 2)]
    thirds = tally(CARD, [{"a": "50", "b": "0"}, {"a": "50", "b": "0"}, {"a": "51", "b": "0"}], full=full, read=BOUNDS)
    assert thirds.score == Fraction(151, 3)
    assert plain(thirds.score) == "151/3"


def test_a_weight_that_nobody_set_is_named_and_never_taken_for_zero() -> None:
    full, missing = full_marks(CARD, read(a=60))
    assert (full, missing) == ({"a": Fraction(60)}, ("b",))


def test_without_weights_every_item_has_a_hundred_points_and_counts_alike() -> None:
    card = replace(CARD, weights="")
    full, _ = full_marks(card, BOUNDS)
    result = tally(card, [{"a": "80", "b": "91"}], full=full, read=BOUNDS)
    assert (result.score, result.out_of) == (Fraction(171, 2), Fraction(100))


def test_verdicts_are_tried_in_the_packs_order_and_say_why() -> None:
    good = graded(("good", "good"), ("good", "bad"), ("good", "fair"))
    assert (good.verdict, good.shares["good"]) == ("good", Fraction(2, 3))
    assert [reason.zh for reason in good.reasons] == ["占比 2/3 ≥ 2/3：结论为“好”。"]
    bad = graded(("good", "bad"), ("fair", "bad"))
    assert (bad.verdict, len(bad.reasons)) == ("bad", 2)
    fair = graded(("fair", "fair"), ("fair", "bad"))
    assert fair.verdict == "fair"
    assert [reason.zh for reason in fair.reasons] == [
        "占比 0 < 2/3：不是“好”。",
        "占比 1/4 ≤ 1/4：不是“差”。",
        "以上都不满足：一般。",
    ]


def test_nobodys_answer_has_no_verdict() -> None:
    nobody = graded()
    assert (nobody.verdict, nobody.shares, nobody.unset) == ("", {}, ())
    assert [reason.zh for reason in nobody.reasons] == ["还没有人评，不下结论。"]


def test_a_bound_that_is_not_set_leaves_it_open_even_where_something_would_be_left_over() -> None:
    result = graded(("fair", "fair"), bounds=read(enough=Fraction(2, 3)))
    assert (result.verdict, result.unset) == ("", ("too_many",))


@pytest.mark.parametrize(("score", "verdict"), [("79.99", ""), ("80", "met")])
def test_a_score_is_held_against_its_bound(score: str, verdict: str) -> None:
    card = replace(CARD, weights="", verdicts=(Verdict("met", TITLE, score_at_least="pass"),))
    full, _ = full_marks(card, BOUNDS)
    result = tally(card, [{"a": score, "b": score}], full=full, read=read(**{"pass": 80}))
    assert result.verdict == verdict


def test_an_item_nobody_scored_leaves_the_whole_without_a_score() -> None:
    full, _ = full_marks(CARD, read(a=60, b=40))
    half = tally(CARD, [{"a": "50"}, {"a": "52", "b": ""}], full=full, read=BOUNDS)
    assert [(item.answered, item.mean) for item in half.items] == [(2, Fraction(51)), (0, None)]
    assert (half.score, half.out_of) == (None, Fraction(100))


def test_an_answer_left_blank_counts_in_no_share() -> None:
    result = graded(("good", ""), ("bad", "good"))
    assert [item.answered for item in result.items] == [2, 1]
    assert result.shares == {"good": Fraction(2, 3), "bad": Fraction(1, 3)}
    assert result.verdict == "good"


def test_a_bound_that_is_a_flag_is_no_bound() -> None:
    result = graded(("good", "good"), bounds=read(enough=True, too_many=Fraction(1, 4)))
    assert (result.verdict, result.unset) == ("", ("enough",))
