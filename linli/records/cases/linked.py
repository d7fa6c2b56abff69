"""The needs a case answers."""

from django.db.models import QuerySet

from linli.records.cases.models import Case
from linli.records.needs.models import Link, Need
from linli.records.prepared import Prepared
from linli.records.reading import reading


def linked_needs(case: Case) -> QuerySet[Need]:
    """Needs taken up by this case and not let go again, in the order they were linked."""
    return linked_to(str(case.pk))


def needs_of(case: Case) -> list[Need]:
    """The same for a page, with place and cluster."""
    return _NEEDS(str(case.pk))


def count_linked(case: Case) -> int:
    """How many they are; on a page that shows them they are not asked for twice."""
    return len(needs_of(case)) if reading() else linked_needs(case).count()


def linked_to(case: str) -> QuerySet[Need]:
    """The same by the key of the case."""
    links = Link.objects.filter(subject_kind="case", subject_id=case, ended_at__isnull=True)
    return Need.objects.filter(pk__in=links.values("need"))


_SEALED = ("asker_name", "contact", "sealed")  # opening them takes time, and no list shows them
_NEEDS = Prepared(lambda case: linked_to(case).select_related("place", "cluster").defer(*_SEALED))
