"""Who may do what about duties and answers owed."""

from linli.records.duties.models import Owed
from linli.records.people.access import Permission

READ_TODO = Permission("read_todo", staff=True)
READ_CALENDAR = Permission("read_calendar", staff=True)
RATE_REPLY = Permission("rate_reply", relations=("asker", "proposer"))

TABLE = (READ_TODO, READ_CALENDAR, RATE_REPLY)


def discharge(owed: Owed) -> Permission:
    """The very office that owes it."""
    return Permission("discharge", offices=(owed.office,))
