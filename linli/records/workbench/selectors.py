"""What somebody kept."""

import json

from django.db.models import Q, QuerySet, prefetch_related_objects

from linli.records.people.sealed import unseal_bytes
from linli.records.prepared import Prepared
from linli.records.workbench.models import FILES_AT, Draft, DraftFile
from linli.records.workbench.services.drafts import Owner


def drafts_kept(owner: Owner) -> QuerySet[Draft]:
    """A person's, and those of the browser they came with; newest first."""
    mine = Q(pk__in=())
    if owner.person is not None:
        mine |= Q(person=owner.person)
    if owner.token:
        mine |= _of_browser(owner.token)
    return _lying(mine)


def drafts_with_files(owner: Owner) -> list[Draft]:
    """The same, read at once for a page."""
    person, token = owner.person, owner.token
    if person is not None:
        rows = _OF_BOTH(person.pk, token) if token else _OF_PERSON(person.pk)
    else:
        rows = _OF_BROWSER(token) if token else []
    if rows:
        prefetch_related_objects(rows, "files")
    return rows


def _of_browser(token: str) -> Q:
    return Q(person=None, token=token)


def _lying(mine: Q) -> QuerySet[Draft]:
    return Draft.objects.filter(mine, removed_at__isnull=True).order_by("-saved_at", "-pk")


_OF_PERSON = Prepared(lambda person: _lying(Q(person=person)))
_OF_BROWSER = Prepared(lambda token: _lying(_of_browser(token)))
_OF_BOTH = Prepared(lambda person, token: _lying(Q(person=person) | _of_browser(token)))


def typed_in(draft: Draft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(draft.data.open() or "{}")
    return found


def content_of(file: DraftFile) -> bytes:
    """A kept file as it was chosen. Raises SealBroken."""
    return unseal_bytes(bytes(file.content), FILES_AT)
