"""A scoring as both doors show it: the questions of a sheet, the table of the result, why it came out so."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from linli.records.scorecards.models import Scoring, Sheet
from linli.records.scorecards.selectors import Result
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue
from linli.rules.policy.tallying import plain
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.shapes import Column, Stamp, Table

YES_NO = (("yes", Text("是", "Yes")), ("no", Text("否", "No")))
_REMARK = Text("说明", "Remarks")
_BECAUSE = Text("为什么改", "Why you change it")
_BECAUSE_HINT = Text("您已经交过，改动会留下记录。", "You gave a sheet before; the change is kept on record.")
_OPEN, _CLOSED = Stamp(Text("评分中", "Open"), "action"), Stamp(Text("已截止", "Closed"), "done")


def stamp_of(scoring: Scoring) -> Stamp:
    return _OPEN if scoring.open else _CLOSED


def sheet_fields(
    result: Result, typed: Mapping[str, str], errors: Mapping[str, Text], before: Sheet | None, notes: Mapping[str, str]
) -> list[FieldView]:
    """One question for each item in the card's order, then remarks; `typed` wins over what was given before."""
    answers = before.answers if before else {}
    fields = [
        FieldView(
            f"i-{key}",
            item.title,
            "choice" if result.card.scale != "points" else "score",
            typed.get(f"i-{key}", answers.get(key, "")),
            errors.get(key, ""),
            _hint(result, key, notes),
            required=True,
            options=_options(result),
            clause=item.clause,
            extra={"inputmode": "decimal", "maxlength": "7"} if result.card.scale == "points" else {},
        )
        for key, item in result.card.items.items()
    ]
    remark = typed.get("remark", before.remark if before else "")
    fields.append(FieldView("remark", _REMARK, "long_text", remark, errors.get("remark", "")))
    if before is not None and not result.scoring.secret:
        fields.append(
            FieldView("because", _BECAUSE, "text", typed.get("because", ""), errors.get("because", ""), _BECAUSE_HINT, True)
        )
    return fields


def _hint(result: Result, key: str, notes: Mapping[str, str]) -> Text | str:
    if result.card.scale != "points":
        return notes.get(key, "")
    full = plain(Fraction(result.scoring.full[key]))
    said = notes.get(key, "")
    zh, en = f"满分 {full} 分", f"Full marks {full}"
    return Text(f"{zh}。申报材料写的是：{said}", f"{en}. The papers say: {said}") if said else Text(zh, en)


def _options(result: Result) -> Sequence[tuple[str, Text]]:
    if result.card.scale == "yes_no":
        return YES_NO
    if result.card.scale == "grades" and result.grades is not None:
        return grade_options(result.grades)
    return ()


def grade_options(grades: Catalogue) -> list[tuple[str, Text]]:
    return [(key, entry.title) for key, entry in grades.entries.items()]


def answers_in(post: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, by item."""
    return {name.removeprefix("i-"): value for name, value in post.items() if name.startswith("i-")}


def result_table(result: Result) -> Table:
    """Item by item: full marks, mean and number of sheets; or how many gave which answer."""
    caption = result.card.title
    if result.card.scale == "points":
        return Table(caption, _POINTS, _points_rows(result), hide_caption=True, as_is=True)
    options = _options(result)
    columns = [Column(_ITEM), *(Column(title, "number") for _, title in options), Column(_ANSWERED, "number")]
    rows = [
        [item.title, *(item.counts.get(key, 0) if result.shown else None for key, _ in options), item.answered]
        for item in result.tally.items
    ]
    return Table(caption, columns, rows, hide_caption=True)


_ITEM, _ANSWERED = Text("项目", "Item"), Text("已评", "Answered")
_FULL, _MEAN = Text("满分", "Full marks"), Text("平均分", "Mean")
_POINTS = [Column(_ITEM), Column(_FULL), Column(_MEAN), Column(_ANSWERED, "number")]


def _points_rows(result: Result) -> list[list[object]]:
    return [[item.title, _said(item.full), _said(item.mean), item.answered] for item in result.tally.items]


def _said(number: Fraction | None) -> str:
    return "—" if number is None else points(number)


def points(number: Fraction) -> str:
    """As people read it: 83.75; with the exact fraction where two decimals would round it."""
    exact = plain(number)
    return exact if "/" not in exact else f"{float(number):.2f}（{exact}）"


def score_words(result: Result) -> Text | None:
    """The score with what it is out of, or None while there is none to be seen."""
    if not result.shown or result.tally.score is None or result.tally.out_of is None:
        return None
    score, out_of = points(result.tally.score), plain(result.tally.out_of)
    return Text(f"{score} / {out_of}", f"{score} / {out_of}")


def share_lines(result: Result) -> list[tuple[Text, str]]:
    """The share of each answer, exact with its percentage."""
    if not result.shown:
        return []
    titles = dict(_options(result))
    return [
        (titles.get(key, Text(key, key)), f"{share}（{float(share):.1%}）")
        for key, share in sorted(result.tally.shares.items(), key=lambda pair: -pair[1])
    ]
