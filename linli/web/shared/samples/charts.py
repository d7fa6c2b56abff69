"""Pictures for the page of pieces; every number is made up."""

from fractions import Fraction
from functools import cached_property

from linli.rules.plain.texts import Text
from linli.web.shared.charts import Bar, Bars, Months, Multiple, Multiples, Spread, Spreads, Tile, TileGroup, TileMap


class OfCharts:
    """Every picture once."""

    @cached_property
    def bars(self) -> Bars:
        rows = [
            Bar(Text("提出", "Opened"), 40, 40),
            Bar(Text("实施", "Carried out"), 22, 40, "#charts"),
            Bar(Text("已归档", "Filed"), 9, 40),
        ]
        return Bars(Text("走到哪一步", "How far they have come"), rows, whole=40)

    @cached_property
    def spreads(self) -> Spreads:
        rows = [
            Spread(Text("评议", "Evaluation"), 14, 3, Fraction(8), Fraction(25, 2), Fraction(20), 46),
            Spread(Text("实施", "The work"), 0),
        ]
        return Spreads(Text("各阶段用了几天", "Days per stage"), rows)

    @cached_property
    def months(self) -> Months:
        return Months(Text("按月", "By month"), (3, 0, 12, 30, 8, 4, 2, 0, 0, 0, 0, 0), until=8)

    @cached_property
    def multiples(self) -> Multiples:
        figures = [(Text("需求已答复", "Needs answered"), "80%")]
        rows = [
            Multiple(name, "#charts", figures, [Bar(Text("需求", "Needs"), many)])
            for name, many in (("甲社区", 40), ("乙社区", 9))
        ]
        return Multiples(Text("各地一览", "Side by side"), rows)

    @cached_property
    def tiles(self) -> TileMap:
        tiles = [Tile(f"{name}社区", f"{shade * 10}", shade, "#charts") for shade, name in enumerate("甲乙丙丁戊")]
        return TileMap(Text("需求", "Needs"), [TileGroup("演示街道", "#charts", tiles)])
