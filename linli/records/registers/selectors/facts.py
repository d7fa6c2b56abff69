"""What a gate reads from lists: the rows it asks for by key, the totals of the place, the ledger about one matter."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from linli.records.places.models import Place
from linli.records.registers.book import Keeping, keeping_for
from linli.records.registers.models import Row
from linli.records.registers.selectors.rows import in_force, rows_about
from linli.records.registers.selectors.totals import Totals, totals
from linli.rules.gates.model import Facts
from linli.rules.plain.subjects import Subject
from linli.rules.policy.rules import Rules

# register -> the keys asked for and the columns looked at
Asked = Mapping[str, tuple[frozenset[str], frozenset[str]]]


def register_facts(place: Place, rules: Rules, asked: Asked, on: date) -> dict[str, dict[str, Facts]]:
    """Register -> key -> the columns asked for, of rows in force at the nearest place upward; one query for all of them."""
    known = {id: kept for id in asked if (kept := keeping_for(place, id, rules, on)) is not None}
    found: dict[str, dict[str, Facts]] = {id: {} for id in asked}
    wanted = Q(pk__in=[])
    for id, kept in known.items():
        wanted |= Q(place=kept.place, register=id, key__in=asked[id][0])
    for row in Row.objects.filter(wanted).filter(in_force(on)):
        columns = asked[row.register][1]
        found[row.register][row.key] = {key: value for key, value in row.data.items() if key in columns}
    return found


def total_facts(place: Place, rules: Rules, registers: Iterable[str], on: date) -> dict[str, Facts]:
    """Register -> rows, removed, unanswered, overdue, at the nearest place upward that keeps it."""
    found: dict[str, Facts] = {}
    kept: dict[str, list[Keeping]] = {}
    for id in registers:
        one = keeping_for(place, id, rules, on)
        if one is not None:
            kept.setdefault(one.place.pk, []).append(one)
    for each in kept.values():
        counted = totals(each[0].place, on, [one.register.id for one in each])
        for one in each:
            sums = counted.get(one.register.id, Totals())
            found[one.register.id] = {
                "rows": sums.rows,
                "removed": sums.removed,
                "unanswered": sums.unanswered,
                "overdue": sums.overdue,
            }
    return found


def ledger_facts(about: Subject, on: date) -> dict[str, int]:
    """Rows of ledgers about one matter: how many, how many unanswered, how many late; zeros where there is none."""
    rows = [row for row in rows_about(about).exclude(owes="") if row.struck_on is None]
    waiting = [row for row in rows if row.waits]
    return {"rows": len(rows), "unanswered": len(waiting), "overdue": sum(row.late_on(on) for row in waiting)}
