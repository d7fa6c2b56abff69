"""From many sheets to one result: exact shares and means, and the verdict a scorecard's own order gives. Pure.

A verdict never stands alone: what was counted, what it was held against and why it came out so go with it. Without a single
answer there is no verdict; a bound that nobody has set leaves it open and names the parameter.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from linli.rules.plain.texts import Text
from linli.rules.policy.models import Scorecard, Verdict
from linli.rules.policy.reading import Reading

FULL_MARKS = Fraction(100)  # of an item that no weight was written for
YES, NO = "yes", "no"

Sheet = Mapping[str, str]  # item -> points as written, a grade, or yes/no
Read = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class ItemTally:
    """`full` and `mean` are points; `counts` are answers by grade (or yes and no)."""

    key: str
    title: Text
    clause: str
    answered: int
    full: Fraction | None = None
    mean: Fraction | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """`score` out of `out_of`; `shares` of all answers. `unset` names parameters without which there is no verdict."""

    sheets: int
    items: tuple[ItemTally, ...]
    method: Text
    score: Fraction | None = None
    out_of: Fraction | None = None
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    verdict: str = ""
    verdict_title: Text | None = None
    reasons: tuple[Text, ...] = ()
    unset: tuple[str, ...] = ()


def tally(card: Scorecard, sheets: Sequence[Sheet], *, full: Mapping[str, Fraction], read: Read) -> Tally:
    """Reckon whole sheets. `full` are the full marks of each item (of points), `read` reads a parameter the card names."""
    items = tuple(_item(card, key, sheets, full) for key in card.items)
    shares = _shares(card, items)
    score, out_of = _score(card, items, full)
    verdict, reasons, unset = _verdict(card, len(sheets), shares, score, read)
    return Tally(
        sheets=len(sheets),
        items=items,
        method=method(card),
        score=score,
        out_of=out_of,
        shares=shares,
        verdict=verdict.id if verdict else "",
        verdict_title=verdict.title if verdict else None,
        reasons=reasons,
        unset=unset,
    )


def method(card: Scorecard) -> Text:
    """How this card is reckoned, in one sentence."""
    if card.scale == "grades":
        return Text(
            "每人每项选一个等次；各等次占全部评价的比例按分数精确计算。", "One grade for each item; shares of all answers, exact."
        )
    if card.scale == "yes_no":
        return Text("每人每项答“是”或“否”；按答“是”的比例计算。", "Yes or no for each item; the share of yes, exact.")
    if card.weights:
        return Text(
            "各项满分即其权重；每项取评分人平均分，各项相加，不四舍五入。",
            "Each item's full marks are its weight; the raters' means are added, never rounded.",
        )
    return Text(
        "每项满分 100 分；先取评分人平均分，再取各项平均，不四舍五入。",
        "Each item has 100 points; the mean of the raters, then of the items, never rounded.",
    )


def full_marks(card: Scorecard, read: Callable[[str, str], Reading]) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """Full marks of each item of points, and the items whose weight nobody has set. `read(parameter, key)`."""
    if card.scale != "points":
        return {}, ()
    if not card.weights:
        return dict.fromkeys(card.items, FULL_MARKS), ()
    readings = {key: read(card.weights, key).value for key in card.items}
    known = {key: Fraction(value) for key, value in readings.items() if isinstance(value, int | Fraction)}
    return known, tuple(key for key in card.items if key not in known)


def _item(card: Scorecard, key: str, sheets: Sequence[Sheet], full: Mapping[str, Fraction]) -> ItemTally:
    item, given = card.items[key], [sheet[key] for sheet in sheets if sheet.get(key)]
    if card.scale != "points":
        return ItemTally(key, item.title, item.clause, len(given), counts=dict(Counter(given)))
    points = [Fraction(each) for each in given]
    mean = sum(points, Fraction(0)) / len(points) if points else None
    return ItemTally(key, item.title, item.clause, len(points), full.get(key), mean)


def _shares(card: Scorecard, items: Sequence[ItemTally]) -> dict[str, Fraction]:
    if card.scale == "points":
        return {}
    counts = sum((Counter(item.counts) for item in items), Counter[str]())
    answered = sum(item.answered for item in items)
    return {grade: Fraction(count, answered) for grade, count in counts.items()} if answered else {}


def _score(card: Scorecard, items: Sequence[ItemTally], full: Mapping[str, Fraction]) -> tuple[Fraction | None, Fraction | None]:
    if card.scale != "points" or not items:
        return None, None
    weighted = bool(card.weights)
    out_of = sum((full[item.key] for item in items), Fraction(0)) if weighted else FULL_MARKS
    means = [item.mean for item in items]
    if any(mean is None for mean in means):
        return None, out_of
    total = sum((mean for mean in means if mean is not None), Fraction(0))
    return (total if weighted else total / len(items)), out_of


def _verdict(
    card: Scorecard, sheets: int, shares: Mapping[str, Fraction], score: Fraction | None, read: Read
) -> tuple[Verdict | None, tuple[Text, ...], tuple[str, ...]]:
    if not card.verdicts:
        return None, (), ()
    if not sheets:
        return None, (Text("还没有人评，不下结论。", "Nobody has answered; there is no verdict."),), ()
    reasons: list[Text] = []
    for verdict in card.verdicts:
        if verdict.otherwise:
            reasons.append(Text(f"以上都不满足：{verdict.title.zh}。", f"None of these holds: {verdict.title.en}."))
            return verdict, tuple(reasons), ()
        parameter = verdict.at_least or verdict.more_than or verdict.score_at_least
        bound = read(parameter).value
        if isinstance(bound, bool) or not isinstance(bound, int | Fraction):
            open_ = Text("门槛还没有设定，先不下结论。", "The bound is not set, so there is no verdict yet.")
            return None, (*reasons, open_), (parameter,)
        held, reason = _held(verdict, Fraction(bound), shares, score)
        reasons.append(reason)
        if held:
            return verdict, tuple(reasons), ()
    return None, tuple(reasons), ()


def _held(verdict: Verdict, bound: Fraction, shares: Mapping[str, Fraction], score: Fraction | None) -> tuple[bool, Text]:
    zh, en = verdict.title.zh, verdict.title.en
    if verdict.score_at_least:
        held = score is not None and score >= bound
        sign = "≥" if held else "<"
        got = plain(score) if score is not None else "—"
        return held, Text(
            f"得分 {got} {sign} {plain(bound)}：{_yes(held, zh)}", f"Score {got} {sign} {plain(bound)}: {_said(held, en)}"
        )
    share = sum((shares.get(grade, Fraction(0)) for grade in verdict.share_of), Fraction(0))
    held = share >= bound if verdict.at_least else share > bound
    sign = ("≥" if held else "<") if verdict.at_least else (">" if held else "≤")
    return held, Text(f"占比 {share} {sign} {bound}：{_yes(held, zh)}", f"Share {share} {sign} {bound}: {_said(held, en)}")


def _yes(held: bool, title: str) -> str:
    return f"结论为“{title}”。" if held else f"不是“{title}”。"


def _said(held: bool, title: str) -> str:
    return f"{title}." if held else f"not {title}."


def plain(number: Fraction) -> str:
    """87, 86.5, and 260/3 where no short decimal says it exactly."""
    if number.denominator == 1:
        return str(number.numerator)
    hundredths = number * 100
    if hundredths.denominator == 1:
        return f"{float(number):.2f}".rstrip("0")
    return str(number)
