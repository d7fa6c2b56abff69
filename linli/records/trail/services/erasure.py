"""Forgetting what a person has a right to have forgotten."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from linli.records.trail.models import Opening
from linli.rules.plain.subjects import Subject


@transaction.atomic
def erase_openings(*, subject: Subject, kinds: Sequence[str] = (), about: Mapping[str, int] | None = None) -> int:
    """Forget the salts of the personal fields sealed about a subject; the number of fields that can no longer be opened.

    Of events of some `kinds` only, or of those whose fields say `about`, where given. The chain stays whole: it holds only
    commitments. Erasing the values is the work of the app that keeps them.
    """
    found = Opening.objects.filter(event__subject_kind=subject.kind, event__subject_id=subject.id)
    if kinds:
        found = found.filter(event__kind__in=kinds)
    if about is not None:
        named = [each for each in found.select_related("event") if about.items() <= each.event.data.items()]
        found = Opening.objects.filter(pk__in=[each.pk for each in named])
    erased, _ = found.delete()
    return erased
