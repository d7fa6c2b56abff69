"""What evidence there is about a subject."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.records.evidence.models import Answers, File, Filling, Piece
from linli.records.evidence.models.versions import Version
from linli.records.evidence.versions import series
from linli.records.prepared import Prepared
from linli.rules.plain.subjects import Subject

V = TypeVar("V", bound=Version)


def _current(model: type[V], subject: Subject) -> "QuerySet[V]":
    return model._default_manager.filter(subject_kind=subject.kind, subject_id=subject.id, current=True)


_PIECES = Prepared(lambda kind, id: _current(Piece, Subject(kind, id)))
_FILLINGS = Prepared(lambda kind, id: _current(Filling, Subject(kind, id)))
_ANSWERS = Prepared(lambda kind, id: _current(Answers, Subject(kind, id)))
_WITH_CHECKS = Prepared(
    lambda kind, id, beside, ids, slot: Piece.objects.filter(
        Q(Q(current=True) | Q(voided_at__isnull=False), subject_kind=kind, subject_id=id)
        | Q(subject_kind=beside, subject_id__in=ids, slot=slot, current=True)
    ).order_by("slot", "version", "pk")
)
_EVERY_FILLING = Prepared(lambda kind, id: Filling.objects.filter(subject_kind=kind, subject_id=id).order_by("filed_at", "id"))
_HELD = Prepared(
    lambda ids: (
        Piece.files.through.objects.filter(piece__in=ids)
        .select_related("file")
        .annotate(has_copies=Exists(File.objects.filter(redacted_from=OuterRef("file"))))
        .order_by("file")
    )
)
_COPIES = Prepared(lambda ids: File.objects.filter(redacted_from__in=ids).order_by("pk"))


def pieces(subject: Subject) -> dict[str, Piece]:
    """Slot -> the latest piece that was not voided, in one query."""
    return {piece.slot: piece for piece in _PIECES(subject.kind, subject.id)}


def fillings(subject: Subject) -> dict[str, Filling]:
    """Form -> its latest filling, in one query."""
    return {filling.form: filling for filling in _FILLINGS(subject.kind, subject.id)}


def answers(subject: Subject) -> dict[str, Answers]:
    """Checklist -> its latest answers, in one query."""
    return {row.checklist: row for row in _ANSWERS(subject.kind, subject.id)}


def pieces_beside(subject: Subject, beside: str, ids: Sequence[str], slot: str) -> tuple[list[Piece], list[Piece]]:
    """What is in the slots of a subject now, and what was voided in them; and the latest in one slot of other subjects it
    hangs together with."""
    rows = _WITH_CHECKS(subject.kind, subject.id, beside, list(ids) or [""], slot)
    own, others = list[Piece](), list[Piece]()
    for row in rows:
        (own if row.subject_kind == subject.kind and row.subject_id == subject.id else others).append(row)
    return own, others


def every_filling(subject: Subject) -> list[Filling]:
    """Every version of every form, oldest first."""
    return _EVERY_FILLING(subject.kind, subject.id)


def with_files(rows: Sequence[Piece]) -> Mapping[int, list[File]]:
    """Piece -> its files, each with its redacted copies as `copies`; one query, two with copies."""
    held: list[Any] = _HELD([row.pk for row in rows])
    files: dict[int | None, Any] = {each.file_id: each.file for each in held}
    for file in files.values():
        file.copies = []
    for copy in _COPIES([each.file_id for each in held if each.has_copies]):
        files[copy.redacted_from_id].copies.append(copy)
    found: dict[int, list[File]] = {row.pk: [] for row in rows}
    for each in held:
        found[each.piece_id].append(files[each.file_id])
    return found


def piece_history(subject: Subject, slot: str) -> "QuerySet[Piece]":
    """Every version of a slot, voided ones included, oldest first."""
    return series(Piece, subject, slot).select_related("filed_by", "voided_by").prefetch_related("files")


def filling_history(subject: Subject, form: str) -> "QuerySet[Filling]":
    """Every version of a form, oldest first."""
    return series(Filling, subject, form).select_related("filed_by", "locked_by")


def answers_history(subject: Subject, checklist: str) -> "QuerySet[Answers]":
    """Every version of a checklist's answers, oldest first."""
    return series(Answers, subject, checklist).select_related("filed_by")


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
    copies: Iterable[File] = file.copies if hasattr(file, "copies") else file.redacted_copies.all()
    return max(copies, key=lambda copy: copy.pk, default=None)
