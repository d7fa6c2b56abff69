"""The opinion ledger."""

from datetime import date

from django.db.models import Q, QuerySet

from linli.records.meetings.models import AgendaItem, Meeting, Opinion
from linli.rules.plain.subjects import Subject


def opinions_of(meeting: Meeting) -> QuerySet[Opinion]:
    return Opinion.objects.filter(meeting=meeting).select_related("item", "speaker")


def opinion_facts(subject: Subject, on: date) -> dict[str, int]:
    """What was said about a matter at its meetings: how many opinions, how many unanswered, how many late.

    An opinion given to no item of the agenda counts for every matter that was on it.
    """
    items = AgendaItem.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    said = Q(item__in=items) | Q(item__isnull=True, meeting__in=items.values("meeting"))
    days = list(Opinion.objects.filter(said).values_list("replied_at", "due_on"))
    waiting = [due for replied, due in days if replied is None]
    return {"rows": len(days), "unanswered": len(waiting), "overdue": sum(due is not None and due < on for due in waiting)}
