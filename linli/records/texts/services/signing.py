"""我承诺: opening an adopted text for signing, signing online or on paper, withdrawing. Files `signatures`."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from linli.records.people.models import Household, Person
from linli.records.people.selectors import household_of, households, on_roll, roll
from linli.records.texts import events
from linli.records.texts.models import UNITS, Document, Signature, Signing
from linli.records.texts.selectors import successors
from linli.records.texts.services.common import file_into, filled, locked, seal, slots_for
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text, quoted

KIND = "signatures"


@transaction.atomic
def open_signing(*, document: Document, unit: str, by: Person, at: datetime) -> Signing:
    """Open the adopted version for signing, by household or by person; how many may sign is counted from the roll today.

    Raises Refused before the text is adopted or while it is being signed.
    """
    document = locked(document)
    if unit not in UNITS:
        text = Text("请选择按户签还是按人签。", "Choose whether households or persons sign.")
        raise Invalid(text, fields={"unit": text})
    if document.adopted_at is None:
        raise Refused(Text("文本还没有定稿；签的必须是定稿。", "The text is not adopted yet; only an adopted text is signed."))
    if document.signings.filter(closed_at__isnull=True).exists():
        raise Refused(Text("正在签名。", "It is being signed already."))
    on = day_in_china(at)
    entitled = households(document.place, on).count() if unit == "household" else roll(document.place, on).count()
    version = document.versions.filter(adopted_at__isnull=False).order_by("-number")[0]
    opened = events.SigningOpened(text=document.pk, version=version.number, unit=unit, entitled=entitled)
    receipt = seal(opened, document, by=by, at=at)
    return Signing.objects.create(
        document=document, version=version, unit=unit, entitled=entitled, opened_by=by, opened_at=at, receipt=receipt
    )


def _running(document: Document) -> Signing:
    found = document.signings.filter(closed_at__isnull=True).select_related("version").first()
    if found is None:
        raise Refused(Text("现在没有在签名。", "It is not open for signing."))
    return found


def _require_in_force(document: Document, on: date) -> None:
    """Raises Refused from the day after a later text took its place."""
    later = successors(document).order_by("adopted_at").first()
    if later is not None and later.adopted_at is not None and on > day_in_china(later.adopted_at):
        zh = f"这份文本已由《{later.title}》代替，请签新的文本。"
        raise Refused(Text(zh, f"{quoted(later.title)} has taken the place of this text; please sign the new one."))


@transaction.atomic
def sign_text(*, document: Document, by: Person, at: datetime) -> Signature:
    """A resident signs, for themselves or for their household. Raises NotAllowed off the roll, Refused when signed or
    when a later text has taken its place."""
    document, on = locked(document), day_in_china(at)
    signing = _running(document)
    _require_in_force(document, on)
    if not on_roll(by, document.place, on):
        raise NotAllowed(
            Text(f"由{document.place.short_name}的居民签名。", f"Residents of {document.place.short_name} sign this.")
        )
    home = None
    if signing.unit == "household":
        home = household_of(by.pk, document.place, on)
        if home is None:
            raise Refused(
                Text(
                    "名册里还没有写明您是哪一户，请社区先补登记。",
                    "The roll does not say which household is yours; ask the community.",
                )
            )
    if _has_signed(signing, person=by, household=home):
        raise Refused(_SIGNED_HOUSEHOLD if home else _SIGNED)
    signature = _write(signing, [(by, home, "")], on, by, at, on_paper=False)[0]
    _settle(signing, [signature], by, at)
    return signature


_SIGNED = Text("您已经签过名。", "You have signed already.")
_SIGNED_HOUSEHOLD = Text("您这一户已经签过名。", "Your household has signed already.")


def _has_signed(signing: Signing, *, person: Person | None, household: Household | None) -> bool:
    still = signing.signatures.filter(withdrawn_at__isnull=True)
    return still.filter(household=household).exists() if household else still.filter(person=person).exists()


@transaction.atomic
def enter_signatures(
    *, document: Document, names: Sequence[str], labels: Sequence[str], signed_on: date, by: Person, at: datetime
) -> list[Signature]:
    """Enter what was signed on paper: household numbers where households sign, names where persons do.

    All or nothing: Invalid names every line that cannot be taken.
    """
    document = locked(document)
    signing = _running(document)
    if not day_in_china(signing.opened_at) <= signed_on <= day_in_china(at):
        text = Text("签名日期要在开始签名以后、今天以前。", "The day of signing lies between the opening and today.")
        raise Invalid(text, fields={"signed_on": text})
    _require_in_force(document, signed_on)
    rows = _households(signing, labels) if signing.unit == "household" else _persons(names)
    signatures = _write(signing, rows, signed_on, by, at, on_paper=True)
    _settle(signing, signatures, by, at)
    return signatures


_Row = tuple[Person | None, Household | None, str]


def _households(signing: Signing, labels: Sequence[str]) -> list[_Row]:
    wanted = [label.strip() for label in labels if label.strip()]
    known = {
        one.label: one for one in households(signing.document.place, day_in_china(signing.opened_at)).filter(label__in=wanted)
    }
    signed = set(
        signing.signatures.filter(withdrawn_at__isnull=True, household__isnull=False).values_list("household__label", flat=True)
    )
    unknown = [label for label in wanted if label not in known]
    twice = [label for label in wanted if label in signed or wanted.count(label) > 1]
    if not wanted or unknown or twice:
        text = _wrong_lines(unknown, sorted(set(twice)))
        raise Invalid(text, fields={"lines": text})
    return [(None, known[label], "") for label in wanted]


def _wrong_lines(unknown: Sequence[str], twice: Sequence[str]) -> Text:
    zh, en = [], []
    if unknown:
        zh.append(f"名册里没有：{'、'.join(unknown)}")
        en.append(f"not on the roll: {', '.join(unknown)}")
    if twice:
        zh.append(f"已经签过或写了两遍：{'、'.join(twice)}")
        en.append(f"signed already or written twice: {', '.join(twice)}")
    if not zh:
        return Text("请每行写一户。", "Write one household on each line.")
    return Text("；".join(zh) + "。", "; ".join(en) + ".")


def _persons(names: Sequence[str]) -> list[_Row]:
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted:
        text = Text("请每行写一个人。", "Write one person on each line.")
        raise Invalid(text, fields={"lines": text})
    return [(None, None, name[:60]) for name in wanted]


def _write(signing: Signing, rows: Sequence[_Row], on: date, by: Person, at: datetime, *, on_paper: bool) -> list[Signature]:
    number = signing.signatures.aggregate(last=Max("number"))["last"] or 0
    return [
        Signature.objects.create(
            signing=signing,
            number=number + step,
            person=person,
            household=home,
            name=name,
            on_paper=on_paper,
            signed_on=on,
            entered_by=by,
            entered_at=at,
        )
        for step, (person, home, name) in enumerate(rows, start=1)
    ]


def _settle(signing: Signing, signatures: Sequence[Signature], by: Person, at: datetime) -> None:
    who = [one.person.ref if one.person else one.household.ref if one.household else one.name.open() for one in signatures]
    signed = events.Signed(
        text=signing.document_id, numbers=[one.number for one in signatures], on_paper=signatures[0].on_paper, who=who
    )
    seal(signed, signing.document, by=by, at=at)
    _file(signing, by, at)


def _file(signing: Signing, by: Person, at: datetime) -> None:
    document = signing.document
    signers = signing.signatures.filter(withdrawn_at__isnull=True).count()
    file_into(document, slots_for(document, KIND), KIND, {"signers": signers}, by=by, at=at, summary=document.title)


@transaction.atomic
def withdraw_signature(*, signature: Signature, reason: str, by: Person, at: datetime) -> Signature:
    """Withdraw it, with a reason; it stays on record and no longer counts."""
    document = locked(signature.signing.document)
    why = filled(reason, "reason", "请写明为什么撤回。", "Please say why it is withdrawn.", longest=300)
    signature = Signature.objects.select_for_update().get(pk=signature.pk)
    if signature.withdrawn_at is not None:
        raise Refused(Text("这个签名已经撤回。", "This signature is withdrawn already."))
    signature.withdrawn_at, signature.withdrawn_why = at, why
    signature.save(update_fields=["withdrawn_at", "withdrawn_why"])
    seal(events.SignatureWithdrawn(text=document.pk, number=signature.number, reason=why), document, by=by, at=at)
    _file(signature.signing, by, at)
    return signature


@transaction.atomic
def close_signing(*, document: Document, by: Person, at: datetime) -> Signing:
    document = locked(document)
    signing = _running(document)
    signing.closed_at = at
    signing.save(update_fields=["closed_at"])
    signers = signing.signatures.filter(withdrawn_at__isnull=True).count()
    seal(events.SigningClosed(text=document.pk, signers=signers), document, by=by, at=at)
    return signing
