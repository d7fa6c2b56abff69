"""Accounts of staff. They come in by password, with a second factor where the site asks for it (allauth's pages)."""

import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from linli.records.people import events
from linli.records.people.access import may, require
from linli.records.people.models import Account, OfficeHeld, Person
from linli.records.people.permissions import APPOINT
from linli.records.people.selectors.offices import offices_of
from linli.records.people.services.offices import SYSTEM, appoint
from linli.records.people.services.residents import register_person
from linli.records.places.models import Place
from linli.records.places.selectors import ancestors
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused, require_fields
from linli.rules.plain.texts import Text

# Read out over the telephone without a mistake: no 0 and O, no 1, l and I.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


def first_password() -> str:
    """A password to be told once and changed at the first sign-in: about 79 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


@transaction.atomic
def engage(
    *,
    name: str,
    username: str,
    password: str,
    office: str,
    place: Place,
    since: date,
    by: Person | None,
    at: datetime,
    document: str = "",
) -> OfficeHeld:
    """Somebody new on the staff: the person, the account and the office, all or nothing. `by` None is the site's own set-up.

    Raises NotAllowed, Invalid (everything that is wrong at once).
    """
    if by is not None:
        require(by, APPOINT, place, day_in_china(at))
    wrong = _wrong_name(username) | ({} if name.strip() else {"name": Text("请写姓名。", "Please give a name.")})
    require_fields(wrong)
    person = register_person(name=name, kind="staff", by=by, at=at)
    open_staff_account(person=person, username=username, password=password, place=place, by=by, at=at, told=True)
    return appoint(person=person, office=office, place=place, since=since, by=by, at=at, document=document)


@transaction.atomic
def open_staff_account(
    *,
    person: Person,
    username: str,
    password: str,
    by: Person | None,
    at: datetime,
    place: Place | None = None,
    told: bool = False,
) -> Account:
    """An account with a password for a member of staff. `by` None is the site's own set-up, else somebody who appoints at
    `place`. `told`: somebody else tells the password, so it is to be changed at the first sign-in.

    Raises NotAllowed, Refused, Invalid (name taken, weak password).
    """
    if by is not None:
        _appoints(by, place, at)
    if person.kind != "staff" or Account.objects.filter(person=person).exists():
        raise Refused(Text("只给还没有账号的工作人员开账号。", "Only staff without an account can be given one."))
    username = username.strip()
    require_fields(_wrong_name(username))
    account = Account(username=username, person=person)
    _set_password(account, password, told=told)
    done = events.AccountOpened(person=person.ref, place=place.pk if place else "")
    record(done, stream=place.pk if place else "people", subject=person.subject, by=by.ref if by else SYSTEM, at=at)
    return account


@transaction.atomic
def renew_password(*, person: Person, place: Place, password: str, by: Person | None, at: datetime, reason: str) -> Account:
    """A new first password for somebody who lost the old one. Whoever tells it could sign in with it, so it comes from above:
    from an office that appoints at every place where the person is in office, and that stands above all of them.

    Ends every session of the account. `by` None is the site's own set-up. Raises NotAllowed, Refused, Invalid.
    """
    account = Account.objects.select_for_update().filter(person=person, person__kind="staff", is_active=True).first()
    if account is None:
        raise Refused(Text("这个人没有工作账号。", "This person has no staff account."))
    if by is not None:
        _require_above(by, person, at)
    if not reason.strip():
        need = Text("请写明为什么重发，如“本人忘记密码”。", "Say why, such as “forgot the password”.")
        raise Invalid(need, fields={"reason": need})
    _set_password(account, password, told=True)
    done = events.PasswordRenewed(person=person.ref, place=place.pk, reason=reason.strip())
    record(done, stream=place.pk, subject=person.subject, by=by.ref if by else SYSTEM, at=at)
    return account


def may_renew(by: Person, person: Person, on: date) -> bool:
    """Whether a first password for this person may come from this one."""
    held = offices_of(person, on)
    return by.pk != person.pk and bool(held) and all(_stands_above(by, each.place, on) for each in held)


def _stands_above(by: Person, place: Place, on: date) -> bool:
    return any(may(by, APPOINT, above, on) for above in ancestors(place)[-1:])


def _require_above(by: Person, person: Person, at: datetime) -> None:
    if not may_renew(by, person, day_in_china(at)):
        raise NotAllowed(
            Text(
                "首个密码由上级重发：要在这个人任职的每一个地方之上有任免权。请找上级，或请管理这个网站的人办理。",
                "A first password comes from above: from an office that appoints over every place where this person is in "
                "office. Ask the level above, or whoever runs the site.",
            )
        )


def _appoints(by: Person, place: Place | None, at: datetime) -> None:
    if place is None:
        raise NotAllowed(Text("请写明在哪里任职。", "Say at which place the office is."))
    require(by, APPOINT, place, day_in_china(at))


def _wrong_name(username: str) -> dict[str, Text]:
    username = username.strip()
    try:
        Account.username_validator(username)
        plain = 3 <= len(username) <= 60 and not username.startswith(("r-", "erased-"))
    except ValidationError:
        plain = False
    if not plain:
        return {
            "username": Text(
                "账号名用 3 到 60 个字母、数字或 . - _ @，如 nantou.lihua。",
                "3 to 60 letters, digits or . - _ @, such as nantou.lihua.",
            )
        }
    if Account.objects.filter(username=username).exists():
        return {"username": Text("这个账号名已有人用。", "This name is taken.")}
    return {}


def _set_password(account: Account, password: str, *, told: bool) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        weak = Text("密码太弱：至少 10 位，不要用常见的。", "Too weak: at least 10 characters, and not a common one.")
        raise Invalid(weak, fields={"password": weak}) from error
    account.set_password(password)
    account.told_password = account.password if told else ""
    account.save()
