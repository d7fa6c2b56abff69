"""What every act on a need begins and ends with."""

from datetime import datetime

from linli.records.needs.models import Need
from linli.records.people.access import Permission, require
from linli.records.people.models import Person
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text


def lock_need(need: Need, *, by: Person, at: datetime, may: Permission) -> Need:
    """The need as it is now, held until the transaction ends. Raises NotAllowed."""
    locked = Need.objects.select_for_update(of=("self",)).select_related("place", "person", "cluster").get(pk=need.pk)
    require(by, may, locked.place, day_in_china(at))
    return locked


def filled(text: str, field: str, zh: str, en: str) -> str:
    """Raises Invalid when nothing was written."""
    if not text.strip():
        raise Invalid(Text(zh, en), fields={field: Text(zh, en)})
    return text.strip()


def seal(event: object, need: Need, *, by: Person, at: datetime) -> None:
    trail.record(event, stream=need.place_id, subject=need.subject, by=by.ref, at=at)
