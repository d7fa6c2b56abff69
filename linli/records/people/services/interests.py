"""Organisations, and people's interests in them and in each other."""

import re
from datetime import date, datetime

from django.db import transaction

from linli.records.people import events
from linli.records.people.access import require
from linli.records.people.models import Interest, Organisation, Person
from linli.records.people.permissions import KEEP_INTERESTS
from linli.records.people.phones import phone_index, plain_phone
from linli.records.people.services.residents import NOWHERE
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china, day_words, require_in_order
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text, quoted

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


@transaction.atomic
def register_organisation(
    *,
    name: str,
    kind: str,
    by: Person | None,
    at: datetime,
    place: Place | None = None,
    credit_code: str = "",
    phone: str = "",
    demonstration: bool = False,
) -> Organisation:
    """Enter a supplier, social organisation … once; `by` None is the site's own set-up. Raises NotAllowed, Invalid, Refused."""
    if by is not None and place is not None:
        require(by, KEEP_INTERESTS, place, day_in_china(at))
    name, credit_code = name.strip(), credit_code.strip().upper()
    if not name:
        need = Text("请写单位的名称。", "Please give the organisation's name.")
        raise Invalid(need, fields={"name": need})
    if credit_code and not _CREDIT_CODE.fullmatch(credit_code):
        wrong = Text("统一社会信用代码是 18 位数字和大写字母。", "A credit code has 18 digits and capital letters.")
        raise Invalid(wrong, fields={"credit_code": wrong})
    if credit_code and Organisation.objects.filter(credit_code=credit_code).exists():
        raise Refused(
            Text(f"信用代码 {credit_code} 的单位已经登记。", f"The organisation with the code {credit_code} is there already.")
        )
    if not credit_code and Organisation.objects.filter(name=name).exists():
        raise Refused(
            Text(
                f"{quoted(name)}已经登记。确是另一家同名单位，请填统一社会信用代码。",
                f"{name!r} is there already. If this is another of the same name, give its credit code.",
            )
        )
    number = plain_phone(phone) if phone else ""
    made = Organisation.objects.create(
        name=name,
        kind=kind,
        place=place,
        credit_code=credit_code,
        phone=number,
        phone_index=phone_index(number),
        demonstration=demonstration,
    )
    done = events.OrganisationRegistered(organisation=made.ref, name=made.name, kind=kind, credit_code=credit_code)
    record(done, stream=place.pk if place else NOWHERE, subject=made.subject, by=by.ref if by else "system", at=at)
    return made


@transaction.atomic
def declare_interest(
    *,
    person: Person,
    kind: str,
    other: Person | Organisation,
    since: date,
    by: Person,
    at: datetime,
    place: Place,
    until: date | None = None,
    note: str = "",
) -> Interest:
    """Record a tie of a person, declared by that person or known to the office of `place`. Raises NotAllowed, Refused."""
    _may_keep(person, place, by, at)
    to_person = isinstance(other, Person)
    if other == person or (kind == "kin" and not to_person):
        raise Refused(Text("亲属关系要填另一个人。", "Kin is another person."))
    interest = Interest.objects.create(
        person=person,
        kind=kind,
        other_person=other if isinstance(other, Person) else None,
        organisation=other if isinstance(other, Organisation) else None,
        since=since,
        until=until,
        declared_by=by,
        declared_at=at,
        note=note,
    )
    done = events.InterestDeclared(person=person.ref, kind=kind, other=other.ref, since=since.isoformat())
    record(done, stream=place.pk, subject=person.subject, by=by.ref, at=at)
    return interest


@transaction.atomic
def end_interest(*, interest: Interest, until: date, by: Person, at: datetime, place: Place) -> Interest:
    """`until` is the last day of the tie. Raises NotAllowed, Refused, Invalid."""
    interest = Interest.objects.select_for_update(of=("self",)).select_related("person").get(pk=interest.pk)
    _may_keep(interest.person, place, by, at)
    if interest.until is not None and interest.until <= until:
        last = day_words(interest.until)
        raise Refused(Text(f"这层关系到{last.zh}为止，已经登记过。", f"This tie already ends on {last.en}."))
    require_in_order(interest.since, until)
    interest.until = until
    interest.save(update_fields=["until"])
    done = events.InterestEnded(person=interest.person.ref, kind=interest.kind, until=until.isoformat())
    record(done, stream=place.pk, subject=interest.person.subject, by=by.ref, at=at)
    return interest


def _may_keep(person: Person, place: Place, by: Person, at: datetime) -> None:
    relations = frozenset({"self"}) if by.pk == person.pk else frozenset[str]()
    require(by, KEEP_INTERESTS, place, day_in_china(at), relations)
