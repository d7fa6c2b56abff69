"""Beginning a text, writing its paragraphs, naming what it rests on."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from linli.records.evidence.forms.characters import clean
from linli.records.evidence.models import File
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import events
from linli.records.texts.models import BASIS_KINDS, KINDS, Basis, Comment, Document, Paragraph, Struck, Version
from linli.records.texts.services.common import filled, locked, seal
from linli.rules.matching.paragraphs import carried, split
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, one_line

LONGEST_PARAGRAPH = 4_000
MOST_PARAGRAPHS = 400


@transaction.atomic
def begin_text(
    *,
    subject: Subject,
    kind: str,
    place: Place,
    title: str,
    by: Person,
    at: datetime,
    office: str = "",
    words: str = "",
    replaces: Document | None = None,
    demonstration: bool = False,
) -> Document:
    """Begin the text of a matter; `words` is split into paragraphs. Raises Invalid, Refused when it has one already."""
    title = filled(one_line(title), "title", "请填写文本标题。", "Please give the text a title.", longest=200)
    if kind not in KINDS:
        text = Text("请选择文本种类。", "Please choose what kind of text this is.")
        raise Invalid(text, fields={"kind": text})
    if Document.objects.filter(subject_kind=subject.kind, subject_id=subject.id).exists():
        raise Refused(Text("这件事已经有文本了，请在原来的文本上改。", "This matter has its text already; work on that one."))
    document = Document.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        kind=kind,
        place=place,
        title=title,
        office=office,
        author=by,
        begun_at=at,
        replaces=replaces,
        demonstration=demonstration,
    )
    version = Version.objects.create(document=document, number=1, written_by=by, written_at=at)
    seal(
        events.TextBegun(text=document.pk, kind=kind, title=title, replaces=replaces.pk if replaces else 0),
        document,
        by=by,
        at=at,
    )
    if words.strip():
        _rewrite(version, split(clean(words)))
    return document


def draft_of(document: Document) -> Version:
    """The version being written. Raises Refused when none is."""
    found = document.versions.filter(fixed_at__isnull=True).first()
    if found is None:
        raise Refused(
            Text("现在没有正在写的版本。要改，请先开始下一版。", "No version is being written; begin the next one first.")
        )
    return found


@transaction.atomic
def write_text(*, document: Document, words: str, by: Person, at: datetime) -> Version:
    """Put a whole plain text in place of the draft's paragraphs. A paragraph that only changed keeps its anchor."""
    version = draft_of(locked(document))
    text = filled(words, "words", "请写上正文。", "Please write the text.", longest=200_000)
    _rewrite(version, split(text))
    return _touched(version, by, at)


def _rewrite(version: Version, paragraphs: Sequence[str]) -> None:
    for number, words in enumerate(paragraphs, start=1):
        if len(words) > LONGEST_PARAGRAPH:
            _wrong("words", f"第 {number} 段太长，请分段。", f"Paragraph {number} is too long; please split it.")
    if len(paragraphs) > MOST_PARAGRAPHS:
        _wrong("words", f"最多 {MOST_PARAGRAPHS} 段。", f"At most {MOST_PARAGRAPHS} paragraphs.")
    old = {one.anchor: one for one in version.paragraphs.prefetch_related("because")}
    before = [(one.anchor, one.words) for one in old.values()] or _fixed_before(version)
    anchors = carried(before, paragraphs)
    free = _next_anchor(version.document)
    kept = {anchor: (one.reason, [each.pk for each in one.because.all()]) for anchor, one in old.items()}
    version.paragraphs.all().delete()
    for position, (words, carried_on) in enumerate(zip(paragraphs, anchors, strict=True), start=1):
        anchor = carried_on if carried_on is not None else free
        free += carried_on is None
        reason, because = kept.get(anchor, ("", []))
        made = Paragraph.objects.create(version=version, anchor=anchor, position=position, words=words, reason=reason)
        if because:
            made.because.set(because)


def _fixed_before(version: Version) -> list[tuple[int, str]]:
    before = version.document.versions.filter(number=version.number - 1).first()
    return [(one.anchor, one.words) for one in before.paragraphs.all()] if before else []


def _next_anchor(document: Document) -> int:
    return (Paragraph.objects.filter(version__document=document).aggregate(last=Max("anchor"))["last"] or 0) + 1


def _touched(version: Version, by: Person, at: datetime) -> Version:
    version.written_by, version.written_at = by, at
    version.save(update_fields=["written_by", "written_at"])
    return version


@transaction.atomic
def change_paragraph(
    *,
    document: Document,
    anchor: int,
    words: str,
    by: Person,
    at: datetime,
    reason: str = "",
    because: Sequence[Comment] = (),
) -> Version:
    """Change one paragraph of the draft, with why and the comments that caused it. Blank words strike it out."""
    version = draft_of(locked(document))
    found = version.paragraphs.filter(anchor=anchor).first()
    why = clean(reason)
    if found is None:
        _explain_struck(version, anchor, why, because)
        return _touched(version, by, at)
    said = split(clean(words))
    if not said:
        found.delete()
        if any(known == anchor for known, _ in _fixed_before(version)):
            _explain_struck(version, anchor, why, because)
        return _touched(version, by, at)
    if len(said[0]) > LONGEST_PARAGRAPH:
        _wrong("words", "这一段太长，请分段。", "This paragraph is too long; please split it.")
    found.words, found.reason = said[0], why
    found.save(update_fields=["words", "reason"])
    found.because.set(because)
    _insert_after(version, found, said[1:], why, because)
    return _touched(version, by, at)


def _insert_after(version: Version, found: Paragraph, more: Sequence[str], why: str, because: Sequence[Comment]) -> None:
    if not more:
        return
    free = _next_anchor(version.document)
    behind = list(version.paragraphs.filter(position__gt=found.position))
    for one in behind:
        one.position += len(more)
    Paragraph.objects.bulk_update(behind, ["position"])
    for offset, words in enumerate(more):
        made = Paragraph.objects.create(
            version=version, anchor=free + offset, position=found.position + 1 + offset, words=words, reason=why
        )
        made.because.set(because)


def _explain_struck(version: Version, anchor: int, why: str, because: Sequence[Comment]) -> None:
    if not any(known == anchor for known, _ in _fixed_before(version)):
        raise NotFound
    struck, _ = Struck.objects.update_or_create(version=version, anchor=anchor, defaults={"reason": why})
    struck.because.set(because)


@transaction.atomic
def begin_version(*, document: Document, by: Person, at: datetime, reason: str) -> Version:
    """Begin the next version from the last fixed one. Raises Refused while one is being written, or comments are taken."""
    document = locked(document)
    why = filled(reason, "reason", "请写明为什么要改。", "Please say why it is revised.")
    if document.versions.filter(fixed_at__isnull=True).exists():
        raise Refused(Text("已经有一版正在写。", "A version is being written already."))
    if document.calls.filter(closed_at__isnull=True).exists():
        raise Refused(Text("正在征求意见，结束以后再写下一版。", "It is open for comment; begin the next version after that."))
    last = document.versions.order_by("-number")[0]
    version = Version.objects.create(document=document, number=last.number + 1, reason=why, written_by=by, written_at=at)
    Paragraph.objects.bulk_create(
        Paragraph(version=version, anchor=one.anchor, position=one.position, words=one.words) for one in last.paragraphs.all()
    )
    return version


@transaction.atomic
def add_basis(
    *, document: Document, title: str, by: Person, at: datetime, kind: str = "based_on", number: str = "", clause: str = ""
) -> Basis:
    """Name a document it rests on, or one it takes the place of."""
    document = locked(document)
    title = filled(one_line(title), "title", "请写上文件名称。", "Please give the title of the document.", longest=200)
    if kind not in BASIS_KINDS:
        _wrong("kind", "请选择是依据还是被替代的文件。", "Choose whether it is a basis or what this replaces.")
    basis = Basis.objects.create(
        document=document, kind=kind, title=title, number=clean(number)[:100], clause=clause[:60], added_by=by, added_at=at
    )
    named = events.BasisAdded(text=document.pk, kind=kind, title=title, number=basis.number, clause=basis.clause)
    seal(named, document, by=by, at=at)
    return basis


@transaction.atomic
def remove_basis(*, basis: Basis, by: Person, at: datetime) -> None:
    """Take a basis out again; that it stood there stays sealed. Raises Refused once the text is adopted."""
    document = locked(basis.document)
    if document.adopted_at is not None:
        raise Refused(Text("文本已经定稿，依据不再改动。", "The text is adopted; its basis is not changed any more."))
    Basis.objects.filter(pk=basis.pk).update(removed_at=at)
    seal(events.BasisRemoved(text=document.pk, title=basis.title), document, by=by, at=at)


@transaction.atomic
def attach_file(*, document: Document, file: File, by: Person, at: datetime) -> None:
    document = locked(document)
    document.attachments.add(file)
    seal(events.Attached(text=document.pk, sha256=file.sha256), document, by=by, at=at)


@transaction.atomic
def attach_pack(*, document: Document, pack: str, name: str, content: bytes, by: Person, at: datetime) -> Document:
    """Keep the text as data beside it: a rule pack as a zip that has been read without an error (the caller read it)."""
    document = locked(document)
    digest = sha256(content).hexdigest()
    document.pack, document.pack_name, document.pack_draft, document.pack_digest = pack, name[:140], content, digest
    document.save(update_fields=["pack", "pack_name", "pack_draft", "pack_digest"])
    seal(events.PackAttached(text=document.pk, pack=pack, sha256=digest), document, by=by, at=at)
    return document


def _wrong(field: str, zh: str, en: str) -> None:
    text = Text(zh, en)
    raise Invalid(text, fields={field: text})
