"""Every figure as a plain table: behind the pictures, on the printed sheets, and in the spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from linli.records.needs.selectors import Coverage
from linli.records.reports.overview import Overdue, Overview, PlaceFigures, Shares, Way
from linli.records.reports.overview.asked import titles_of
from linli.rules.plain.texts import Text, listed
from linli.web.shared.overview.ways_on import WaysOn
from linli.web.shared.overview.words import category_titles
from linli.web.shared.rulebooks import office_words
from linli.web.shared.shapes import Column, Link, Table

ENDS = {
    "": Text("正在办", "Under way"),
    "done": Text("已办成", "Carried through"),
    "refused": Text("未予确定", "Not approved"),
    "withdrawn": Text("已撤回", "Withdrawn"),
    "failed": Text("没有办成", "Stopped or failed"),
}
UNSAID = Text("没有写", "Not said")
_PLACE, _HOW_MANY = Text("地方", "Place"), Text("数量", "How many")


@dataclass(frozen=True)
class Told:
    """A table with the definition it goes by; `id` names it among its like."""

    id: str
    definition: str
    table: Table


def tables(overview: Overview, ways: WaysOn, late: Sequence[Overdue] = ()) -> list[Told]:
    """In the order of the page. What only staff may see is told when the scope is not the public's."""
    return [told for told in _all(overview, ways, late) if told.table.rows]


def _all(overview: Overview, ways: WaysOn, late: Sequence[Overdue]) -> Iterator[Told]:
    whole, year = overview.whole, overview.scope.year
    words = titles_of(overview.scope.rules_of(whole.place.path), overview.scope)
    yield Told("places", "needs", places(overview, ways))
    yield Told("needs_state", "needs", needs_by(whole, "states", words["states"], ways, year))
    yield Told("needs_channel", "needs", needs_by(whole, "channels", words["channels"], ways, year))
    yield Told("needs_category", "needs", needs_by(whole, "categories", words["categories"], ways, year))
    yield Told("needs_month", "needs", months(whole))
    for number, way in enumerate(whole.ways, 1):
        yield Told(f"funnel_{number}", "funnel", funnel(way))
        yield Told(f"states_{number}", "standing", states(way, whole, ways, year))
        yield Told(f"days_{number}", "speed", days(way))
    yield Told("coverage", "coverage", coverage(overview.coverage, ways, year, staff=not overview.scope.public))
    yield Told("money_category", "shares", money_table(whole.shares, category_titles(whole), "categories"))
    yield Told("money_end", "shares", money_table(whole.shares, ENDS, "ends"))
    if late:
        yield Told("overdue", "overdue", overdue(late))


def places(overview: Overview, ways: WaysOn) -> Table:
    """The place and its parts, one line each."""
    columns = (
        Column(_PLACE, "link"),
        Column(Text("需求", "Needs"), "number"),
        Column(Text("已答复", "Answered"), "number"),
        Column(Text("已答复比例", "Share answered"), "share"),
        Column(Text("项目", "Projects"), "number"),
        Column(Text("正在办", "Under way"), "number"),
        Column(Text("已办成", "Carried through"), "number"),
        Column(Text("异议", "Objections"), "number"),
        Column(Text("待答复异议", "Not answered"), "number"),
        Column(Text("当年资金（元）", "Money (yuan)"), "money"),
        Column(Text("已答应（元）", "Promised (yuan)"), "money"),
        Column(Text("还剩（元）", "Left (yuan)"), "money"),
    )
    year = overview.scope.year
    rows = [_place(one, ways, year) for one in (overview.whole, *overview.parts)]
    return Table(Text("各地合计", "By place"), columns, rows)


def _place(one: PlaceFigures, ways: WaysOn, year: int) -> list[Any]:
    purse = one.purse
    return [
        Link(one.place.short_name, ways.overview(one.place.pk, year)),
        one.asked.total,
        one.asked.answered,
        _share(one.asked.answered, one.asked.total),
        one.opened,
        one.running,
        one.done,
        one.objections.received,
        one.objections.open,
        purse.amount_fen if purse else None,
        purse.promised_fen if purse else None,
        purse.left_fen if purse else None,
    ]


_NEEDS = {
    "states": (Text("需求现在的状态", "Where the needs stand"), "state"),
    "channels": (Text("需求从哪里来", "How the needs came"), "channel"),
    "categories": (Text("需求的类别", "What the needs are about"), "category"),
}


def needs_by(whole: PlaceFigures, column: str, titles: Mapping[str, Text], ways: WaysOn, year: int) -> Table:
    caption, key = _NEEDS[column]
    counts: Mapping[str, int] = getattr(whole.asked, column)
    columns = (Column(caption, "link"), Column(_HOW_MANY, "number"), Column(Text("占全部需求", "Of all needs"), "share"))
    order = [*titles, *sorted(set(counts) - set(titles))]
    rows = [
        [
            Link(titles.get(code) or _or(code), ways.needs(whole.place.pk, year, **{key: code}) if code else ""),
            counts[code],
            _share(counts[code], whole.asked.total),
        ]
        for code in order
        if counts.get(code)
    ]
    return Table(caption, columns, rows)


def months(whole: PlaceFigures) -> Table:
    columns = (Column(Text("月份", "Month")), Column(_HOW_MANY, "number"))
    rows = [[Text(f"{number} 月", f"{number}"), count] for number, count in enumerate(whole.asked.months, 1)]
    return Table(Text("需求按月", "Needs by month"), columns, rows if whole.asked.total else [])


def funnel(way: Way) -> Table:
    columns = (
        Column(Text("走到这一步", "Came this far")),
        Column(_HOW_MANY, "number"),
        Column(Text("占提出的", "Of those opened"), "share"),
    )
    rows = [[one.title, one.reached, _share(one.reached, one.of)] for one in way.stages]
    return Table(_named(way, Text("走到哪一步", "how far they have come")), columns, rows if way.opened else [])


def states(way: Way, whole: PlaceFigures, ways: WaysOn, year: int) -> Table:
    columns = (
        Column(Text("现在的状态", "Stands at"), "link"),
        Column(Text("阶段", "Stage")),
        Column(_HOW_MANY, "number"),
    )
    procedure = way.course.procedure.id
    rows = [
        [Link(one.title, ways.matters(whole.place.pk, year, procedure, one.id)), one.stage, one.standing]
        for one in way.states
        if one.standing
    ]
    return Table(_named(way, Text("现在停在哪里", "where they stand now")), columns, rows)


def days(way: Way) -> Table:
    columns = (
        Column(Text("阶段", "Stage")),
        Column(Text("走完的项目", "Moved on"), "number"),
        Column(Text("最少（天）", "Least (days)")),
        Column(Text("四分之一在内", "First quartile")),
        Column(Text("中位", "Median")),
        Column(Text("四分之三在内", "Third quartile")),
        Column(Text("最多（天）", "Most (days)")),
    )
    rows = [
        [one.title, one.n, one.days[0], *(said(one.quartile(part)) for part in (1, 2, 3)), one.days[-1]]
        for one in way.lasting
        if one.n
    ]
    return Table(_named(way, Text("各阶段用了几天", "days per stage")), columns, rows)


def said(days: Fraction | None) -> str:
    return "" if days is None else f"{float(days):.2f}".rstrip("0").rstrip(".")


def coverage(communities: Sequence[Coverage], ways: WaysOn, year: int, *, staff: bool) -> Table:
    """Whom the priority households are could be guessed from small numbers: the desk alone sees them."""
    columns = [
        Column(Text("社区", "Community"), "link"),
        Column(Text("问到的人（户）", "Asked"), "number"),
        Column(Text("要达到", "Needed"), "number"),
    ]
    if staff:
        columns += [
            Column(Text("重点家庭", "Priority households"), "number"),
            Column(Text("其中问到", "Of them asked"), "number"),
        ]
    rows = []
    for one in communities:
        row: list[Any] = [Link(one.place.short_name, ways.coverage(one.place.pk, year)), one.sources, one.needed]
        rows.append([*row, one.priority_total, one.priority_reached] if staff else row)
    return Table(Text("征集覆盖", "Coverage of the collection"), columns, rows)


def money_table(shares: Shares, titles: Mapping[str, Text], column: str) -> Table:
    """By category or by what became of the projects, the titles of the place's own regulation first."""
    caption = {
        "categories": Text("钱给了哪些类别", "Money by category"),
        "ends": Text("钱给的项目办得怎样", "Money by what became of the project"),
    }[column]
    sums: Mapping[str, int] = getattr(shares, column)
    columns = (
        Column(caption),
        Column(Text("已答应（元）", "Promised (yuan)"), "money"),
        Column(Text("占比", "Share"), "share"),
    )
    order = [*titles, *sorted(set(sums) - set(titles))]
    rows = [[titles.get(code) or _or(code), sums[code], _share(sums[code], shares.total_fen)] for code in order if sums.get(code)]
    return Table(caption, columns, rows)


def overdue(late: Sequence[Overdue]) -> Table:
    columns = (
        Column(Text("承办单位", "Office")),
        Column(_PLACE),
        Column(Text("逾期的事", "Duties late"), "number"),
        Column(Text("逾期的答复", "Answers late"), "number"),
        Column(Text("最早到期", "Oldest day"), "date"),
        Column(Text("提醒谁", "Whom to remind")),
    )
    rows = [
        [office_words(one.office), one.place.short_name, one.duties, one.replies, one.oldest, listed(one.holders)] for one in late
    ]
    return Table(Text("逾期", "Overdue"), columns, rows)


def _named(way: Way, what: Text) -> Text:
    return Text(f"{way.title.zh}：{what.zh}", f"{way.title.en}: {what.en}")


def _or(code: str) -> Text:
    return Text(code, code) if code else UNSAID


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
