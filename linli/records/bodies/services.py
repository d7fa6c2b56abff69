"""Forming bodies, filling their seats, opening terms."""

from datetime import date, datetime

from django.db import transaction

from linli.records.bodies import events
from linli.records.bodies.models import Body, Charter, Seat, Term
from linli.records.bodies.permissions import KEEP_BODIES
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china, day_words, require_in_order
from linli.rules.plain.refusals import Invalid, Refused, require_fields
from linli.rules.plain.texts import Text
from linli.rules.policy.models import BodyKind


@transaction.atomic
def form_body(
    *,
    place: Place,
    kind: str,
    name: str,
    since: date,
    by: Person,
    at: datetime,
    document: str = "",
    term_until: date | None = None,
    rule: BodyKind | None = None,
    demonstration: bool = False,
) -> Body:
    """A body begins on `since` with its first term. `rule` is the pack's kind, when it is known.

    Raises NotAllowed, Refused, Invalid.
    """
    require(by, KEEP_BODIES, place, day_in_china(at))
    name = name.strip()
    if not name:
        need = Text("请写名称。", "Please give it a name.")
        raise Invalid(need, fields={"name": need})
    if rule is not None and rule.at != place.level:
        raise Refused(Text(f"{rule.title.zh}不设在这一级。", f"{rule.title.en}: not at this level."))
    if Body.objects.filter(place=place, kind=kind, name=name, until__isnull=True).exists():
        raise Refused(Text(f"{name}已经成立。", f"{name} exists already."))
    require_in_order(since, term_until)
    body = Body.objects.create(place=place, kind=kind, name=name, since=since, document=document, demonstration=demonstration)
    Term.objects.create(body=body, since=since, until=term_until, document=document)
    done = events.BodyFormed(body=body.ref, kind=kind, name=name, since=since.isoformat(), document=document)
    record(done, stream=place.pk, subject=body.subject, by=by.ref, at=at)
    return body


@transaction.atomic
def open_term(*, body: Body, since: date, by: Person, at: datetime, until: date | None = None, document: str = "") -> Term:
    """A new term (换届): the seats of the old one end the day before. Raises NotAllowed, Refused, Invalid."""
    body = _kept(body, by, at)
    require_in_order(since, until)
    last = Term.objects.filter(body=body).last()
    if last is not None and since <= last.since:
        raise Refused(
            Text(
                f"上一届从{day_words(last.since).zh}开始，新一届要在它之后。",
                f"The last term began on {day_words(last.since).en}; the new one comes after.",
            )
        )
    day_before = date.fromordinal(since.toordinal() - 1)
    for seat in Seat.objects.filter(holding(since), body=body, since__lt=since):
        seat.until = day_before
        seat.save(update_fields=["until"])
    term = Term.objects.create(body=body, since=since, until=until, document=document)
    done = events.TermOpened(body=body.ref, since=since.isoformat(), until=until.isoformat() if until else "", document=document)
    record(done, stream=body.place_id, subject=body.subject, by=by.ref, at=at)
    return term


@transaction.atomic
def seat_person(
    *,
    body: Body,
    person: Person,
    seat: str,
    since: date,
    by: Person,
    at: datetime,
    until: date | None = None,
    chosen_by: str = "",
    document: str = "",
    rule: BodyKind | None = None,
    most: int | None = None,
    relations: frozenset[str] = frozenset(),
) -> Seat:
    """Give a person a seat from `since` to `until` (last day), or to the end of the term.

    `rule` is the pack's kind of body: the seat must be one of its seats, chosen by whom it names, and apart from whom
    it names (`relations` are the person's). `most` is the pack's number of such seats. Raises NotAllowed, Refused, Invalid.
    """
    body = _kept(body, by, at)
    until = until or _end_of_term(body, since)
    require_in_order(since, until)
    if rule is not None:
        _check_rule(rule, seat, chosen_by, relations)
    _check_free(body, person, seat, since, until, most)
    made = Seat.objects.create(
        body=body, person=person, seat=seat, since=since, until=until, chosen_by=chosen_by, document=document
    )
    done = events.SeatTaken(
        body=body.ref, seat=seat, person=person.ref, since=since.isoformat(), chosen_by=chosen_by, document=document
    )
    record(done, stream=body.place_id, subject=body.subject, by=by.ref, at=at)
    return made


@transaction.atomic
def leave_seat(*, seat: Seat, until: date, by: Person, at: datetime, reason: str) -> Seat:
    """`until` is the last day in the seat. Raises NotAllowed, Refused, Invalid."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body__place", "person").get(pk=seat.pk)
    require(by, KEEP_BODIES, seat.body.place, day_in_china(at))
    if seat.until is not None and seat.until <= until:
        last = day_words(seat.until)
        raise Refused(Text(f"席位到{last.zh}为止，已经登记过。", f"The seat already ends on {last.en}."))
    require_in_order(seat.since, until)
    seat.until = until
    seat.save(update_fields=["until"])
    done = events.SeatLeft(body=seat.body.ref, seat=seat.seat, person=seat.person.ref, until=until.isoformat(), reason=reason)
    record(done, stream=seat.body.place_id, subject=seat.body.subject, by=by.ref, at=at)
    return seat


@transaction.atomic
def adopt_charter(*, body: Body, title: str, document: str, since: date, by: Person, at: datetime) -> Charter:
    """The charter the body works by from a day on; the one before ends the day before. Raises NotAllowed, Refused, Invalid."""
    body = _kept(body, by, at)
    need = Text("请填写。", "Please fill this in.")
    require_fields({key: need for key, value in (("title", title), ("document", document)) if not value.strip()})
    last = Charter.objects.filter(body=body).last()
    if last is not None and since <= last.since:
        raise Refused(
            Text(
                f"现行章程从{day_words(last.since).zh}起，新的要在它之后。",
                f"The charter in force began on {day_words(last.since).en}; a new one comes after.",
            )
        )
    Charter.objects.filter(body=body, until__isnull=True).update(until=date.fromordinal(since.toordinal() - 1))
    charter = Charter.objects.create(body=body, title=title, document=document, since=since)
    done = events.CharterAdopted(body=body.ref, title=title, since=since.isoformat(), document=document)
    record(done, stream=body.place_id, subject=body.subject, by=by.ref, at=at)
    return charter


@transaction.atomic
def dissolve_body(*, body: Body, until: date, by: Person, at: datetime, reason: str) -> Body:
    """`until` is the body's last day; its seats end with it. Raises NotAllowed, Refused, Invalid."""
    body = _kept(body, by, at)
    require_in_order(body.since, until)
    for seat in Seat.objects.filter(body=body, since__lte=until).exclude(until__lte=until):
        seat.until = until
        seat.save(update_fields=["until"])
    body.until = until
    body.save(update_fields=["until"])
    done = events.BodyDissolved(body=body.ref, until=until.isoformat(), reason=reason)
    record(done, stream=body.place_id, subject=body.subject, by=by.ref, at=at)
    return body


def _kept(body: Body, by: Person, at: datetime) -> Body:
    """The body, locked, after checking that this person keeps it and that it still exists."""
    body = Body.objects.select_for_update(of=("self",)).select_related("place").get(pk=body.pk)
    today = day_in_china(at)
    require(by, KEEP_BODIES, body.place, today)
    if body.until is not None and body.until < today:
        raise Refused(Text(f"{body.name}已经撤销。", f"{body.name} has been dissolved."))
    return body


def _end_of_term(body: Body, since: date) -> date | None:
    term = Term.objects.filter(body=body, since__lte=since).last()
    return term.until if term else None


def _check_rule(rule: BodyKind, seat: str, chosen_by: str, relations: frozenset[str]) -> None:
    known = rule.seats.get(seat)
    if known is None:
        names = "、".join(each.title.zh for each in rule.seats.values())
        raise Refused(Text(f"没有这种席位，可设：{names}。", f"No such seat; there are: {', '.join(rule.seats)}."))
    choosers = set(known.chosen_by) | ({"drawn"} if known.drawn else set())
    if choosers and chosen_by not in choosers:
        raise Refused(
            Text(f"{known.title.zh}要由规定的一方产生。", f"{known.title.en} must be chosen by {', '.join(sorted(choosers))}.")
        )
    if relations.intersection(known.apart_from):
        raise Refused(
            Text(f"按规定这个人不能任{known.title.zh}。", f"The regulation keeps this person out of the seat {known.title.en}.")
        )


def _check_free(body: Body, person: Person, seat: str, since: date, until: date | None, most: int | None) -> None:
    at_that_time = Seat.objects.filter(body=body).exclude(until__lt=since)
    if until is not None:
        at_that_time = at_that_time.exclude(since__gt=until)
    if at_that_time.filter(person=person).exists():
        raise Refused(Text(f"{person.name}这段时间已有席位。", f"{person.name} has a seat already at that time."))
    if most is not None and at_that_time.filter(seat=seat).count() >= most:
        raise Refused(Text(f"这种席位最多 {most} 个，已经满了。", f"There are {most} such seats at most, and they are taken."))
