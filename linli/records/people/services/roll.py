"""Coming onto a community's roll: from paper at the counter, or by asking after signing in with a phone.

The roll decides who may sign, appraise, ask and order as a resident, so nobody puts themselves on it: the community does,
after it has compared.
"""

from datetime import date, datetime

from django.db import transaction

from linli.records.people import events, limits
from linli.records.people.access import require
from linli.records.people.models import Household, Person, Residency, RollRequest
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.phones import phone_index, plain_phone
from linli.records.people.selectors.offices import holding, on_roll
from linli.records.people.services.households import enter_roll
from linli.records.people.services.residents import NEWCOMER, register_person
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused, require_fields
from linli.rules.plain.texts import Text, one_line

_NAME = Text("请写姓名。", "Please give a name.")
_WHERE = Text("请写住在哪里，如“3 栋 1201”。", "Say where you live, such as “building 3, 1201”.")


@transaction.atomic
def enter_resident(
    *,
    name: str,
    place: Place,
    since: date,
    by: Person,
    at: datetime,
    phone: str = "",
    household: Household | None = None,
    another: bool = False,
) -> Residency:
    """Put somebody on the roll from a paper. Whoever signed in with this phone already is that person; there are never two.

    `another`: the office has made sure that somebody of the same name on the roll is somebody else. Raises NotAllowed, Invalid,
    Refused (a namesake is on the roll; the phone is another person's).
    """
    require(by, KEEP_ROLL, place, day_in_china(at))
    name = name.strip()
    if not name:
        raise Invalid(_NAME, fields={"name": _NAME})
    person = _who_proved(phone, name)
    if person is None:
        _check_namesakes(name, place, at, another=another)
        person = register_person(name=name, kind="resident", by=by, at=at, home=place, phone=phone)
    else:
        _call(person, name, place, by, at)
    return enter_roll(person=person, place=place, since=since, household=household, by=by, at=at)


@transaction.atomic
def ask_for_roll(*, place: Place, name: str, where: str, by: Person, at: datetime) -> RollRequest:
    """The signed-in resident asks the community where they live. An earlier request elsewhere is withdrawn by it.

    Raises Refused (on the roll already, asked already), Invalid (name or address missing).
    """
    by = Person.objects.select_for_update().get(pk=by.pk)
    if place.level != "community":
        raise Refused(Text("名册和户只记在社区。请先选您住的社区。", "Rolls are kept by communities. Choose yours first."))
    if on_roll(by, place, day_in_china(at)):
        raise Refused(Text("您已经在这个社区的名册上。", "You are on this community's roll already."))
    waiting = RollRequest.objects.filter(person=by, outcome="").first()
    if waiting is not None and waiting.place_id == place.pk:
        raise Refused(Text("您已经申请过，社区正在核对。", "You have asked already; the community is comparing."))
    name = name.strip() if by.name == NEWCOMER else by.name
    require_fields(({} if name else {"name": _NAME}) | ({} if where.strip() else {"where": _WHERE}))
    if waiting is not None:
        withdraw_roll_request(request=waiting, by=by, at=at)
    by.name, by.home = name, place
    by.save(update_fields=["name", "home"])
    request = RollRequest.objects.create(person=by, place=place, where=where.strip()[:200], asked_at=at)
    done = events.RollAsked(person=by.ref, place=place.pk, name=name)
    record(done, stream=place.pk, subject=by.subject, by=by.ref, at=at)
    return request


@transaction.atomic
def read_roll_request(*, request: RollRequest, reason: str, by: Person, at: datetime) -> tuple[str, str]:
    """Where the resident says to live, and the phone; who read it and why is sealed. Raises NotAllowed, Invalid, Refused."""
    request = _waiting(request, by, at)
    reason = one_line(reason)
    if not limits.REASON_CHARACTERS <= len(reason) <= 300:
        need = Text("请用一句话写明为什么要看，不要写姓名。", "Say in a sentence why, without names.")
        raise Invalid(need, fields={"reason": need})
    done = events.RollRequestRead(person=request.person.ref, reason=reason)
    record(done, stream=request.place_id, subject=request.person.subject, by=by.ref, at=at)
    return request.where.open(), request.person.phone.open()


@transaction.atomic
def enter_from_request(
    *, request: RollRequest, since: date, by: Person, at: datetime, household: Household | None = None
) -> Residency:
    """Compared and found right: onto the roll. Raises NotAllowed, Refused."""
    request = _waiting(request, by, at)
    made = enter_roll(person=request.person, place=request.place, since=since, household=household, by=by, at=at)
    _settle(request, "entered", at)
    return made


@transaction.atomic
def turn_away(*, request: RollRequest, reason: str, by: Person, at: datetime) -> RollRequest:
    """Not entered; the resident reads the reason and may ask anew. Raises NotAllowed, Refused, Invalid."""
    request = _waiting(request, by, at)
    reason = one_line(reason)
    if not reason or len(reason) > 300:
        need = Text(
            "请写明为什么、怎样就可以，本人会看到。不要写别人的姓名。",
            "Say why, and what would help; the resident reads it. Name nobody else.",
        )
        raise Invalid(need, fields={"reason": need})
    _settle(request, "turned_away", at, reason)
    done = events.RollTurnedAway(person=request.person.ref, place=request.place_id, reason=reason)
    record(done, stream=request.place_id, subject=request.person.subject, by=by.ref, at=at)
    return request


@transaction.atomic
def withdraw_roll_request(*, request: RollRequest, by: Person, at: datetime) -> RollRequest:
    """The resident takes it back. Raises NotAllowed, Refused (settled already)."""
    request = _locked(request)
    if request.person_id != by.pk:
        raise NotAllowed(Text("申请只能由本人撤回。", "Only who asked can take it back."))
    _settle(request, "withdrawn", at)
    done = events.RollRequestWithdrawn(person=by.ref, place=request.place_id)
    record(done, stream=request.place_id, subject=by.subject, by=by.ref, at=at)
    return request


def _who_proved(phone: str, name: str) -> Person | None:
    """The resident who signed in with this phone. Raises Refused where that is somebody of another name."""
    index = phone_index(plain_phone(phone)) if phone else ""
    if not index:
        return None
    found = Person.objects.select_for_update().filter(phone_index=index, phone_proved_at__isnull=False, kind="resident")
    person = found.filter(erased_at__isnull=True).first()
    if person is not None and person.name not in (NEWCOMER, name):
        raise Refused(
            Text(
                "这个手机号已有另一个姓名的居民在用。请核对姓名和号码；号码不确定的，先不填。",
                "A resident of another name signs in with this phone. Check both; leave the number empty when unsure.",
            )
        )
    return person


def _call(person: Person, name: str, place: Place, by: Person, at: datetime) -> None:
    """Somebody who came by phone without a name gets the one on the paper."""
    if person.name != name or person.home_id is None:
        person.name, person.home = name, person.home or place
        person.save(update_fields=["name", "home"])
        done = events.PersonRegistered(person=person.ref, kind=person.kind, name=name)
        record(done, stream=place.pk, subject=person.subject, by=by.ref, at=at)
    waiting = RollRequest.objects.filter(person=person, place=place, outcome="").first()
    if waiting is not None:
        _settle(waiting, "entered", at)


def _check_namesakes(name: str, place: Place, at: datetime, *, another: bool) -> None:
    there = Residency.objects.filter(holding(day_in_china(at)), place=place, person__name=name)
    if not another and there.exists():
        raise Refused(
            Text(
                f"名册上已有一位{name}。是同一个人就不用再登；核对过确是另一位，选“确是另一位”再登记。",
                f"{name} is on the roll already. If it is the same person, nothing is to be done; if you have made sure that "
                "it is somebody else, say so and send again.",
            )
        )


def _waiting(request: RollRequest, by: Person, at: datetime) -> RollRequest:
    """The request, locked, for whoever keeps that roll. Raises NotAllowed, Refused (settled already)."""
    require(by, KEEP_ROLL, request.place, day_in_china(at))
    return _locked(request)


def _locked(request: RollRequest) -> RollRequest:
    found = RollRequest.objects.select_for_update(of=("self",)).select_related("person", "place").get(pk=request.pk)
    if found.outcome:
        raise Refused(Text("这条申请已经办过了。", "This request is settled already."))
    return found


def _settle(request: RollRequest, outcome: str, at: datetime, reason: str = "") -> None:
    request.outcome, request.reason, request.settled_at = outcome, reason, at
    request.where = ""
    request.save(update_fields=["outcome", "reason", "settled_at", "where"])
