"""Opening who asked and how to reach them: for the offices that answer, with a reason, and on record every time."""

from datetime import datetime

from django.db import transaction

from linli.records.needs import events
from linli.records.needs.models import Need
from linli.records.needs.permissions import READ_CONTACT
from linli.records.needs.selectors.needs import contact_of
from linli.records.needs.services.common import filled, lock_need, seal
from linli.records.people.models import Person
from linli.rules.plain.days import day_in_china


@transaction.atomic
def read_contact(*, need: Need, reason: str, by: Person, at: datetime) -> tuple[str, str]:
    """The asker's name and phone. The reason is kept with who read it and when. Raises Invalid, NotAllowed."""
    need = lock_need(need, by=by, at=at, may=READ_CONTACT)
    why = filled(reason, "reason", "查看联系方式要写明理由，并会留下记录。", "Reading a contact needs a reason and is recorded.")
    seal(events.ContactRead(reason=why), need, by=by, at=at)
    return contact_of(need, by=by, on=day_in_china(at))
