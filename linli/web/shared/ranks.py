"""A ranking as both doors show it: one card for each candidate that says why."""

from fractions import Fraction

from linli.records.rounds.models import Ranking
from linli.rules.plain.texts import Text
from linli.web.shared.scores import points
from linli.web.shared.shapes import Column, Stamp, Table, Why

OUTCOMES = {
    "chosen": Stamp(Text("入选", "Chosen"), "done"),
    "tied": Stamp(Text("并列待定", "Tied"), "action"),
    "over_quota": Stamp(Text("超出名额", "Over the quota"), "refused"),
    "not_chosen": Stamp(Text("未入选", "Not chosen"), "closed"),
}


def why_cards(ranking: Ranking, clause: str) -> list[Why]:
    return [
        Why(
            title=Text(f"{row.case.place.short_name} {row.case.title}", f"{row.case.place.short_name} {row.case.title}"),
            funded=row.outcome == "chosen",
            reason=Text(row.reason_zh, row.reason_en),
            clause=clause,
            verdict=OUTCOMES[row.outcome].title,
        )
        for row in ranking.rows.all()
    ]


def board_table(ranking: Ranking) -> Table:
    columns = [
        Column(Text("候选", "Candidate")),
        Column(Text("名次", "Rank"), "number"),
        Column(Text("得分", "Score")),
        Column(Text("结果", "Outcome"), "stamp"),
    ]
    rows = [
        [f"{row.case.place.short_name} {row.case.title}", row.rank, points(Fraction(row.score)), OUTCOMES[row.outcome]]
        for row in ranking.rows.all()
    ]
    return Table(Text("排序", "Ranking"), columns, rows, hide_caption=True)
