"""A form of the round written from what is known: the ranking with its reasons, the results of the parts.

A pack's form is recognised by the columns of its lines; whoever keeps it checks what was drafted and may change it.
"""

from dataclasses import dataclass
from fractions import Fraction

from linli.records.cases.models import Case
from linli.records.rounds.next_places import results_by_part
from linli.records.rounds.selectors import latest_ranking
from linli.records.rulebook.selectors import standing
from linli.rules.policy.models import Form
from linli.rules.policy.tallying import plain

RANKING = ("unit", "score", "rank", "chosen", "reason")
PARTS = ("town", "result", "change", "reason")
Row = dict[str, object]


@dataclass(frozen=True)
class LineForm:
    """A form that acts of the present state fill in, with lines that can be drafted."""

    form: Form
    field: str
    rows: list[Row]


def draft_forms(round: Case) -> list[LineForm]:
    """Forms to be filled in now whose lines are known."""
    now = standing(round.subject)
    wanted = [form for act in now.procedure.acts.values() if now.passage.state in act.from_states for form in act.fills]
    found = []
    for name in dict.fromkeys(wanted):
        form = now.rules.form(name, now.rules_on)
        for field in form.fields.values():
            rows = _rows(round, tuple(key for key, _, _ in field.columns))
            if rows:
                found.append(LineForm(form, field.key, rows))
    return found


def _rows(round: Case, columns: tuple[str, ...]) -> list[Row]:
    if columns == RANKING:
        return _ranking(round)
    return _parts(round) if columns == PARTS else []


def _ranking(round: Case) -> list[Row]:
    ranking = latest_ranking(round)
    return [
        {
            "unit": f"{row.case.place.short_name} {row.case.title}",
            "score": _short(Fraction(row.score)),
            "rank": str(row.rank),
            "chosen": row.outcome == "chosen",
            "reason": row.reason_zh,
        }
        for row in (ranking.rows.all() if ranking else ())
    ]


def _short(score: Fraction) -> str:
    """A form takes a written number; the exact one stays in the ranking."""
    exact = plain(score)
    return exact if "/" not in exact else f"{float(score):.2f}"


def _parts(round: Case) -> list[Row]:
    return [
        {
            "town": part.place.short_name,
            "result": part.grade_title.zh if part.grade_title else "未评定",
            "change": part.change_title.zh if part.change_title else "未定",
            "reason": part.reason.zh,
        }
        for part in results_by_part(round)
    ]
