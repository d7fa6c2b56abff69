"""What the services of this app share: sealing under the matter, locking, reading typed words, filing evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from linli.records.evidence.forms.characters import clean
from linli.records.evidence.models import File, Piece
from linli.records.evidence.selectors import piece_history
from linli.records.evidence.services import file_piece
from linli.records.people.models import Person
from linli.records.rulebook.selectors import standing
from linli.records.texts.models import Comment, Document, Question
from linli.records.trail.codes import new_code
from linli.records.trail.services import record
from linli.rules.gates.model import Plain
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Slot

LONGEST = 5_000


def seal(event: object, document: Document, *, by: Person | None, at: datetime, nobody: str = "anonymous") -> str:
    """Seal under the matter the text belongs to; the receipt."""
    who = by.ref if by else nobody
    return record(event, stream=document.place_id, subject=document.subject, by=who, office=document.office, at=at).receipt


def locked(document: Document) -> Document:
    """The text as it is now, locked until the transaction ends. Raises NotFound."""
    found = Document.objects.select_for_update(of=("self",)).select_related("place", "author").filter(pk=document.pk).first()
    if found is None:
        raise NotFound
    return found


def filled(value: str, field: str, zh: str, en: str, *, longest: int = LONGEST) -> str:
    """Clean words. Raises Invalid at their field when there are none, or too many."""
    words = clean(value)
    if not words:
        text = Text(zh, en)
        raise Invalid(text, fields={field: text})
    if len(words) > longest:
        text = Text(f"最多 {longest} 字，现在 {len(words)} 字。", f"At most {longest} characters; it has {len(words)}.")
        raise Invalid(text, fields={field: text})
    return words


def free_code() -> str:
    code = new_code()
    while Comment.objects.filter(code=code).exists() or Question.objects.filter(code=code).exists():
        code = new_code()
    return code


def slots_for(document: Document, kind: str, *, alone: bool = False) -> list[Slot]:
    """The slots of the text's matter that take this kind of evidence; `alone`: and nothing else."""
    try:
        now = standing(document.subject)
    except NotFound:
        return []
    if now.passage.ended_at is not None:
        return []
    return [slot for slot in now.procedure.slots.values() if slot.kinds == (kind,) or (kind in slot.kinds and not alone)]


def file_into(
    document: Document,
    slots: Sequence[Slot],
    kind: str,
    facts: Mapping[str, Plain],
    *,
    by: Person | None,
    at: datetime,
    summary: str,
    files: Sequence[File] = (),
    anew: bool = True,
) -> list[Piece]:
    """File a version of the evidence. Not `anew`: only where one of this kind stands that nobody voided."""
    filed = []
    for slot in slots:
        latest = piece_history(document.subject, slot.id).last()
        if not anew and (latest is None or latest.voided_at is not None or latest.kind != kind):
            continue
        filed.append(
            file_piece(
                subject=document.subject,
                slot=slot.id,
                kind=kind,
                facts=facts,
                by=by,
                at=at,
                place=document.place,
                files=files,
                summary=summary,
            )
        )
    return filed
