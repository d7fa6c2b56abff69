"""Readings that hang on the year of a place: coverage, budgets."""

from collections.abc import Iterator
from datetime import date

from linli.records.cases.models import Case
from linli.records.evidence import selectors as evidence
from linli.records.needs.selectors import coverage_facts
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.rules.gates.model import Facts
from linli.rules.plain.subjects import place_year
from linli.rules.policy.models import Check, Of, Procedure

_YEARS = {"last": -1, "this": 0, "next": 1}
COVERAGE = "coverage"


def place_years(case: Case, procedure: Procedure, on: date) -> dict[str, dict[str, Facts]]:
    """`here/this` -> slot -> facts, for every place and year the procedure's checks speak of."""
    found: dict[str, dict[str, Facts]] = {}
    for of, slots in _asked(procedure).items():
        place = at_level(case.place, of.level) if of.level else case.place
        if place is not None:
            found[f"{of.level or 'here'}/{of.year}"] = _facts(place, case.year + _YEARS[of.year], slots, on)
    return found


def _facts(place: Place, year: int, slots: set[str], on: date) -> dict[str, Facts]:
    facts: dict[str, Facts] = {slot: piece.facts for slot, piece in evidence.pieces(place_year(place.pk, year)).items()}
    if COVERAGE in slots:
        facts[COVERAGE] = coverage_facts(place, year, on)
    return facts


def _asked(procedure: Procedure) -> dict[Of, set[str]]:
    asked: dict[Of, set[str]] = {}
    for act in procedure.acts.values():
        for check in act.checks:
            for of, name in _of(check):
                asked.setdefault(of, set()).add(name)
    return asked


def _of(check: Check) -> Iterator[tuple[Of, str]]:
    if check.of is not None:
        yield check.of, check.name
    for part in (*check.when, *check.any_of):
        yield from _of(part)
