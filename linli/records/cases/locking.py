"""A case as it is now, held until the transaction ends: what somebody loaded before may have been changed since."""

from linli.records.cases.models import Case
from linli.records.rulebook import services as rulebook


def locked(case: Case) -> Case:
    """The passage first, then the case: two who lock in the same order never wait for each other."""
    rulebook.lock(case.subject)
    return Case.objects.select_for_update(of=("self",)).select_related("place", "passage__place", "parent__place").get(pk=case.pk)
