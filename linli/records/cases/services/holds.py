"""Stopping a case, and answering: the one who must answer has it on the desk with its last day, those to be told hear of it."""

from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.telling import tell_office
from linli.records.duties import services as duties
from linli.records.people.models import Person
from linli.records.places.selectors import at_level
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.models import Hold
from linli.records.rulebook.roles import spelled
from linli.records.rulebook.selectors import standing
from linli.rules.plain.days import Period, day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import HoldKind
from linli.rules.policy.rules import Rules

STOPPED = "stopped"


@transaction.atomic
def place_case_hold(*, case: Case, kind: str, by: Person, at: datetime, reason: str) -> Hold:
    """As `rulebook.place_hold`. An answer is owed within the length the pack names, counted from the day after the stop."""
    hold = rulebook.place_hold(subject=case.subject, kind=kind, by=by, at=at, reason=reason)
    rules = standing(case.subject).rules
    rule = rules.hold(kind, day_in_china(at))
    for office in _spelt(rule.answered_by, case):
        _ask(case, hold, rule, rules, office, at)
    said = Text(f"{case.code} {case.title}：{rule.title.zh}", f"{case.code} {case.title}: {rule.title.en}")
    for office in _spelt(rule.tells, case):
        tell_office(case, office, act=STOPPED, step=hold.pk, said=said, at=at)
    return hold


@transaction.atomic
def answer_case_hold(*, case: Case, hold: Hold, by: Person, at: datetime, answer: str) -> Hold:
    """As `rulebook.answer_hold`; what was owed is settled."""
    hold = rulebook.answer_hold(hold=hold, by=by, at=at, answer=answer)
    duties.settle_duty(subject=case.subject, source=STOPPED, key=str(hold.pk), by=by, at=at)
    return hold


def no_answers_owed(case: Case, by: Person | None, at: datetime) -> None:
    """A case that has ended awaits no answer any more."""
    assert case.passage is not None
    for hold in case.passage.holds.filter(answered_at__isnull=True, released_at__isnull=True):
        duties.settle_duty(subject=case.subject, source=STOPPED, key=str(hold.pk), by=by, at=at, outcome="lapsed")


def _ask(case: Case, hold: Hold, rule: HoldKind, rules: Rules, office: str, at: datetime) -> None:
    place, on = at_level(case.place, office.partition(".")[0]), day_in_china(at)
    if place is None:
        return
    length = rules.read(rule.answer_within, on=on).value if rule.answer_within else None
    known = isinstance(length, Period)
    duties.open_duty(
        office=office,
        place=place,
        subject=case.subject,
        title=Text(f"答复：{rule.title.zh}", f"Answer: {rule.title.en}"),
        clause=rule.clause,
        due_on=rules.calendar.after(on, length) if isinstance(length, Period) else None,
        source=STOPPED,
        key=str(hold.pk),
        at=at,
        unset="" if known else rule.answer_within,
    )


def _spelt(offices: tuple[str, ...], case: Case) -> list[str]:
    return [spelt for office in offices for spelt in spelled(office, case.place.level)]
