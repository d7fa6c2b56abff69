"""A year's money as parts of a whole: what there is, what is promised, what is left."""

from dataclasses import dataclass

from linli.records.funds.models import Envelope
from linli.rules.plain.texts import listed
from linli.web.shared.shapes import Words
from linli.web.shared.tags.money import BAR


@dataclass(frozen=True)
class Purse:
    """All in fen; `part` is the promised part of the bar's 1000 units."""

    amount_fen: int
    promised_fen: int
    source: Words
    document: str = ""
    approved: bool = True
    demonstration: bool = False
    dedicated: bool = False

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.promised_fen

    @property
    def part(self) -> int:
        return round(BAR * self.promised_fen / self.amount_fen) if self.amount_fen else 0


def purse_of(envelope: Envelope) -> Purse:
    return Purse(
        envelope.amount_fen,
        envelope.promised_fen,
        envelope.source,
        envelope.document,
        envelope.approved,
        envelope.demonstration,
        envelope.dedicated,
    )


def all_of(envelopes: list[Envelope]) -> Purse | None:
    """Several envelopes as one; None without any."""
    if not envelopes:
        return None
    if len(envelopes) == 1:
        return purse_of(envelopes[0])
    sources = listed(dict.fromkeys(one.source for one in envelopes))
    return Purse(sum(one.amount_fen for one in envelopes), sum(one.promised_fen for one in envelopes), sources)
