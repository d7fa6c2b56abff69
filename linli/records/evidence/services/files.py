"""Storing files, and their redacted public copies."""

import hashlib
from datetime import datetime
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from linli.records.evidence import events
from linli.records.evidence.intake import LARGEST, Received, receive
from linli.records.evidence.models import File
from linli.records.evidence.models.files import path_of
from linli.records.evidence.services.recording import seal
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


class Upload(Protocol):
    """Anything with a name and bytes; Django's UploadedFile is one."""

    name: str | None

    def read(self, num_bytes: int = ..., /) -> bytes: ...


@transaction.atomic
def store_file(*, upload: Upload, by: Person | None, at: datetime, place: Place) -> File:
    """Keep a file by its digest. Photos are re-encoded without metadata.

    Raises Invalid with what to do instead when the file is too large, damaged, active or of a kind that is not taken.
    """
    file = _kept(upload, None, by, at, place)
    event = events.FileStored(sha256=file.sha256, kind=file.kind, size=file.size)
    seal(event, place=place, subject=Subject("file", str(file.pk)), by=by, at=at)
    return file


@transaction.atomic
def redact_file(*, original: File, upload: Upload, by: Person, at: datetime, place: Place) -> File:
    """Keep a public copy of a file in which personal details are covered. Raises Invalid when nothing was covered."""
    root = original.redacted_from or original
    file = _kept(upload, root, by, at, place)
    event = events.FileRedacted(original=root.sha256, sha256=file.sha256)
    seal(event, place=place, subject=Subject("file", str(root.pk)), by=by, at=at)
    return file


def _kept(upload: Upload, redacted_from: File | None, by: Person | None, at: datetime, place: Place) -> File:
    came = upload.read(LARGEST + 1)
    received = receive(upload.name or "", came)
    sha256, came_as = hashlib.sha256(received.raw).hexdigest(), hashlib.sha256(came).hexdigest()
    if redacted_from and (sha256 == redacted_from.sha256 or came_as == redacted_from.received_sha256):
        text = Text(
            "公开件和原件完全一样，请先遮盖个人信息。",
            "The public copy is the same as the original. Please cover personal details first.",
        )
        raise Invalid(text, fields={"file": text})
    _write(sha256, received)
    return File.objects.create(
        sha256=sha256,
        received_sha256=came_as,
        size=len(received.raw),
        mime=received.mime,
        kind=received.kind,
        name=received.name,
        redacted_from=redacted_from,
        place=place,
        stored_by=by,
        stored_at=at,
    )


def _write(sha256: str, received: Received) -> None:
    """The same bytes are written once. A crash before the commit leaves a file nobody points to, never the other way."""
    path = path_of(sha256)
    if default_storage.exists(path):
        return
    written = default_storage.save(path, ContentFile(received.raw))
    if written != path:
        # Somebody wrote the same bytes at the same moment.
        default_storage.delete(written)


def read_file(file: File) -> bytes:
    """The bytes of a file. Raises ValueError when they are not the ones that were stored."""
    with default_storage.open(file.path) as stored:
        raw: bytes = stored.read()
    if hashlib.sha256(raw).hexdigest() != file.sha256:
        raise ValueError(f"file {file.pk} was changed in the storage")
    return raw
