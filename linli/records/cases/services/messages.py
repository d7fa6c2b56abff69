"""Word to offices."""

from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Message
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotAllowed
from linli.rules.plain.texts import Text


@transaction.atomic
def read_message(*, message: Message, by: Person, at: datetime) -> Message:
    """Mark it read, by somebody of the office it is for. Raises NotAllowed. Twice is once."""
    if message.office not in actor_for(by, message.place, day_in_china(at)).offices:
        raise NotAllowed(Text("这条告知是给另一个单位的。", "This word is for another office."))
    if message.read_at is None:
        message.read_at, message.read_by = at, by.ref
        message.save(update_fields=["read_at", "read_by"])
    return message
