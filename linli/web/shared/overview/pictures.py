"""An overview as pictures: what a page draws, every one with its table behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.records.reports.overview import Overview, PlaceFigures, Way
from linli.rules.plain.texts import Text
from linli.web.shared.charts import Bar, Bars, Months, Multiple, Multiples, Spread, Spreads, Tile, TileGroup, TileMap
from linli.web.shared.overview.measures import Measure, measure_of, measures_of, percent_said, share_answered, short_name
from linli.web.shared.overview.tables import UNSAID, Told
from linli.web.shared.overview.ways_on import WaysOn
from linli.web.shared.overview.words import in_words, pack_title
from linli.web.shared.shapes import Link, Table, Words
from linli.web.shared.tags.charts import shades

# A longer table is only in the spreadsheet: a page stays light enough for a phone.
MOST_ROWS = 40


@dataclass(frozen=True)
class WayPictures:
    """The pictures of one procedure. `pack` is said where several regulations run side by side."""

    way: Way
    pack: Words
    funnel: Bars
    standing: Bars
    days: Spreads


@dataclass(frozen=True)
class Pictures:
    needs_states: Bars
    needs_channels: Bars
    needs_categories: Bars
    needs_months: Months
    ways: Sequence[WayPictures]
    coverage: Bars
    money_categories: Bars
    money_ends: Bars
    map: TileMap | None
    parts: Multiples | None
    silent: Sequence[Link]  # parts nothing is known of yet


def pictures(overview: Overview, told: Sequence[Told], ways: WaysOn, measure: str = "needs") -> Pictures:
    by_id = {one.id: one.table for one in told if len(one.table.rows) <= MOST_ROWS}
    whole, several = overview.whole, len({way.course.pack for way in overview.whole.ways}) > 1
    chosen = measure_of(overview, measure)
    return Pictures(
        needs_states=_shares(by_id, "needs_state", Text("现在怎样了", "Where they stand"), whole.asked.total),
        needs_channels=_shares(by_id, "needs_channel", Text("从哪里来", "How they came"), whole.asked.total),
        needs_categories=_shares(by_id, "needs_category", Text("说的是什么", "What about"), whole.asked.total),
        needs_months=_months(overview, by_id),
        ways=[_way(way, by_id, number, several=several) for number, way in enumerate(whole.ways, 1)],
        coverage=_coverage(overview, by_id, ways),
        money_categories=_sums(by_id, "money_category", Text("给了哪些类别", "By category"), whole.shares.total_fen),
        money_ends=_sums(by_id, "money_end", Text("这些项目办得怎样", "What became of the projects"), whole.shares.total_fen),
        map=_map(overview, ways, chosen, by_id) if overview.tiles else None,
        parts=_multiples(overview, ways, by_id) if any(map(_speaks, overview.parts)) else None,
        silent=[
            Link(one.place.short_name, ways.overview(one.place.pk, overview.scope.year))
            for one in overview.parts
            if not _speaks(one)
        ],
    )


def _shares(by_id: Mapping[str, Table], id: str, title: Text, whole: int) -> Bars:
    """A table of (what, how many, share) as bars against the whole."""
    table = by_id.get(id)
    rows = [_bar(row[0], row[1], whole) for row in table.rows] if table else []
    if len(rows) == 1 and rows[0].title == UNSAID:  # nobody said: there is nothing to show
        rows = []
    return Bars(title, rows, whole=whole, table=None)


def _bar(what: Link | Words, value: int, whole: int) -> Bar:
    if isinstance(what, Link):
        return Bar(what.title, value, whole, what.url)
    return Bar(what, value, whole)


def _sums(by_id: Mapping[str, Table], id: str, title: Text, whole: int) -> Bars:
    table = by_id.get(id)
    rows = [Bar(row[0], row[1], whole, said=in_words(row[1])) for row in (table.rows if table else ())]
    return Bars(title, rows, whole=whole, table=table)


def _months(overview: Overview, by_id: Mapping[str, Table]) -> Months:
    scope = overview.scope
    until = scope.on.month if scope.year == scope.on.year else 12
    return Months(Text("按月", "By month"), overview.whole.asked.months, until=until, table=by_id.get("needs_month"))


def _way(way: Way, by_id: Mapping[str, Table], number: int, *, several: bool) -> WayPictures:
    funnel = [Bar(one.title, one.reached, one.of) for one in way.stages]
    states = by_id.get(f"states_{number}")
    spread = [
        Spread(one.title, one.n, one.days[0], one.quartile(1), one.median, one.quartile(3), one.days[-1])
        if one.n
        else Spread(one.title, 0)
        for one in way.lasting
    ]
    return WayPictures(
        way=way,
        pack=pack_title(way.course.pack) if several else "",
        funnel=Bars(
            Text("走到哪一步", "How far they have come"),
            funnel,
            whole=way.opened,
            table=by_id.get(f"funnel_{number}"),
        ),
        standing=Bars(
            Text("现在停在哪里", "Where they stand now"),
            [_bar(row[0], row[2], way.opened) for row in states.rows] if states else [],
            whole=way.opened,
        ),
        days=Spreads(Text("各阶段用了几天", "Days per stage"), spread, table=by_id.get(f"days_{number}")),
    )


def _coverage(overview: Overview, by_id: Mapping[str, Table], ways: WaysOn) -> Bars:
    """Communities: people asked, of those needed. Anything larger: communities that have reached their number."""
    title, year, table = Text("征集覆盖", "Coverage"), overview.scope.year, by_id.get("coverage")
    if overview.whole.place.level == "community" or any(one.place.level == "community" for one in overview.parts):
        rows = [
            Bar(one.place.short_name, one.sources, one.needed, ways.coverage(one.place.pk, year)) for one in overview.coverage
        ]
        whole = max((max(one.needed or 0, one.sources) for one in overview.coverage), default=0)
        return Bars(title, rows, Text("问到的人（户）/ 要达到的数", "people or households asked / needed"), whole, table)
    named = [one for one in (overview.whole, *overview.parts) if one.reached.with_number]
    rows = [
        Bar(one.place.short_name, one.reached.reached, one.reached.with_number, ways.overview(one.place.pk, year))
        for one in named
    ]
    about = Text("达到规定数的社区 / 有规定数的社区", "communities that reached their number / that have one")
    return Bars(title, rows, about, overview.whole.reached.with_number, table)


def _map(overview: Overview, ways: WaysOn, measure: Measure, by_id: Mapping[str, Table]) -> TileMap:
    """Tiles stand under the part they lie in, by code: the same place is always found at the same spot."""
    year = overview.scope.year
    shade = dict(zip((one.place.pk for one in overview.tiles), shades([measure.of(one) for one in overview.tiles]), strict=True))
    groups: list[TileGroup] = []
    lying: dict[str | None, list[Tile]] = {}
    for one in overview.tiles:
        tile = Tile(short_name(one), measure.said(one), shade[one.place.pk], ways.overview(one.place.pk, year))
        lying.setdefault(one.place.parent_id, []).append(tile)
    parts = [one.place for one in overview.parts if one.place.pk in lying]
    for part in parts or [overview.whole.place]:
        tiles = lying.get(part.pk, [])
        groups.append(TileGroup(part.short_name, ways.overview(part.pk, year) if parts else "", tiles))
    about = Text("一格一个地方，格子里就是数；颜色越深数越大", "one tile one place, its figure in it; the darker the more")
    return TileMap(measure.title, groups, about, None)


def _multiples(overview: Overview, ways: WaysOn, by_id: Mapping[str, Table]) -> Multiples:
    known = {one.id for one in measures_of(overview)}
    rows = [
        Multiple(
            one.place.short_name,
            ways.overview(one.place.pk, overview.scope.year),
            [
                *([(Text("需求已答复", "Needs answered"), percent_said(share_answered(one)))] if "needs" in known else []),
                (Text("异议待答复", "Objections open"), f"{one.objections.open} / {one.objections.received}"),
                *([(Text("资金还剩", "Money left"), _left(one))] if "money" in known or one.purse else []),
            ],
            [
                *([Bar(Text("需求", "Needs"), one.asked.total)] if "needs" in known else []),
                Bar(Text("项目", "Projects"), one.opened),
                Bar(Text("已办成", "Carried through"), one.done),
            ],
        )
        for one in overview.parts
        if _speaks(one)
    ]
    title = Text("各地一览", "Side by side")
    return Multiples(title, rows, Text("所有条形用同一把尺", "all bars on one scale"), by_id.get("places"))


def _speaks(one: PlaceFigures) -> bool:
    """Nothing recorded is not the same as nought everywhere."""
    return bool(one.asked.total or one.ways or one.purse or one.objections.received)


def _left(one: PlaceFigures) -> Words:
    if one.purse is None:
        return Text("还没有公布", "not published yet")
    return in_words(one.purse.left_fen)
