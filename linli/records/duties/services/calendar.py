"""Turning the packs' obligations into duties."""

from collections.abc import Callable, Container
from datetime import date, datetime

from django.db import transaction

from linli.records.duties import events
from linli.records.duties.falling_due import FallingDue, falling_due
from linli.records.duties.models import Duty
from linli.records.duties.services.duties import open_duty
from linli.records.places.models import Place
from linli.records.places.selectors import at_level, beneath, descendants, standing
from linli.records.rulebook.selectors import paused, rules_at, running
from linli.records.trail.services import record
from linli.rules.plain.days import Period, day_in_china
from linli.rules.plain.subjects import Subject, place_year
from linli.rules.policy.models import Obligation
from linli.rules.policy.rules import Rules

OBLIGATION = "obligation"
AFTER = "after"


@transaction.atomic
def plan_obligations(
    *,
    place: Place,
    year: int,
    rules: Rules,
    at: datetime,
    owing: Container[str] | None = None,
    due_from: date | None = None,
) -> list[Duty]:
    """Open the duties that a year's calendar lays on offices for this very place; the new ones.

    With `owing` only those owed at these places (by code), with `due_from` only those not over before that day.

    Planning again opens nothing twice, gives open duties the days that have been set meanwhile, and leaves settled ones
    alone. Each duty is about the `place_year` the obligation speaks of (last, this or next year).
    """
    known: dict[str, date | None] = {}
    opened = [
        duty
        for due in falling_due(rules, place.level, year, day_in_china(at))
        if (due_from is None or (due.due_on or due.ends_on) >= due_from) and _called_for(due, place, known)
        for office in due.obligation.by
        if (duty := _open(due, office, place, at, owing)) is not None
    ]
    if opened:
        event = events.CalendarPlanned(year=year, rules=rules.version, duties=len(opened))
        record(event, stream=place.code, subject=place_year(place.code, year), by="system", at=at)
    return opened


def _called_for(due: FallingDue, place: Place, known: dict[str, date | None]) -> bool:
    """An obligation that lasts while a matter runs is owed only where one runs, at the place or beneath it, and for no time
    that was over before the first of them came so far."""
    obligation = due.obligation
    if not obligation.while_procedure:
        return True
    if obligation.id not in known:
        known[obligation.id] = _runs_since(obligation, place)
    since = known[obligation.id]
    return since is not None and since <= (due.due_on or due.ends_on)


def _runs_since(obligation: Obligation, place: Place) -> date | None:
    found = running("case", obligation.while_procedure).filter(beneath(place, "place"))
    if obligation.while_stages:
        found = found.filter(stage__in=obligation.while_stages)
    wanted = set(obligation.while_stages)
    days = [
        date.fromisoformat(kept["on"])
        for frozen in found.exclude(paused()).values_list("frozen", flat=True)
        for stage, kept in frozen.items()
        if not wanted or stage in wanted
    ]
    return min(days, default=None)


def _open(due: FallingDue, office: str, place: Place, at: datetime, among: Container[str] | None = None) -> Duty | None:
    """The duty, if it is new. A place above that does not exist here, or is not among those asked for, owes nothing."""
    owing = at_level(place, office.partition(".")[0])
    if owing is None or (among is not None and owing.pk not in among):
        return None
    subject = place_year(place.code, due.about_year)
    known = Duty.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, source=OBLIGATION, source_key=due.key, place=owing, office=office
    )
    before = known.order_by("pk").last()
    if before is not None and before.done_at is not None and before.outcome != "paused":
        return None
    duty = open_duty(
        office=office,
        place=owing,
        subject=subject,
        title=due.obligation.title,
        clause=due.obligation.clause,
        due_on=due.due_on,
        source=OBLIGATION,
        key=due.key,
        at=at,
        cadence=due.cadence,
        begins_on=due.begins_on,
        unset=due.unset,
        done_by=discharged_by(due.obligation),
    )
    return duty if before is None else None


def discharged_by(obligation: Obligation) -> tuple[str, str]:
    """(kind, id) of what discharges it; ("", "") when a person just says so. A score is that of the very card it names."""
    if obligation.scorecard and obligation.done_by_evidence:
        return "scorecard", obligation.scorecard
    for kind in ("evidence", "form", "procedure"):
        named = getattr(obligation, f"done_by_{kind}")
        if named:
            return kind, named
    if obligation.done_by_register:
        column, holds = obligation.done_by_entry
        return "register", f"{obligation.done_by_register}:{column}={holds}" if column else obligation.done_by_register
    return "", ""


def plan_beneath(*, place: Place, year: int, at: datetime, rules_of: Callable[[Place], Rules] = rules_at) -> int:
    """Plan the year for a place and every place in it that exists then; how many duties are new."""
    inside = descendants(place).filter(standing(date(year, 12, 31)), level__in=("district", "subdistrict", "community"))
    return sum(len(plan_obligations(place=each, year=year, rules=rules_of(each), at=at)) for each in (place, *inside))


@transaction.atomic
def act_taken(*, procedure: str, act: str, place: Place, subject: Subject, on: date, rules: Rules, at: datetime) -> list[Duty]:
    """Open the duties that follow an act. `on` is the day of the act, from which a length is counted."""
    return [
        duty
        for obligation in rules.obligations(on).values()
        if obligation.after == (procedure, act)
        for office in obligation.by
        if (duty := _follow(obligation, office, place, subject, on, rules, at)) is not None
    ]


def _follow(
    obligation: Obligation, office: str, place: Place, subject: Subject, on: date, rules: Rules, at: datetime
) -> Duty | None:
    owing = at_level(place, office.partition(".")[0])
    if owing is None:
        return None
    length = rules.read(obligation.within, on=on).value if obligation.within else None
    return open_duty(
        office=office,
        place=owing,
        subject=subject,
        title=obligation.title,
        clause=obligation.clause,
        due_on=rules.calendar.after(on, length) if isinstance(length, Period) else None,
        source=AFTER,
        key=f"{obligation.id}:{on.isoformat()}",
        at=at,
        unset="" if isinstance(length, Period) else obligation.within,
        done_by=discharged_by(obligation),
    )
