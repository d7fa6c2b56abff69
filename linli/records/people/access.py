"""One row of a permission table, and whether somebody meets it. Every app keeps its table in `permissions.py`.

An office is written `level.office` and is exact: whoever holds it at the place of that level on the subject's line may act.
Offices above may read where the row says so; they never act for those below.
"""

from dataclasses import dataclass
from datetime import date

from linli.records.people.models import Person
from linli.records.people.selectors.offices import actor_for, offices_of
from linli.records.places.models import Place
from linli.rules.plain.refusals import NotAllowed
from linli.rules.plain.texts import Text

# Offices of the neighbourhood and of business, not of the administration: they look over nobody.
_NOT_ADMINISTRATION = frozenset(
    {"anyone", "resident", "household", "council", "delegate", "owners_committee", "property_company", "supplier"}
)


_ON_THE_ROLL = Text(
    "这件事由本社区名册上的居民来办，您还不在名册上。在社区页面点“登记到居民名册”申请，或到社区柜台登记；社区核对以后就可以办。",
    "This is for residents on the community's roll, and you are not on it yet. Ask on the community's page, or at its counter; "
    "once the community has compared, you can.",
)


_STANDS_ASIDE = Text(
    "您和这件事有关系，要回避。请由别的人来办。", "You have a part in this and stand aside. Somebody else has to do it."
)


class NotYours(NotAllowed):
    """It is for other offices; `offices` (with their level) says for which, () where the row names none."""

    def __init__(self, place: Place, offices: tuple[str, ...]) -> None:
        self.place, self.offices = place, offices
        super().__init__(
            Text(
                f"这件事要由{place.short_name}有权的岗位来办。您现在的身份还不行。",
                f"This is for the offices of {place.short_name} that have the power; yours does not.",
            )
        )


@dataclass(frozen=True, slots=True)
class Permission:
    """Who may do one thing. Any one of the ways in is enough, except that nobody in a relation of `apart_from` gets in.

    `offices` exact offices · `here` offices of the thing's own place, whatever its level (without the level) ·
    `relations` to the subject, such as "proposer" · `anonymous` everybody · `resident` on the
    community's roll · `staff` any office anywhere · `read_above` any office of the administration at the place or above it.
    """

    name: str
    offices: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    anonymous: bool = False
    resident: bool = False
    staff: bool = False
    read_above: bool = False
    apart_from: tuple[str, ...] = ()


def may(person: Person | None, permission: Permission, place: Place, on: date, relations: frozenset[str] = frozenset()) -> bool:
    """Whether this person meets the row at this place on this day. `relations` are the person's to the subject."""
    if relations.intersection(permission.apart_from):
        return False
    if permission.anonymous:
        return True
    if person is None or person.erased_at is not None:
        return False
    if relations.intersection(permission.relations):
        return True
    held = actor_for(person, place, on).offices
    return bool(held.intersection(_named(permission, place))) or _meets_wider(person, permission, place, on, held)


def require(
    person: Person | None, permission: Permission, place: Place, on: date, relations: frozenset[str] = frozenset()
) -> None:
    """Raises NotAllowed."""
    if not may(person, permission, place, on, relations):
        if relations.intersection(permission.apart_from):
            raise NotAllowed(_STANDS_ASIDE)
        if permission.resident and person is not None:
            raise NotAllowed(_ON_THE_ROLL)
        raise NotYours(place, _named(permission, place))


def looked_over(person: Person | None, on: date) -> frozenset[str]:
    """The codes of the places at which a person holds an office of the administration; what lies in them is looked over
    too. One query, for lists that would otherwise ask row by row."""
    if person is None or person.erased_at is not None:
        return frozenset()
    return frozenset(held.place_id for held in offices_of(person, on) if held.office not in _NOT_ADMINISTRATION)


def _named(permission: Permission, place: Place) -> tuple[str, ...]:
    return (*permission.offices, *(f"{place.level}.{office}" for office in permission.here))


def _meets_wider(person: Person, permission: Permission, place: Place, on: date, held: frozenset[str]) -> bool:
    if permission.resident and "community.resident" in held:
        return True
    if permission.read_above and any(office.partition(".")[2] not in _NOT_ADMINISTRATION for office in held):
        return True
    return permission.staff and bool(offices_of(person, on))
