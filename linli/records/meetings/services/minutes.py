"""Minutes: written, countersigned, locked, and annexed. Until they are locked no decision is in effect."""

from datetime import datetime
from hashlib import sha256
from unicodedata import normalize

from django.db import transaction

from linli.records.meetings import events
from linli.records.meetings.filing import refile_all
from linli.records.meetings.models import Annex, Meeting, Minutes, MinutesSignature, Signatory
from linli.records.meetings.models.minutes import ROLES
from linli.records.meetings.permissions import KEEP, SIGN
from linli.records.meetings.selectors.minutes import locked_minutes, minutes_of, signatures_needed
from linli.records.meetings.services.common import attendance_of, filled, lock_meeting, must_be, seal
from linli.records.people.models import Person
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def write_minutes(*, meeting: Meeting, text: str, by: Person, at: datetime) -> Minutes:
    """A new version; signatures under an earlier text no longer count. Raises Refused once they are locked."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    must_be(meeting, "open", "closed")
    _not_locked(meeting)
    written = filled(text, "text", "请写会议记录。", "Write the minutes.")
    before = minutes_of(meeting)
    minutes = Minutes.objects.create(
        meeting=meeting,
        version=before.version + 1 if before else 1,
        text=written,
        digest=digest_of(written),
        written_at=at,
        written_by=by,
    )
    seal(events.MinutesWritten(version=minutes.version, digest=minutes.digest), meeting, by=by, at=at)
    return minutes


@transaction.atomic
def name_signatory(*, meeting: Meeting, person: Person, role: str, by: Person, at: datetime) -> Signatory:
    """Name somebody who was present to countersign. Raises Refused, Invalid, NotFound, NotAllowed."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    must_be(meeting, "open", "closed")
    _not_locked(meeting)
    if role not in ROLES:
        raise Invalid(_ROLE, fields={"role": _ROLE})
    if not attendance_of(meeting, person).present:
        raise Refused(_NOT_THERE)
    named, _ = Signatory.objects.update_or_create(meeting=meeting, person=person, defaults={"role": role})
    seal(events.SignatoryNamed(person=person.ref, role=role), meeting, by=by, at=at)
    return named


@transaction.atomic
def sign_minutes(*, meeting: Meeting, digest: str, by: Person, at: datetime, dissent: str = "") -> MinutesSignature:
    """Sign the latest version, named by the digest that was read. With enough signatures it is locked and takes effect.

    Raises Refused when the text has changed meanwhile or was signed before, NotAllowed for anybody who was not present.
    """
    meeting = lock_meeting(meeting, by=by, at=at, may=SIGN)
    must_be(meeting, "closed")
    _not_locked(meeting)
    minutes = minutes_of(meeting)
    if minutes is None or minutes.digest != digest:
        raise Refused(Text("会议记录已经改动，请重新看过再签。", "The minutes have changed; read them again before you sign."))
    if minutes.signatures.filter(person=by).exists():
        raise Refused(Text("您已经签过这一版。", "You have signed this version already."))
    signature = MinutesSignature.objects.create(minutes=minutes, person=by, digest=digest, dissent=dissent.strip(), at=at)
    seal(events.MinutesSigned(version=minutes.version, digest=digest, dissent=dissent.strip()), meeting, by=by, at=at)
    _lock_if_enough(meeting, minutes, by=by, at=at)
    return signature


@transaction.atomic
def add_annex(*, meeting: Meeting, text: str, by: Person, at: datetime) -> Annex:
    """Say something about locked minutes. Raises Refused while they can still be rewritten."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    minutes = locked_minutes(meeting)
    if minutes is None:
        raise Refused(Text("会议记录还没有锁定，可以直接修改。", "The minutes are not locked; change them directly."))
    written = filled(text, "text", "请写说明。", "Write the annex.")
    annex = Annex.objects.create(minutes=minutes, text=written, digest=digest_of(written), at=at, by=by)
    seal(events.AnnexAdded(version=minutes.version, digest=annex.digest), meeting, by=by, at=at)
    return annex


def digest_of(text: str) -> str:
    return sha256(normalize("NFC", text).encode()).hexdigest()


_ROLE = Text("请选择会签人的身份。", "Choose what they sign as.")
_NOT_THERE = Text("没有到会的人不能会签。", "Somebody who was not present cannot countersign.")


def _not_locked(meeting: Meeting) -> None:
    if locked_minutes(meeting) is not None:
        raise Refused(
            Text("会议记录已经会签锁定，不能再改；有新情况请附说明。", "The minutes are signed and locked. Add an annex instead.")
        )


def _lock_if_enough(meeting: Meeting, minutes: Minutes, *, by: Person, at: datetime) -> None:
    needed = signatures_needed(meeting)
    signers = frozenset(f"person:{person}" for person in minutes.signatures.values_list("person_id", flat=True))
    if not needed.met_by(signers):
        return
    minutes.locked_at, minutes.needed = at, needed.plain()
    minutes.save(update_fields=["locked_at", "needed"])
    event = events.MinutesLocked(version=minutes.version, digest=minutes.digest, signatures=len(signers), needed=needed.count)
    seal(event, meeting, by=by, at=at)
    refile_all(meeting, by=by, at=at)
