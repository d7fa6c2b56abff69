"""Signing in with a code printed on paper, for those who have no phone or do not want to give it."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.records.people import events
from linli.records.people.access import require
from linli.records.people.models import Household, HouseholdCode, Person, Residency
from linli.records.people.permissions import ISSUE_CODES
from linli.records.people.sealed import blind_index
from linli.records.people.selectors.offices import holding
from linli.records.people.services.residents import account_of
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text

# No 0 and O, no 1, I and L: what is read off paper must not be mistaken. 16 of 31 letters cannot be guessed.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 4, 4
_GAPS = re.compile(r"[\s\-—–－]")


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code in the only moment it can be read: `7F3K-92MQ-…`. Print it and let go of it."""

    household: Household
    code: str

    def __repr__(self) -> str:
        return f"<PrintedCode {self.household.label}>"


@transaction.atomic
def issue_household_codes(*, place: Place, households: Sequence[Household], by: Person, at: datetime) -> list[PrintedCode]:
    """New codes for households of a community; older ones stop. They are returned once and kept as digests only.

    Raises NotAllowed, Refused (a household of another place, or one that has gone).
    """
    today = day_in_china(at)
    require(by, ISSUE_CODES, place, today)
    locked = list(
        Household.objects.select_for_update().filter(
            holding(today), pk__in=[household.pk for household in households], place=place
        )
    )
    if len(locked) != len({household.pk for household in households}):
        raise Refused(
            Text(f"有的户不在{place.short_name}，或已注销。", f"Some households are not of {place.short_name}, or have gone.")
        )
    users = _users(locked)
    replaced = HouseholdCode.objects.filter(household__in=locked, revoked_at__isnull=True).update(revoked_at=at)
    printed = [PrintedCode(household, _new_code()) for household in locked]
    # The household stays the same resident with its new code: needs and votes do not change hands.
    HouseholdCode.objects.bulk_create(_row(code, users.get(code.household.pk), by, at) for code in printed)
    done = events.HouseholdCodesIssued(place=place.pk, households=len(printed), replaced=replaced)
    record(done, stream=place.pk, subject=place.subject, by=by.ref, at=at)
    return printed


@transaction.atomic
def redeem_household_code(*, code: str, at: datetime) -> Person:
    """The resident who stands for this household; created, and entered on the roll, at the first use. Raises Invalid."""
    found = HouseholdCode.objects.select_for_update(of=("self",)).select_related("household__place", "person")
    paper = found.filter(digest=_digest(code), revoked_at__isnull=True).first()
    if paper is None or not _lives(paper.household, at):
        wrong = Text(
            "户码不对，或已换发。请核对纸上的 16 位，或问社区要新的。",
            "The code is wrong or was replaced. Compare the 16 signs, or ask the community for a new one.",
        )
        raise Invalid(wrong, fields={"code": wrong})
    if paper.person is None:
        paper.person, paper.first_used_at = _resident_of(paper.household, at), at
        paper.save(update_fields=["person", "first_used_at"])
    account_of(paper.person)
    return paper.person


@transaction.atomic
def revoke_household_code(*, household: Household, by: Person, at: datetime) -> None:
    """The paper was lost or stolen: its code stops at once. Raises NotAllowed."""
    require(by, ISSUE_CODES, household.place, day_in_china(at))
    if HouseholdCode.objects.filter(household=household, revoked_at__isnull=True).update(revoked_at=at):
        done = events.HouseholdCodeRevoked(household=household.ref)
        record(done, stream=household.place_id, subject=household.subject, by=by.ref, at=at)


def _new_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _digest(code: str) -> str:
    return blind_index(_GAPS.sub("", unicodedata.normalize("NFKC", code)).upper() or "-", "household code")


def _row(printed: PrintedCode, person: Person | None, by: Person, at: datetime) -> HouseholdCode:
    return HouseholdCode(
        household=printed.household,
        digest=_digest(printed.code),
        issued_at=at,
        issued_by=by,
        person=person,
        first_used_at=at if person else None,
    )


def _users(households: Sequence[Household]) -> dict[object, Person]:
    """Who came in with a household's earlier code, if that person was not erased since."""
    used = HouseholdCode.objects.filter(household__in=households, person__isnull=False, person__erased_at__isnull=True)
    return {code.household_id: code.person for code in used.select_related("person").order_by("issued_at") if code.person}


def _lives(household: Household, at: datetime) -> bool:
    return household.until is None or household.until >= day_in_china(at)


def _resident_of(household: Household, at: datetime) -> Person:
    person = Person.objects.create(
        name=f"{household.label} 住户", kind="resident", home=household.place, demonstration=household.demonstration
    )
    Residency.objects.create(person=person, place=household.place, household=household, since=day_in_china(at))
    done = events.ResidentSignedUp(person=person.ref, way="household_code")
    record(done, stream=household.place_id, subject=person.subject, by=person.ref, at=at)
    return person
