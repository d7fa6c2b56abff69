"""Keeping what was typed until it is sent."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from linli.records.people.models import Person
from linli.records.people.sealed import seal_bytes
from linli.records.workbench.models import FILES_AT, Draft, DraftFile

LASTS, LASTS_UNKNOWN = timedelta(days=60), timedelta(days=2)
MOST, MOST_SIGNS, MOST_BYTES = 50, 60_000, 12 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Owner:
    """A person, or a browser not signed in; a person who has just signed in may be both."""

    person: Person | None
    token: str = ""

    @property
    def known(self) -> bool:
        return self.person is not None or bool(self.token)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was chosen."""

    field: str
    name: str
    mime: str
    content: bytes


@transaction.atomic
def keep_draft(
    *,
    owner: Owner,
    form: str,
    page: str,
    data: Mapping[str, Sequence[str]],
    at: datetime,
    title: str = "",
    files: Sequence[Kept] | None = None,
) -> Draft | None:
    """Keep the form as typed, in place of what was kept before. `files` None leaves the kept ones. Too long: not kept."""
    text = as_kept(data)
    if not owner.known or len(text) > MOST_SIGNS:
        return None
    whose: dict[str, Any] = {"person": owner.person} if owner.person else {"person": None, "token": owner.token}
    draft, _ = Draft.objects.update_or_create(
        **whose,
        form=form[:300],
        defaults={"page": page[:600], "title": title[:200], "data": text, "saved_at": at, "removed_at": None},
    )
    if files is not None and sum(len(file.content) for file in files) <= MOST_BYTES:
        draft.files.all().delete()
        DraftFile.objects.bulk_create(
            [
                DraftFile(
                    draft=draft, field=f.field, name=f.name[:200], mime=f.mime[:100], content=seal_bytes(f.content, FILES_AT)
                )
                for f in files
            ]
        )
    _no_more_than(owner)
    return draft


def as_kept(data: Mapping[str, Sequence[str]]) -> str:
    """What a draft stores; no more than MOST_SIGNS of it."""
    return json.dumps({key: list(values) for key, values in data.items()}, ensure_ascii=False)


def _no_more_than(owner: Owner) -> None:
    """The oldest go when somebody keeps too many."""
    mine = Draft.objects.filter(person=owner.person) if owner.person else Draft.objects.filter(token=owner.token)
    kept = mine.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:MOST]
    if len(kept) == MOST:
        mine.exclude(pk__in=list(kept)).delete()


def sent(*, owner: Owner, form: str) -> None:
    """The form was sent and taken: its draft has done its work."""
    for mine in _of(owner, form):
        mine.delete()


def drop_files(*, owner: Owner, form: str, files: Iterable[tuple[str, str]]) -> None:
    """Of the files kept with a form, those that could never be taken, by field and name."""
    for field, name in files:
        for mine in _of(owner, form):
            DraftFile.objects.filter(draft__in=mine, field=field, name=name).delete()


def remove_draft(*, owner: Owner, pk: int, at: datetime) -> int:
    """Put it away; `bring_back` undoes it until it is forgotten."""
    return sum(mine.filter(pk=pk, removed_at__isnull=True).update(removed_at=at) for mine in _of(owner))


def bring_back(*, owner: Owner, pk: int) -> int:
    return sum(mine.filter(pk=pk).update(removed_at=None) for mine in _of(owner))


def _of(owner: Owner, form: str = "") -> "list[QuerySet[Draft]]":
    every = Draft.objects.filter(form=form[:300]) if form else Draft.objects.all()
    found = [every.filter(person=owner.person)] if owner.person else []
    return [*found, every.filter(person=None, token=owner.token)] if owner.token else [*found]


def forget_old(*, at: datetime) -> int:
    """Drafts nobody came back to."""
    old = Draft.objects.filter(saved_at__lt=at - LASTS) | Draft.objects.filter(person=None, saved_at__lt=at - LASTS_UNKNOWN)
    return (old | Draft.objects.filter(removed_at__lt=at - LASTS_UNKNOWN)).delete()[0]
