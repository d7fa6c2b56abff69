"""Residents as they first come through the door, and persons entered by the desk."""

from datetime import datetime

from django.db import transaction

from linli.records.people import events
from linli.records.people.access import require
from linli.records.people.models import Account, Person
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.phones import phone_index, plain_phone
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

# Sign-ups belong to no place yet.
NOWHERE = "people"
NEWCOMER = "居民"


@transaction.atomic
def register_person(
    *,
    name: str,
    kind: str,
    by: Person | None,
    at: datetime,
    home: Place | None = None,
    phone: str = "",
    demonstration: bool = False,
) -> Person:
    """Enter a person at the desk, without an account. `by` None is the site's own set-up. Raises NotAllowed, Invalid."""
    if by is not None and home is not None:
        require(by, KEEP_ROLL, home, day_in_china(at))
    if not name.strip():
        need = Text("请写姓名。", "Please give a name.")
        raise Invalid(need, fields={"name": need})
    number = plain_phone(phone) if phone else ""
    person = Person.objects.create(
        name=name.strip(), kind=kind, home=home, phone=number, phone_index=phone_index(number), demonstration=demonstration
    )
    done = events.PersonRegistered(person=person.ref, kind=kind, name=person.name)
    record(done, stream=home.pk if home else NOWHERE, subject=person.subject, by=by.ref if by else "system", at=at)
    return person


@transaction.atomic
def resident_with_phone(*, phone: str, at: datetime) -> Person:
    """The resident who proved to hold this phone. Somebody the desk entered with it is that resident, if there is just one."""
    index = phone_index(phone)
    person = Person.objects.select_for_update().filter(phone_index=index, phone_proved_at__isnull=False).first()
    if person is None:
        person = _entered_with(index) or _newcomer(phone, index, at)
        person.phone_proved_at = at
        person.save(update_fields=["phone_proved_at"])
    account_of(person)
    return person


def account_of(person: Person) -> Account:
    """The person's account; one without a password is made when there is none."""
    account, made = Account.objects.get_or_create(person=person, defaults={"username": f"r-{person.id.hex}"})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def _entered_with(index: str) -> Person | None:
    # Staff come in by password and second factor only: a phone code never opens a staff account.
    found = list(Person.objects.select_for_update().filter(phone_index=index, kind="resident", erased_at__isnull=True)[:2])
    return found[0] if len(found) == 1 else None


def _newcomer(phone: str, index: str, at: datetime) -> Person:
    person = Person.objects.create(name=NEWCOMER, kind="resident", phone=phone, phone_index=index)
    done = events.ResidentSignedUp(person=person.ref, way="phone")
    record(done, stream=NOWHERE, subject=person.subject, by=person.ref, at=at)
    return person
