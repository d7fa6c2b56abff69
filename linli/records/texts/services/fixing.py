"""A version that others are to read is fixed: its words get a digest and are never touched again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from linli.records.evidence.sealing import digest_of
from linli.records.people.models import Person
from linli.records.texts import events
from linli.records.texts.models import Document, Effect, Version
from linli.records.texts.selectors.reading import changes_between
from linli.records.texts.services.common import file_into, locked, seal, slots_for
from linli.rules.gates.model import Plain
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


def fix_version(version: Version, *, by: Person, at: datetime) -> Version:
    """Fix the draft as it is. Raises Refused while it is empty or a change from the version before has no reason."""
    if version.fixed_at is not None:
        return version
    document = version.document
    paragraphs = list(version.paragraphs.all())
    if not paragraphs:
        raise Refused(Text("正文还是空的。", "The text is still empty."))
    silent = [change for change in changes_between(version) if change.changed and not change.reason]
    if silent:
        which = "、".join(change.short for change in silent[:5])
        raise Refused(
            Text(
                f"有 {len(silent)} 段改了却没有写理由：{which}。写明每一处为什么改，再往下走。",
                f"{len(silent)} paragraphs changed without a reason: {which}. Say why each was changed, then go on.",
            )
        )
    version.fixed_at = at
    version.digest = text_digest(document, version)
    fixed = events.VersionFixed(text=document.pk, version=version.number, paragraphs=len(paragraphs), digest=version.digest)
    version.receipt = seal(fixed, document, by=by, at=at)
    version.save(update_fields=["fixed_at", "digest", "receipt"])
    return version


def text_digest(document: Document, version: Version) -> str:
    """Anyone can take it again from the words."""
    words = [one.words for one in version.paragraphs.all()]
    return digest_of({"title": document.title, "version": version.number, "paragraphs": words})


@transaction.atomic
def adopt_text(*, document: Document, by: Person, at: datetime, slots: Sequence[str] | None = None) -> Version:
    """Settle the latest version as the text to be issued; files `adopted_text` with the number of sources it names.

    Into the slots named, else into those that take nothing else. Where it replaces a text kept here, that text's matter
    gets it as its successor. Raises Refused while comments are taken or unanswered changes have no reason.
    """
    document = locked(document)
    if document.calls.filter(closed_at__isnull=True).exists():
        raise Refused(Text("正在征求意见，结束以后才能定稿。", "It is open for comment; it can be adopted after that."))
    version = fix_version(document.versions.order_by("-number")[0], by=by, at=at)
    if version.adopted_at is not None:
        raise Refused(Text("这一版已经定稿。", "This version is adopted already."))
    based_on = document.bases.filter(kind="based_on", removed_at__isnull=True).count()
    version.adopted_at = document.adopted_at = at
    version.save(update_fields=["adopted_at"])
    document.save(update_fields=["adopted_at"])
    seal(
        events.TextAdopted(text=document.pk, version=version.number, digest=version.digest, based_on=based_on),
        document,
        by=by,
        at=at,
    )
    known = slots_for(document, "adopted_text", alone=slots is None)
    mine = [slot for slot in known if slots is None or slot.id in slots]
    facts: Mapping[str, Plain] = {"based_on": based_on}
    files = list(document.attachments.all())
    file_into(document, mine, "adopted_text", facts, by=by, at=at, summary=document.title, files=files)
    if document.replaces is not None:
        heirs = [slot for slot in slots_for(document.replaces, "adopted_text") if slot.kinds != ("adopted_text",)]
        file_into(document.replaces, heirs, "adopted_text", facts, by=by, at=at, summary=document.title)
    return version


@transaction.atomic
def keep_effect(
    *,
    document: Document,
    since: date,
    until: date,
    matters: int,
    tried: int,
    rows: list[dict[str, Plain]],
    clauses: list[dict[str, Plain]],
    by: Person,
    at: datetime,
) -> Effect:
    """Keep what the draft pack would have done, with its digest. Raises Refused without a pack."""
    document = locked(document)
    if not document.pack:
        raise Refused(Text("先附上规则包，才能测算。", "Attach a rule pack first."))
    otherwise = sum(row["would"] == "stricter" for row in rows)
    body = {
        "pack": document.pack_digest,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "matters": matters,
        "tried": tried,
        "rows": rows,
        "clauses": clauses,
    }
    digest = digest_of(body)
    reckoned = events.EffectReckoned(
        text=document.pk,
        pack=document.pack,
        since=since.isoformat(),
        until=until.isoformat(),
        tried=tried,
        otherwise=otherwise,
        digest=digest,
    )
    receipt = seal(reckoned, document, by=by, at=at)
    return Effect.objects.create(
        document=document,
        pack_digest=document.pack_digest,
        since=since,
        until=until,
        matters=matters,
        tried=tried,
        otherwise=otherwise,
        rows=rows,
        clauses=clauses,
        digest=digest,
        reckoned_by=by,
        reckoned_at=at,
        receipt=receipt,
    )
