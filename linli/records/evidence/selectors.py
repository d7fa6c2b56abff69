"""What evidence there is about a subject."""

from typing import TypeVar

from django.db.models import QuerySet

from linli.records.evidence.models import Answers, File, Filling, Piece
from linli.records.evidence.models.versions import Version
from linli.records.evidence.versions import series
from linli.rules.plain.subjects import Subject

V = TypeVar("V", bound=Version)


def _current(model: type[V], subject: Subject) -> "QuerySet[V]":
    return model._default_manager.filter(subject_kind=subject.kind, subject_id=subject.id, current=True)


def pieces(subject: Subject) -> dict[str, Piece]:
    """Slot -> the latest piece that was not voided, in one query."""
    return {piece.slot: piece for piece in _current(Piece, subject)}


def fillings(subject: Subject) -> dict[str, Filling]:
    """Form -> its latest filling, in one query."""
    return {filling.form: filling for filling in _current(Filling, subject)}


def answers(subject: Subject) -> dict[str, Answers]:
    """Checklist -> its latest answers, in one query."""
    return {row.checklist: row for row in _current(Answers, subject)}


def piece_history(subject: Subject, slot: str) -> "QuerySet[Piece]":
    """Every version of a slot, voided ones included, oldest first."""
    return series(Piece, subject, slot).select_related("filed_by", "voided_by").prefetch_related("files")


def filling_history(subject: Subject, form: str) -> "QuerySet[Filling]":
    """Every version of a form, oldest first."""
    return series(Filling, subject, form).select_related("filed_by", "locked_by")


def answers_history(subject: Subject, checklist: str) -> "QuerySet[Answers]":
    """Every version of a checklist's answers, oldest first."""
    return series(Answers, subject, checklist).select_related("filed_by")


def files_of(subject: Subject) -> "QuerySet[File]":
    """The files in the current pieces of a subject."""
    return File.objects.filter(pieces__in=_current(Piece, subject)).distinct()


def files_shown(piece: Piece, *, public: str, staff: bool = False) -> list[File]:
    """The files of a piece a reader may open, by the visibility of its slot (public, redacted, staff, sealed).

    The public sees the files of a public slot, and of a redacted one only the copies; staff see all but sealed ones.
    """
    files = list(piece.files.order_by("pk").prefetch_related("redacted_copies"))
    if public == "sealed":
        return []
    if staff or public == "public":
        return files
    if public == "redacted":
        return [copy for file in files if (copy := public_copy(file))]
    return []


def public_copy(file: File) -> File | None:
    """The latest redacted copy of a file; a redacted copy is its own."""
    if file.redacted_from_id is not None:
        return file
    return max(file.redacted_copies.all(), key=lambda copy: copy.pk, default=None)
