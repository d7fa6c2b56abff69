"""Filing evidence into a slot, and voiding what a slot holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from linli.records.evidence import events
from linli.records.evidence.models import File, Piece
from linli.records.evidence.sealing import digest_of, fresh_salt, plain
from linli.records.evidence.services.recording import seal
from linli.records.evidence.versions import file_version, series
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, both

NO_REASON = Text("请写明理由。", "Please give a reason.")


@transaction.atomic
def file_piece(
    *,
    subject: Subject,
    slot: str,
    kind: str,
    facts: Mapping[str, object],
    by: Person | None,
    at: datetime,
    place: Place,
    files: Sequence[File] = (),
    summary: str | Text = "",
) -> Piece:
    """File a new version of the evidence in a slot; the one before stays readable.

    `facts` is plain data: money in fen, days ISO, shares "5/6"; TypeError otherwise. `by` None is the system itself.
    `summary` is a Text where the system says it, and plain words where an office wrote them.
    """
    given, salt, said = plain(facts), fresh_salt(), both(summary)
    english = said.en if said.en != said.zh else ""
    piece = Piece(
        subject_kind=subject.kind,
        subject_id=subject.id,
        slot=slot,
        kind=kind,
        facts=given,
        summary=said.zh,
        summary_en=english,
        place=place,
        filed_by=by,
        filed_at=at,
        salt=salt,
        digest=digest_of(piece_body(slot, kind, given, said.zh, files, english), salt=salt),
    )
    file_version(piece)
    piece.files.set(files)
    seal(
        events.PieceFiled(slot=slot, kind=kind, version=piece.version, digest=piece.digest),
        place=place,
        subject=subject,
        by=by,
        at=at,
    )
    return piece


def piece_body(
    slot: str, kind: str, facts: Mapping[str, object], summary: str, files: Sequence[File], summary_en: str = ""
) -> dict[str, object]:
    """What the digest of a piece is taken over. The English stands in it only where there is one."""
    held = sorted(one.sha256 for one in files)
    body: dict[str, object] = {"slot": slot, "kind": kind, "facts": dict(facts), "summary": summary, "files": held}
    return body | {"summary_en": summary_en} if summary_en else body


@transaction.atomic
def void_slot(*, subject: Subject, slot: str, reason: str, by: Person | None, at: datetime, place: Place) -> int:
    """Take every version in a slot out of account, with a reason. Returns how many; the rows stay. Raises Invalid."""
    if not reason.strip():
        raise Invalid(NO_REASON, fields={"reason": NO_REASON})
    standing = series(Piece, subject, slot).filter(voided_at__isnull=True)
    voided = standing.update(voided_at=at, voided_by=by, void_reason=reason, current=False)
    if voided:
        seal(events.SlotVoided(slot=slot, versions=voided, reason=reason), place=place, subject=subject, by=by, at=at)
    return voided
