"""Forgetting a person: the values go, the sealed chain stays whole."""

from datetime import datetime

from django.db import transaction

from linli.records.people import events
from linli.records.people.access import may
from linli.records.people.models import (
    Account,
    Household,
    HouseholdCode,
    Interest,
    OfficeHeld,
    OutboxMessage,
    Person,
    PhoneCode,
    PhoneGate,
    PriorityHousehold,
    Residency,
    RollRequest,
)
from linli.records.people.permissions import ERASE_PERSON
from linli.records.people.selectors.offices import holding
from linli.records.people.services.residents import NOWHERE
from linli.records.places.models import Place
from linli.records.trail.services import erase_openings, record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text

ERASED_NAME = "（已删除）"


@transaction.atomic
def erase_person(*, person: Person, by: Person, at: datetime, reason: str) -> Person:
    """Remove name, phone and address of a person, and the salts of what was sealed about them. Cannot be undone.

    What the person wrote lies in other apps: `linli.records.forgetting.forget_person` forgets it too, and calls this.

    The person may ask alone; else the office of the community where the person is or was on the roll. What the person
    did stays on record under the random ref. Raises NotAllowed, Refused (still in office), Invalid (no reason).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    places = _places(person)
    _check(person, places, by, at, reason)
    _end_living_here(person, at)
    _forget_signing_in(person, at)
    RollRequest.objects.filter(person=person, outcome="").update(where="", outcome="withdrawn", settled_at=at)
    Interest.objects.filter(person=person).update(note="")
    Interest.objects.filter(other_person=person).update(note="")
    _empty(person, at)
    erase_openings(subject=person.subject)
    done = events.PersonErased(person=person.ref, reason=reason.strip())
    record(done, stream=places[0].pk if places else NOWHERE, subject=person.subject, by=by.ref, at=at)
    return person


def _places(person: Person) -> list[Place]:
    lines = Residency.objects.filter(person=person).select_related("place").order_by("-since", "-id")
    return [line.place for line in lines] + ([person.home] if person.home else [])


def _check(person: Person, places: list[Place], by: Person, at: datetime, reason: str) -> None:
    today = day_in_china(at)
    if by.pk != person.pk and not any(may(by, ERASE_PERSON, place, today) for place in places):
        raise NotAllowed(Text("只有本人或所在社区可以办理删除。", "Only the person or the person's community may do this."))
    if person.erased_at is not None:
        raise Refused(Text("已经删除过了。", "This person's data is erased already."))
    if not reason.strip():
        need = Text("请写明为什么删除，不要写姓名电话。", "Say why, without names or numbers.")
        raise Invalid(need, fields={"reason": need})
    if OfficeHeld.objects.filter(person=person).exclude(until__lt=today).exists():
        raise Refused(Text("还在任职，先办离任再删除。", "Still in office: end the office first."))


def _end_living_here(person: Person, at: datetime) -> None:
    """The roll ends today; an address nobody else lives at is forgotten too."""
    today = day_in_china(at)
    for line in Residency.objects.filter(person=person).select_related("household"):
        if line.until is None or line.until > today:
            line.until = max(today, line.since)
            line.save(update_fields=["until"])
        others = Residency.objects.filter(holding(today), household=line.household).exclude(person=person)
        if line.household is not None and not others.exists():
            Household.objects.filter(pk=line.household.pk).update(address="")
            PriorityHousehold.objects.filter(household=line.household).update(detail="")
            erase_openings(subject=line.household.subject)


def _forget_signing_in(person: Person, at: datetime) -> None:
    if person.phone_index:
        PhoneCode.objects.filter(phone_index=person.phone_index).delete()
        PhoneGate.objects.filter(pk=person.phone_index).delete()
        OutboxMessage.objects.filter(phone_index=person.phone_index).delete()
    HouseholdCode.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=at)
    for account in Account.objects.filter(person=person):
        account.username, account.email = f"erased-{person.id.hex}", ""
        account.first_name = account.last_name = ""
        account.is_active = False
        account.set_unusable_password()
        account.save()


def _empty(person: Person, at: datetime) -> None:
    person.name, person.phone, person.phone_index = ERASED_NAME, "", ""
    person.phone_proved_at, person.home, person.erased_at = None, None, at
    person.save()
