"""The answer owed to a need, as duties keep it: the office and the day come from the pack's first state."""

from collections.abc import Sequence
from datetime import datetime

from linli.records.duties.models import Reply
from linli.records.duties.services import answer_reply, open_reply
from linli.records.needs.models import Need
from linli.records.people.models import Person
from linli.records.rulebook.bulk import insert_alike
from linli.records.rulebook.models import Passage
from linli.records.rulebook.selectors import Due, due_in, standing_of
from linli.rules.gates.model import Readings

KIND = "need"


def owe(need: Need, passage: Passage, *, at: datetime) -> None:
    """Put the answer on the list of the office that owes it."""
    due = _due(passage)
    if due is not None:
        open_reply(
            subject=need.subject,
            kind=KIND,
            office=due.offices[0],
            place=need.place,
            clause=due.clause,
            due_on=due.due_on,
            asked_at=at,
            at=at,
        )


def owe_many(needs: Sequence[Need], passages: Sequence[Passage], *, at: datetime) -> None:
    """The same for needs of one place that begin together; the import's own event covers them."""
    due = _due(passages[0]) if passages else None
    if due is None:
        return
    replies = [
        Reply(
            subject_kind=KIND,
            subject_id=str(need.pk),
            kind=KIND,
            office=due.offices[0],
            place=need.place,
            clause=due.clause,
            due_on=due.due_on,
            asked_at=at,
            opened_at=at,
        )
        for need in needs
    ]
    insert_alike(replies, ("subject_id",))


def pay(need: Need, verdict: str, reason: str, *, by: Person, at: datetime) -> None:
    """Take it off that list, if it is on it."""
    if Reply.objects.filter(subject_kind=KIND, subject_id=str(need.pk), kind=KIND, answered_at__isnull=True).exists():
        answer_reply(subject=need.subject, kind=KIND, verdict=verdict, reason=reason, by=by, at=at)


def _due(passage: Passage) -> Due | None:
    due = due_in(standing_of(passage), Readings())
    return due if due is not None and due.offices else None
