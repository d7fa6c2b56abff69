"""What a list of things to be done again and again asks of a place, and what its log says was done, phase by phase.

A pack joins two registers by `carries_out`: each row of the log says which item of the other was done, in which phase, on
which day. When an item is due says its own row, by an entry that is a word of the calendar (month, quarter, half_year, year).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from linli.records.duties.falling_due import spans
from linli.records.places.models import Place
from linli.records.registers.book import Keeping, book, keeping_for
from linli.records.registers.models import Row
from linli.records.registers.selectors.rows import in_force, rows_of
from linli.rules.gates.model import Facts
from linli.rules.policy.models import Field

_CADENCES = ("month", "quarter", "half_year", "year")


@dataclass(frozen=True)
class Item:
    """One item in one phase: `state` is done, due (until `due_on`), overdue, or open where no rhythm says when.

    `done` is the latest row of the log in the present span; `last` the latest of any time. `missed` the spans of this year
    that passed without one.
    """

    row: Row
    phase: str
    state: str
    due_on: date | None = None
    done: Row | None = None
    last: Row | None = None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """A log with the list it carries out, at one place on one day."""

    log: Keeping
    of: Keeping
    phase_field: Field | None
    items: Sequence[Item] = field(default_factory=tuple)

    @property
    def listed(self) -> set[int]:
        """The rows of the list itself: what counts there. An item with several phases is still one."""
        return {item.row.pk for item in self.items}

    @property
    def overdue(self) -> int:
        return sum(item.state == "overdue" for item in self.items)

    @property
    def done(self) -> int:
        return sum(item.state == "done" for item in self.items)


def carrying_out(place: Place, on: date) -> list[Round]:
    """Every such pair of lists of a place, its items in the order of the list's own classes (finance first)."""
    found = []
    for log in book(place, on).values():
        of = keeping_for(place, log.register.carries_out, log.rules, on) if log.register.carries_out else None
        if of is not None:
            found.append(_round(log, of, on))
    return found


def disclosures(place: Place, on: date, *, limit: int = 50) -> list[tuple[Keeping, Row]]:
    """What a place has carried out of such lists, the newest first: for feeds and pages."""
    logs = {id: kept for id, kept in book(place, on).items() if kept.register.carries_out and kept.register.public == "public"}
    rows = Row.objects.filter(place=place, register__in=logs).filter(in_force(on)).select_related("place").order_by("-id")
    return [(logs[row.register], row) for row in rows[:limit]]


def _round(log: Keeping, of: Keeping, on: date) -> Round:
    phase = _phase_field(log, of)
    wanted = list(rows_of(of.place, of.register.id).filter(in_force(on)))
    logged = _logged(log, of, on, phase)
    items = [item for row in _ordered(wanted, of) for item in _items(row, of, log, phase, logged, on)]
    return Round(log, of, phase, tuple(items))


def _phase_field(log: Keeping, of: Keeping) -> Field | None:
    """The column of the log that names one of the phases an item of the list has."""
    many = {each.catalogue for each in of.form.fields.values() if each.type == "choices"}
    return next((each for each in log.form.fields.values() if each.type == "choice" and each.catalogue in many), None)


def _ordered(rows: Iterable[Row], of: Keeping) -> list[Row]:
    first = next((each for each in of.form.fields.values() if each.type == "choice"), None)
    entries = list(of.catalogues[first.catalogue].entries) if first and first.catalogue in of.catalogues else []
    rank = {code: number for number, code in enumerate(entries)}
    return sorted(rows, key=lambda row: (rank.get(str(row.data.get(first.key)), len(rank)) if first else 0, row.pk))


def _logged(log: Keeping, of: Keeping, on: date, phase: Field | None) -> dict[tuple[str, str], list[tuple[date, Row]]]:
    found: dict[tuple[str, str], list[tuple[date, Row]]] = {}
    item = of.register.key
    for row in Row.objects.filter(Q(struck_on__isnull=True), place=log.place, register=log.register.id).order_by("id"):
        said = str(row.data.get(phase.key, "")) if phase else ""
        found.setdefault((str(row.data.get(item, "")), said), []).append((_day(row, log), row))
    return {key: sorted((each for each in rows if each[0] <= on), key=lambda each: each[0]) for key, rows in found.items()}


def _day(row: Row, log: Keeping) -> date:
    for each in log.form.fields.values():
        if each.type == "date" and row.data.get(each.key):
            return date.fromisoformat(str(row.data[each.key]))
    return row.since


def _items(
    row: Row, of: Keeping, log: Keeping, phase: Field | None, logged: dict[tuple[str, str], list[tuple[date, Row]]], on: date
) -> list[Item]:
    return [_item(row, each, _cadence(row.data, of), logged.get((row.key, each), []), on) for each in _phases(row, of, phase)]


def _phases(row: Row, of: Keeping, phase: Field | None) -> list[str]:
    theirs = next((each for each in of.form.fields.values() if phase and each.catalogue == phase.catalogue), None)
    value = row.data.get(theirs.key) if theirs else None
    return [str(each) for each in value] if isinstance(value, list) and value else [""]


def _cadence(data: Facts, of: Keeping) -> str:
    said = [str(data.get(each.key)) for each in of.form.fields.values() if each.type == "choice"]
    return next((each for each in said if each in _CADENCES), "")


def _item(row: Row, phase: str, cadence: str, logged: list[tuple[date, Row]], on: date) -> Item:
    last = logged[-1][1] if logged else None
    if not cadence:
        return Item(row, phase, "done" if last else "open", done=last, last=last)
    passed = [span for span in spans(cadence, on.year) if span.last < on and span.last >= row.since]
    now = next(span for span in spans(cadence, on.year) if span.first <= on <= span.last)
    missed = tuple(span.name for span in passed if not any(span.first <= day <= span.last for day, _ in logged))
    done = next((each for day, each in reversed(logged) if now.first <= day <= now.last), None)
    state = "done" if done else "overdue" if missed else "due"
    return Item(row, phase, state, now.last, done, last, missed)
