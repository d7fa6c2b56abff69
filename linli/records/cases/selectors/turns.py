"""Matters that wait for an office although no day is set: the next step is its, and no duty says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.people.models import OfficeHeld
from linli.records.places.selectors import bounds, is_small, within
from linli.records.prepared import Prepared
from linli.records.rulebook.models import Passage, Signature
from linli.records.rulebook.selectors import acts_awaited, paused, procedures_of, states_awaiting
from linli.rules.policy.models import OPEN, Act

NEWEST = ("-passage__entered_at", "-pk")


@dataclass(frozen=True)
class Turn:
    """A matter, the acts of which one may be taken, and the office that takes it."""

    case: Case
    passage: Passage
    acts: tuple[Act, ...]
    held: OfficeHeld

    @property
    def clauses(self) -> tuple[str, ...]:
        """What the first of the acts rests on in the regulation itself."""
        return tuple(clause for clause in self.acts[0].clause if clause != OPEN)


def turns_at(held: Sequence[OfficeHeld], on: date) -> QuerySet[Case]:
    """Running matters at and beneath the places of these offices that stand where one of them leads on.

    Left out: drafts, what is paused, what an office owes as a duty already, and what it has signed and others have not.
    """
    waits = Q(pk__in=())
    for each in held:
        waits |= Q(pk__in=_waiting(is_small(each.place), *_asked(each, on)).order_by().values("pk"))
    return Case.objects.filter(waits).select_related("place", "passage__place")


def first_turns(held: Sequence[OfficeHeld], on: date, many: int) -> list[Case]:
    """So many of them, those that came last first."""
    if len(held) != 1:
        return list(turns_at(held, on).order_by(*NEWEST)[:many])
    ask = _IN_SMALL if is_small(held[0].place) else _IN_WIDE
    return ask(*_asked(held[0], on))[:many]


def _asked(held: OfficeHeld, on: date) -> tuple[str, str, str, str, list[str], list[str]]:
    awaiting = states_awaiting(_spelt(held), on)
    return *bounds(held.place), _spelt(held), held.place_id, awaiting, sorted({each.partition(".")[2] for each in awaiting})


def _waiting(
    small: bool, path: str, until: str, office: str, place: str, awaiting: Sequence[str], states: Sequence[str]
) -> QuerySet[Case]:
    """`awaiting`: procedure.state, where this office leads on; `states`: the same without their procedures."""
    owed = Duty.objects.filter(
        subject_kind="case", subject_id=OuterRef("key"), office=office, place_id=place, done_at__isnull=True
    )
    signed = Signature.objects.filter(passage=OuterRef("passage"), office=office, at__gte=OuterRef("passage__entered_at"))
    stopped = Passage.objects.filter(paused()).order_by().values("pk")
    standing = Concat("passage__procedure", Value("."), "passage__state", output_field=CharField())
    return (
        _standing(small, path, until, states)
        .filter(passage__ended_at__isnull=True, passage__taken__gt=0)
        .alias(key=Cast("pk", CharField()), stands=standing)
        .filter(~Exists(owed), ~Exists(signed), stands__in=awaiting)
        .exclude(passage__in=stopped)
        .select_related("place", "passage__place")
        .order_by(*NEWEST)
    )


def _standing(small: bool, path: str, until: str, states: Sequence[str]) -> QuerySet[Case]:
    """At a small place few matters lie; in a wide one few stand in these states, and each is looked at for where it lies."""
    if small:
        return Case.objects.filter(within(path, until, "place", small=True))
    there = Passage.objects.filter(subject_kind="case", state__in=states, ended_at__isnull=True).order_by().values("pk")
    found = Case.objects.filter(passage__in=there)
    if connection.vendor == "postgresql":
        return found.filter(within(path, until, "place"))
    return found.alias(lies=Coalesce("place__path", Value(""))).filter(lies__gte=path, lies__lt=until)


_MOST = 50
_IN_SMALL: Prepared[Case] = Prepared(lambda *asked: _waiting(True, *asked)[:_MOST])
_IN_WIDE: Prepared[Case] = Prepared(lambda *asked: _waiting(False, *asked)[:_MOST])


def turns_in(cases: Iterable[Case], held: Sequence[OfficeHeld]) -> list[Turn]:
    """A page of them with what is to be done. A matter whose own roles and edition say otherwise is left out."""
    stood = [(case, case.passage) for case in cases if case.passage is not None]
    procedures = procedures_of(passage for _, passage in stood)
    found: list[Turn] = []
    for case, passage in stood:
        roles = passage.frozen[passage.stage].get("roles", {})
        awaited = list(acts_awaited(procedures[passage.pk], passage.state, roles, case.place.level))
        for each in held:
            acts = tuple(act for act, offices in awaited if _spelt(each) in offices)
            if acts and each.place_id in case.place.ancestor_codes:
                found.append(Turn(case, passage, acts, each))
                break
    return found


def _spelt(held: OfficeHeld) -> str:
    return f"{held.place.level}.{held.office}"
