"""The right to be forgotten, over all records: one list of what each app forgets, run from above.

The sealed trail stays whole: it holds personal words as commitments only, and their salts go (`trail.services.erasure`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from linli.records.cases import forgetting as cases
from linli.records.meetings import forgetting as meetings
from linli.records.needs import forgetting as needs
from linli.records.notices import forgetting as notices
from linli.records.notifications import forgetting as notifications
from linli.records.people.forgetting import Found, out_of_office
from linli.records.people.models import Person
from linli.records.people.services import erase_person
from linli.records.reports import forgetting as reports
from linli.records.scorecards import forgetting as scorecards
from linli.records.texts import forgetting as texts
from linli.records.trail.models import Event, Opening
from linli.records.workbench import forgetting as workbench
from linli.rules.plain.texts import Text

Eraser = Callable[[Person, datetime], Sequence[Found]]
# In this order: the search and the notifications follow the records; the person's own number is needed until the end.
ERASERS: tuple[Eraser, ...] = (
    needs.forget,
    notices.forget,
    texts.forget,
    scorecards.forget,
    meetings.forget,
    cases.forget,
    workbench.forget,
    reports.forget,
    notifications.forget,
)


@transaction.atomic
def forget_person(*, person: Person, by: Person, at: datetime, reason: str) -> list[Found]:
    """Forget a person everywhere; what went, and what stays and why. Cannot be undone.

    Raises as `erase_person`: NotAllowed, Refused (still in office, forgotten already), Invalid (no reason).
    """
    found = [each for eraser in ERASERS for each in eraser(person, at)]
    # What was said and signed in a meeting stays with its minutes.
    own = Opening.objects.filter(out_of_office(person, "event__at"), event__by=person.ref).exclude(event__subject_kind="meeting")
    salts, _ = own.delete()
    done = Event.objects.filter(by=person.ref).count()
    erase_person(person=person, by=by, at=at, reason=reason)
    return [
        Found(Text("姓名、电话、住址、登录方式", "Name, telephone, address, ways to sign in"), 1),
        *found,
        Found(Text("存证里能对上本人原话的密值", "What ties the trail to this person's words"), salts),
        Found(
            Text("存证里的记录", "Events in the sealed trail"),
            done,
            Text(
                "封存不能改动；里面没有姓名和内容，只有随机编号和核对码。任职时办的事连同理由保留，供审计。",
                "The seal holds: neither names nor words are in it, only a random number and digests. "
                "What was done in office stays with its reasons, for the audit.",
            ),
        ),
    ]


def preview(*, person: Person, by: Person, at: datetime, reason: str) -> list[Found]:
    """What `forget_person` would do, found by doing it and taking it back."""
    with transaction.atomic():
        found = forget_person(person=person, by=by, at=at, reason=reason)
        transaction.set_rollback(True)
    return found
