"""Setting a year's money, promising it, giving it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.records.evidence import services as evidence
from linli.records.funds import events
from linli.records.funds.models import Commitment, Contribution, Envelope
from linli.records.funds.permissions import SET_ENVELOPE
from linli.records.funds.selectors import commitment_of
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.refs import By, ref_of
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.money import in_words, wan
from linli.rules.plain.refusals import Invalid, Refused, require_fields
from linli.rules.plain.subjects import Subject, place_year
from linli.rules.plain.texts import Text

BUDGET_LINE = "budget_line"


@transaction.atomic
def set_envelope(
    *,
    place: Place,
    year: int,
    amount_fen: int | None,
    source: str,
    dedicated: bool | None,
    approved: bool | None,
    by: Person,
    at: datetime,
    document: str = "",
    demonstration: bool = False,
) -> Envelope:
    """Set or change the money of a place for a year, and file it as evidence of that year.

    None is what nobody has said. Raises NotAllowed, Invalid with everything that is lacking, and
    Refused when less is set than has been promised already.
    """
    require(by, SET_ENVELOPE, place, day_in_china(at))
    said = {"amount": amount_fen, "source": source.strip() or None, "dedicated": dedicated, "approved": approved}
    wrong = {name: _NEEDED[name] for name, given in said.items() if given is None}
    require_fields({"amount": _NEGATIVE, **wrong} if amount_fen is not None and amount_fen < 0 else wrong)
    assert amount_fen is not None and dedicated is not None and approved is not None
    values = {"amount_fen": amount_fen, "source": source.strip(), "document": document, "dedicated": dedicated}
    values |= {"approved": approved, "demonstration": demonstration, "set_by": by.ref, "set_at": at}
    envelope = _locked(place, year)
    if envelope is None:
        # Two who set it first at one moment: the second finds it and changes it.
        Envelope.objects.get_or_create(place=place, year=year, defaults=values)
        envelope = _locked(place, year)
        assert envelope is not None
    if amount_fen < envelope.promised_fen:
        raise Refused(_too_low(envelope.promised_fen))
    for name, value in values.items():
        setattr(envelope, name, value)
    envelope.save(update_fields=list(values))
    _file(envelope, by, at)
    return envelope


_NEEDED = {
    "amount": Text("请写成金额，如 200万 或 2000000。", "Write an amount, such as 2000000."),
    "source": Text("请写明经费从哪里来。", "Say where the money comes from."),
    "dedicated": Text("请选是否专项安排。", "Choose whether it is a line of its own."),
    "approved": Text("请选预算是否已经批准。", "Choose whether the budget is approved."),
}
_NEGATIVE = Text("金额不能是负数。", "The amount cannot be negative.")


def _too_low(promised: int) -> Text:
    return Text(
        f"已经列支 {wan(promised)}，不能再调到这以下。",
        f"{in_words(promised, 'en')} has been promised already; the money cannot be set below that.",
    )


def _file(envelope: Envelope, by: Person, at: datetime) -> None:
    subject = place_year(envelope.place_id, envelope.year)
    facts: dict[str, object] = {"approved": envelope.approved, "dedicated": envelope.dedicated}
    evidence.file_piece(
        subject=subject,
        slot=BUDGET_LINE,
        kind=BUDGET_LINE,
        facts=facts,
        by=by,
        at=at,
        place=envelope.place,
        summary=envelope.source,
    )
    sealed = events.EnvelopeSet(
        place=envelope.place_id,
        year=envelope.year,
        amount_fen=envelope.amount_fen,
        source=envelope.source,
        dedicated=envelope.dedicated,
        approved=envelope.approved,
    )
    trail.record(sealed, stream=envelope.place_id, subject=subject, by=by.ref, at=at)


@transaction.atomic
def commit_money(
    *, subject: Subject, amount_fen: int, place: Place, year: int, by: By, at: datetime, state: str = "committed"
) -> Commitment:
    """Promise money of a year to a subject; called again, the promise takes the new amount.

    Whoever comes second waits for the first. Raises Refused when there is no such money, or not so much left.
    """
    envelope = _locked(place, year)
    if envelope is None:
        raise Refused(
            Text(f"{place.short_name}{year} 年的经费还没有核定。", f"The money of {place.name} for {year} has not been set yet.")
        )
    held = _held(subject)
    if held is not None and held.envelope_id != envelope.pk:
        raise Refused(Text("已经列支在另一年度的经费里。", "It holds money of another year already."))
    before = held.amount_fen if held else 0
    short = amount_fen - before - envelope.left_fen
    if short > 0:
        raise Refused(_not_enough(envelope, amount_fen, short))
    if held is None:
        held = Commitment(envelope=envelope, subject_kind=subject.kind, subject_id=subject.id)
    held.amount_fen, held.state, held.by, held.at = amount_fen, state, ref_of(by), at
    held.save()
    _promise(envelope, amount_fen - before)
    sealed = events.MoneyCommitted(place=place.pk, year=year, amount_fen=amount_fen, left_fen=envelope.left_fen)
    trail.record(sealed, stream=place.pk, subject=subject, by=ref_of(by), at=at)
    return held


@transaction.atomic
def release_money(*, subject: Subject, by: By, at: datetime) -> Commitment | None:
    """Give back what a subject holds. Nothing happens when it holds nothing."""
    now = commitment_of(subject)
    # The envelope is always locked first: two who lock in the same order never wait for each other.
    envelope = _locked(now.envelope.place, now.envelope.year) if now else None
    held = _held(subject)
    if held is None or envelope is None:
        return None
    held.state, held.released_at = "released", at
    held.save()
    _promise(envelope, -held.amount_fen)
    sealed = events.MoneyReleased(
        place=envelope.place_id, year=envelope.year, amount_fen=held.amount_fen, left_fen=envelope.left_fen
    )
    trail.record(sealed, stream=envelope.place_id, subject=subject, by=ref_of(by), at=at)
    return held


@transaction.atomic
def name_sources(*, subject: Subject, place: Place, sources: Mapping[str, int], by: By, at: datetime) -> None:
    """Where a subject's money comes from: source -> fen. Replaces what was named before. Raises Invalid."""
    wrong = {name: _SOURCE for name, amount in sources.items() if not 0 < len(name.strip()) <= 120 or not 0 < amount < _MOST_FEN}
    if wrong:
        raise Invalid(_SOURCE, fields=wrong)
    Contribution.objects.filter(subject_kind=subject.kind, subject_id=subject.id).delete()
    Contribution.objects.bulk_create(
        Contribution(
            subject_kind=subject.kind, subject_id=subject.id, source=name.strip(), amount_fen=amount, at=at, by=ref_of(by)
        )
        for name, amount in sources.items()
    )
    sealed = events.SourcesNamed(sources=sorted(sources), total_fen=sum(sources.values()))
    trail.record(sealed, stream=place.pk, subject=subject, by=ref_of(by), at=at)


_SOURCE = Text("每一笔来源都要写明名称和金额。", "Each source needs a name and an amount.")
_MOST_FEN = 10**16


def hold_envelope(*, place: Place, year: int) -> None:
    """Lock the year's money until the transaction ends. Whoever will seal something first and promise money later calls
    this before both: money is always locked before a stream of the trail."""
    _locked(place, year)


def _locked(place: Place, year: int) -> Envelope | None:
    return Envelope.objects.select_for_update(of=("self",)).select_related("place").filter(place=place, year=year).first()


def _held(subject: Subject) -> Commitment | None:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("envelope__place")
    return rows.filter(subject_kind=subject.kind, subject_id=subject.id).exclude(state="released").first()


def _promise(envelope: Envelope, more_fen: int) -> None:
    envelope.promised_fen += more_fen
    envelope.save(update_fields=["promised_fen"])


def _not_enough(envelope: Envelope, amount_fen: int, short: int) -> Text:
    return Text(
        f"年度经费不够：还剩 {wan(envelope.left_fen)}，要列支 {wan(amount_fen)}，差 {wan(short)}。",
        f"The year's money is not enough: {in_words(envelope.left_fen, 'en')} is left, "
        f"{in_words(amount_fen, 'en')} is asked for; {in_words(short, 'en')} is missing.",
    )
