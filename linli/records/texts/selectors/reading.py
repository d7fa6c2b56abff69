"""A text as it is read: its paragraphs, what changed from version to version and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from linli.records.prepared import Prepared
from linli.records.texts.models import Document, Paragraph, Struck, Version
from linli.rules.matching.paragraphs import Compared, Span, compared
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject


@dataclass(frozen=True)
class Changed:
    """One paragraph beside what it was, with why and the numbers of the comments that caused it."""

    compared: Compared
    reason: str
    because: tuple[int, ...]

    @property
    def kind(self) -> str:
        return self.compared.kind

    @property
    def changed(self) -> bool:
        """Whether somebody must say why: a paragraph that only stands elsewhere needs no reason."""
        return self.compared.kind not in ("same", "moved")

    @property
    def anchor(self) -> int:
        return self.compared.anchor

    @property
    def spans(self) -> Sequence[Span]:
        return self.compared.spans

    @property
    def short(self) -> str:
        words = self.compared.after or self.compared.before
        return f"“{words[:10]}…”" if len(words) > 10 else f"“{words}”"


def text(pk: int) -> Document:
    """Raises NotFound."""
    found = _TEXT.first(pk)
    if found is None:
        raise NotFound
    return found


_TEXT = Prepared(lambda pk: Document.objects.select_related("place", "author", "replaces").filter(pk=pk))


def replaced() -> Exists:
    """As a condition on texts: an adopted text has taken its place."""
    return Exists(Document.objects.filter(replaces=OuterRef("pk"), adopted_at__isnull=False))


def successors(document: Document) -> QuerySet[Document]:
    """The adopted texts that have taken its place."""
    return Document.objects.filter(replaces=document, adopted_at__isnull=False)


def text_of(subject: Subject) -> Document | None:
    """The text of a matter, if it has one."""
    return _OF_MATTER.first(subject.kind, subject.id)


_OF_MATTER = Prepared(
    lambda kind, id: Document.objects.select_related("place").filter(subject_kind=kind, subject_id=id).order_by("pk")[:1]
)


def versions_of(document: Document) -> list[Version]:
    """With their paragraphs, oldest first; two queries."""
    return list(document.versions.prefetch_related("paragraphs").order_by("number"))


def public_versions(document: Document) -> list[Version]:
    """Those everybody may read: opened for comment or adopted."""
    called = set(document.calls.values_list("version_id", flat=True))
    return [version for version in versions_of(document) if version.adopted_at is not None or version.pk in called]


def changes_between(after: Version, before: Version | None = None) -> list[Changed]:
    """Paragraph by paragraph from `before` (the version before, unless given); nothing for the first version."""
    before = before or after.document.versions.filter(number=after.number - 1).first()
    if before is None:
        return []
    why = _reasons(after)
    pairs = compared(_words(before), _words(after))
    nothing: tuple[str, tuple[int, ...]] = ("", ())
    return [Changed(one, *why.get(one.anchor, nothing)) for one in pairs]


def _words(version: Version) -> list[tuple[int, str]]:
    return [(one.anchor, one.words) for one in version.paragraphs.all()]


def _reasons(version: Version) -> Mapping[int, tuple[str, tuple[int, ...]]]:
    rows: list[Paragraph | Struck] = [*version.paragraphs.prefetch_related("because")]
    rows += Struck.objects.filter(version=version).prefetch_related("because")
    return {row.anchor: (row.reason, tuple(comment.number for comment in row.because.all())) for row in rows}
