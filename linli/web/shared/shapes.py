"""What the pieces show. Pages fill these small shapes from selectors; the pieces know nothing of the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from django.utils.safestring import SafeString

from linli.rules.plain.texts import Text

Words = Text | str  # what `|said` can say


class ClauseBook(Protocol):
    """The part of Rules that a clause chip reads."""

    def clause_text(self, clause: str) -> str: ...
    def clause_title(self, clause: str) -> Text: ...
    def __hash__(self) -> int: ...


HOUSEHOLDS = Text("户", "households")
Tone = Literal["running", "waiting", "action", "done", "closed", "refused"]


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to another page of the same set."""

    title: Words
    url: str
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    title: Words
    url: str = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on a timeline. `when` is the day it happened or, in grey, the day it is expected."""

    what: Words
    state: Literal["done", "now", "next", "refused"] = "done"
    who: Words = ""
    when: date | datetime | None = None
    clause: str = ""
    note: Words = ""
    evidence: Sequence[Link] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """All in fen. None: this figure does not exist yet. `source` says where the money comes from.

    `settled`: the last figure is what the settlement came to, not what has been paid so far."""

    budget_fen: int | None
    contract_fen: int | None = None
    paid_fen: int | None = None
    source: Words = ""
    explain_url: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """`moment`: before, during or after."""

    moment: Literal["before", "during", "after"]
    url: str
    alt: Words
    taken_on: date | None = None
    full_url: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A slip to keep: code to read out, address behind the QR, how to check it by hand."""

    code: str
    url: str
    what: Words
    at: datetime
    next_step: Words = ""


@dataclass(frozen=True, slots=True)
class Similar:
    """A need that sounds like the one being typed."""

    title: str
    url: str
    place: str
    state: Words
    said_by: int = 1


@dataclass(frozen=True, slots=True)
class Meter:
    """How far coverage has come. `needed` None: the place has not set a bound. `to_visit` only for those who may read it."""

    title: Words
    reached: int
    needed: int | None
    unit: Words = HOUSEHOLDS
    clause: str = ""
    to_visit: Sequence[Link] = ()
    to_visit_total: int = 0


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """Something still to be filed and by whom; `url`: where, for those who may file it."""

    what: Words
    by: Sequence[Words] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveMeter:
    """How complete an archive is: `there` of `parts`, with the chip of its clause."""

    title: Words
    there: int
    parts: int
    missing: Sequence[MissingPaper]
    chip: SafeString


@dataclass(frozen=True, slots=True)
class RuleText:
    """A text the regulation wants shown, with the chip of its clause."""

    title: Words
    body: Words
    chip: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to vote on."""

    key: str
    title: Words
    amount_fen: int
    summary: Words = ""
    place: Words = ""
    url: str = ""
    chosen: bool = False
    blocked: Words = ""  # why it cannot be chosen now


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was funded, or not."""

    title: Words
    funded: bool
    reason: Words
    figures: Sequence[tuple[Words, Words]] = ()
    clause: str = ""
    verdict: Words = ""  # instead of "why it was funded"


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    office: Words
    place: Words = ""
    term: Words = ""
    recused: Words = ""  # why this person stands aside, "" if not


CellKind = Literal["text", "figure", "number", "money", "date", "moment", "share", "stamp", "link"]


@dataclass(frozen=True, slots=True)
class Column:
    title: Words
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Stamp:
    title: Words
    tone: Tone = "running"


@dataclass(frozen=True)
class Table:
    """Rows of plain cells in the order of the columns: text, int, fen, date, Stamp or Link by the column's kind.
    A `figure` is text already and stands under the other figures.

    `as_is`: a few narrow figures that stay a table on a phone too, where others become cards.
    """

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    hide_caption: bool = False
    as_is: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One question a list can be asked; its answer stays in the address."""

    key: str
    title: Words
    choices: Sequence[tuple[str, Words]] = ()
    kind: Literal["choice", "text", "hidden"] = "choice"  # hidden: kept in the address, not asked
    such_as: Words = ""  # after the title in the form alone, where the title needs an example


@dataclass(frozen=True)
class Page:
    """A part of a long list. Cursors are "" at the ends."""

    items: Sequence[Any]
    next: str = ""
    previous: str = ""
    about: str = ""  # how many in all, when that is cheap to know
    extra: Mapping[str, str] = field(default_factory=dict)
