"""What a decided child does to the days of the matter it belongs to: more time, a standstill, going on."""

from linli.records.cases.dues import open_due
from linli.records.cases.effects.done import Done
from linli.records.cases.models import Case
from linli.records.cases.readings import readings_of
from linli.records.duties import services as duties
from linli.records.evidence import selectors as papers
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.models import PAUSED, Hold
from linli.records.rulebook.selectors import standing
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import MORE_TIME, Form


def extend(done: Done, parent: Case, form_id: str) -> None:
    """Move the parent's running deadline by what the child's form asked for, and whatever is owed by it."""
    longer = _asked(done.case, form_id)
    office = done.moved.step.office
    rulebook.move_deadline(
        subject=parent.subject, longer=longer, because=done.case.subject, by=done.by_ref, office=office, at=done.at
    )
    parent = Case.objects.select_related("place", "passage").get(pk=parent.pk)
    if parent.passage is not None and not standing(parent.subject).holds:
        open_due(parent, readings_of(parent, None, done.at), done.at)


def pause(done: Done, parent: Case) -> None:
    """Nothing of it goes on, and nothing is owed about it, until it is taken up again."""
    office, reason = done.moved.step.office, done.said.zh
    rulebook.pause_passage(subject=parent.subject, reason=reason, by=done.by_ref, office=office, at=done.at)
    duties.pause_duties(
        subject=parent.subject,
        procedure=parent.procedure,
        place=parent.place,
        rules=standing(parent.subject).rules,
        by=done.by,
        at=done.at,
        note=reason,
    )


def resume(done: Done, parent: Case) -> None:
    """It goes on where it stood; its days go on counting from there."""
    stopped = Hold.objects.filter(passage=parent.passage, kind=PAUSED, released_at__isnull=True).first()
    if stopped is None:
        return
    rulebook.resume_passage(subject=parent.subject, by=done.by_ref, office=done.moved.step.office, at=done.at)
    duties.resume_duties(
        subject=parent.subject,
        procedure=parent.procedure,
        place=parent.place,
        rules=standing(parent.subject).rules,
        since=stopped.placed_at,
        at=done.at,
    )


def _asked(child: Case, form_id: str) -> str:
    """How much longer, as the form says it: "6 months", or a day. Raises Refused when it says nothing."""
    filling, now = papers.fillings(child.subject).get(form_id), standing(child.subject)
    form: Form = now.rules.form(form_id, now.rules_on)
    for field in form.fields.values():
        value = filling.data.get(field.key) if filling is not None else None
        if field.feeds in MORE_TIME and value:
            kind = field.feeds.partition(".")[2]
            return str(value) if kind == "until" else f"{value} {kind}"
    raise Refused(Text("没有写明延长多久。", "It is not said how much longer."))
