"""Questions about bodies: who sits there, and the facts a gate reads."""

from datetime import date
from typing import Protocol

from django.db.models import QuerySet

from linli.records.bodies.models import Body, Seat, Term
from linli.records.people.selectors import holding
from linli.rules.gates.model import Plain
from linli.rules.plain.days import Calendar, Period
from linli.rules.policy.models import BodyKind
from linli.rules.policy.reading import Reading


class RulesOfTheDay(Protocol):
    """The part of a place's rules that bodies need."""

    @property
    def calendar(self) -> Calendar: ...
    def read(self, parameter: str, *, on: date, key: str = "") -> Reading: ...


def seats_on(body: Body, on: date) -> QuerySet[Seat]:
    """Who sits in which seat on a day."""
    return Seat.objects.filter(holding(on), body=body).select_related("person").defer("person__phone")


def term_on(body: Body, on: date) -> Term | None:
    """The latest term that has begun by a day, ended or not."""
    return Term.objects.filter(body=body, since__lte=on).last()


def facts_of(body: Body, on: date, *, kind: BodyKind | None = None, rules: RulesOfTheDay | None = None) -> dict[str, Plain]:
    """What gates read of a body: formed, members, seats_filled, composition_met, term_ended, charter_in_force.

    `kind` is the pack's description of such a body, `rules` reads its numbers. A fact that nobody can know, because
    the place has not set the number it rests on, is left out: gates then say so.
    """
    seated = list(seats_on(body, on))
    facts: dict[str, Plain] = {
        "formed": body.since <= on and (body.until is None or body.until >= on),
        "members": len({seat.person_id for seat in seated}),
        "seats_filled": len(seated),
        "composition_met": _composition(seated, kind, rules, on),
        "term_ended": _term_ended(body, kind, rules, on),
        "charter_in_force": body.charters.filter(holding(on)).exists(),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _composition(seated: list[Seat], kind: BodyKind | None, rules: RulesOfTheDay | None, on: date) -> bool | None:
    """Every seat that the regulation lists is held, and within its bounds; None while a bound is unset."""
    if kind is None or not kind.seats:
        return bool(seated)
    bounds_known, met = True, True
    for seat in kind.seats.values():
        held = sum(1 for row in seated if row.seat == seat.key)
        least, most = _bound(seat.min, rules, on), _bound(seat.max, rules, on)
        bounds_known = bounds_known and (not seat.min or least is not None) and (not seat.max or most is not None)
        met = met and held >= (1 if least is None else least) and (most is None or held <= most)
    # An empty seat is a shortfall whatever the bounds will be.
    return met if bounds_known or not met else None


def _bound(parameter: str, rules: RulesOfTheDay | None, on: date) -> int | None:
    if not parameter or rules is None:
        return None
    value = rules.read(parameter, on=on).value
    return value if isinstance(value, int) else None


def _term_ended(body: Body, kind: BodyKind | None, rules: RulesOfTheDay | None, on: date) -> bool | None:
    """None while neither the term's own last day nor the pack's length of term is known."""
    term = term_on(body, on)
    if term is not None and term.until is not None:
        return on > term.until
    if kind is None or not kind.term:
        return False
    length = rules.read(kind.term, on=on).value if rules is not None else None
    if not isinstance(length, Period) or rules is None:
        return None
    return on > rules.calendar.after(term.since if term else body.since, length)
