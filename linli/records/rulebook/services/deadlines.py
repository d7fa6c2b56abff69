"""Giving more time: the deadline that a running matter stands under is moved by what was granted."""

from datetime import datetime

from django.db import transaction

from linli.records.rulebook import events
from linli.records.rulebook.deadlines import named_state
from linli.records.rulebook.models import Passage
from linli.records.rulebook.refs import By, ref_of
from linli.records.rulebook.services.acts import lock
from linli.records.rulebook.standing import standing_of
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


@transaction.atomic
def move_deadline(*, subject: Subject, longer: str, because: Subject, by: By, office: str, at: datetime) -> Passage:
    """Move the running deadline of a matter by a length ("6 months") or to a day. Raises Refused where none runs."""
    passage = lock(subject)
    state = named_state(standing_of(passage))
    if state is None:
        raise Refused(Text("这件事现在没有可以顺延的期限。", "No deadline of this matter is running that could be moved."))
    row = {"by": longer, "because": str(because), "on": day_in_china(at).isoformat()}
    passage.deadlines = {**passage.deadlines, state.id: [*passage.deadlines.get(state.id, []), row]}
    passage.save(update_fields=["deadlines"])
    sealed = events.DeadlineMoved(state=state.id, by=longer, because=str(because))
    trail.record(sealed, stream=passage.place_id, subject=subject, by=ref_of(by), office=office, at=at)
    return passage
