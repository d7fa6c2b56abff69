"""The needs a case answers."""

from django.db.models import QuerySet

from linli.records.cases.models import Case
from linli.records.needs.models import Link, Need


def linked_needs(case: Case) -> QuerySet[Need]:
    """Needs taken up by this case and not let go again, in the order they were linked."""
    links = Link.objects.filter(subject_kind="case", subject_id=str(case.pk), ended_at__isnull=True)
    return Need.objects.filter(pk__in=links.values("need"))
