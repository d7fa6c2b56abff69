"""What somebody kept."""

import json

from django.db.models import Q, QuerySet

from linli.records.people.sealed import unseal_bytes
from linli.records.workbench.models import FILES_AT, Draft, DraftFile
from linli.records.workbench.services.drafts import Owner


def drafts_kept(owner: Owner) -> QuerySet[Draft]:
    """A person's, and those of the browser they came with; newest first."""
    mine = Q(pk__in=())
    if owner.person is not None:
        mine |= Q(person=owner.person)
    if owner.token:
        mine |= Q(person=None, token=owner.token)
    return Draft.objects.filter(mine, removed_at__isnull=True).order_by("-saved_at", "-pk")


def typed_in(draft: Draft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(draft.data.open() or "{}")
    return found


def content_of(file: DraftFile) -> bytes:
    """A kept file as it was chosen. Raises SealBroken."""
    return unseal_bytes(bytes(file.content), FILES_AT)
