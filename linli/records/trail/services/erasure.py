"""Forgetting what a person has a right to have forgotten."""

from django.db import transaction

from linli.records.trail.models import Opening
from linli.rules.plain.subjects import Subject


@transaction.atomic
def erase_openings(*, subject: Subject) -> int:
    """Forget the salts of every personal field sealed about a subject; the number of fields that can no longer be opened.

    The chain stays whole: it holds only commitments. Erasing the values is the work of the app that keeps them.
    """
    erased, _ = Opening.objects.filter(event__subject_kind=subject.kind, event__subject_id=subject.id).delete()
    return erased
