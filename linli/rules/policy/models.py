"""What a pack is made of. Frozen values; `load` builds them from YAML, `overlay` lays one pack over another.

Every construct knows where it stands (`where`: file and line), which clause it rests on, and which requirement
sentences it meets. A clause is an id of the clauses register (`S0 §3`), `open` (the regulation leaves it to a place)
or `template` (a shape borrowed without law).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Literal

from linli.rules.plain.days import Period
from linli.rules.plain.texts import Text

OPEN = "open"
TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a pack's files, relative to the packs folder."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Where("", 0)


class Special(Enum):
    """Values that are not values. Unset (null: nobody has set it yet) is never zero and never unlimited."""

    UNSET = "unset"
    UNLIMITED = "unlimited"


# fen for money, int for counts/points, Fraction for shares, Period for lengths of time, date, str for codes/MM-DD, bool
Value = int | Fraction | Period | date | str | bool | Special


@dataclass(frozen=True, slots=True)
class Clause:
    """An anchor: where in a source the words stand."""

    id: str
    source: str
    at: str
    words: str
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Source:
    """A published document with the digest of its stored text."""

    id: str
    title: Text
    issuer: tuple[str, ...]
    file: str
    sha256: str
    issued: date
    status: str
    number: str = ""
    in_force: date | None = None
    until: date | None = None
    jurisdiction: str = ""
    based_on: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class ExceptionRule:
    """原则上: which offices may excuse, on which grounds. Never the one who asks.

    `reaches` says which way a granted amount leads: `up_to` (不超过: the reading may rise to it), `down_to` (不少于: it may
    fall to it). "" where no amount is granted: a day, a choice, an item of a checklist.
    """

    by: tuple[str, ...]
    grounds: tuple[str, ...] = ()
    clause: str = OPEN
    reaches: Literal["", "up_to", "down_to"] = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """The values of a parameter from a day on. Without `by` the only key is ""."""

    since: date
    until: date | None
    entries: Mapping[str, Value]
    clause: str
    where: Where = NOWHERE
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    id: str
    title: Text
    unit: str
    values: tuple[Dated, ...]  # oldest first
    by: str = ""  # a catalogue, or "" for a single value
    lower_levels_may: Literal["keep", "raise", "lower", "replace"] = "keep"
    set_by: tuple[str, ...] = ()  # offices that set it locally
    until_set: Literal["block", "waive"] = "block"
    exception: ExceptionRule | None = None
    about: bool = False  # 左右: shown as "about", never used as a bound
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    title: Text
    clause: str
    aliases: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Catalogue:
    id: str
    title: Text
    entries: Mapping[str, Entry]
    clause: str = OPEN
    kept_by: tuple[str, ...] = ()
    lower_levels_may: Literal["keep", "add", "replace", "alias"] = "keep"
    open: bool = False  # 等: places may add rows of their own
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


Source_ = Literal["fact", "evidence", "form", "checklist", "register", "body", "publicity"]
Operator = Literal[
    "is_there",
    "filled",
    "listed",
    "equals",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "in",
    "not_in",
    "includes",
    "no_later_than",
    "no_earlier_than",
]


@dataclass(frozen=True, slots=True)
class Operand:
    """What a reading is held against: 0, 1, a flag, codes, a parameter, a catalogue, or another fact."""

    kind: Literal["none", "literal", "codes", "parameter", "catalogue", "fact"]
    literal: int | bool | str | None = None
    codes: tuple[str, ...] = ()
    name: str = ""  # parameter, catalogue or fact
    key_fact: str = ""  # fact whose code picks the entry of a parameter that has `by`; "" = the procedure's column
    point: str = ""  # or the entry itself (`at: determination`)


@dataclass(frozen=True, slots=True)
class Of:
    """Where a reading that is not the case's own comes from: the year of a place, at a level."""

    scope: Literal["place_year"]
    level: str = ""  # "" = the case's own place
    year: Literal["this", "last", "next"] = "this"


@dataclass(frozen=True, slots=True)
class Check:
    """One source, at most one operator. `key` is how refusals and exceptions call it."""

    key: str
    source: Source_
    name: str  # fact, slot, form, checklist, register, body kind, publicity point
    fact: str = ""  # fact of the evidence, field of the form, column of the register
    operator: Operator = "is_there"
    operand: Operand = Operand("none")
    when: tuple["Check", ...] = ()  # all must hold; one unknown = answer this first
    any_of: tuple["Check", ...] = ()
    of: Of | None = None
    as_of: str = ""  # read the parameter as of the first day of this stage
    row_key: str = ""  # register: the fact or form field that names the row
    exception: ExceptionRule | None = None
    clause: str = OPEN
    title: Text | None = None
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class RoleInstead:
    """Who plays the role when every `when` holds. Each alternative stands alone."""

    when: tuple[Check, ...]
    offices: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    offices: tuple[str, ...]
    clause: str
    assisted_by: tuple[str, ...] = ()
    instead: tuple[RoleInstead, ...] = ()
    title: Text | None = None
    meets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A to-do for an office while a state lasts. Either a length (`within`) or a date (`by_date`), both parameters."""

    by: tuple[str, ...]
    within: str = ""
    counted_from: Literal["state", "stage", "case"] = "state"
    by_date: str = ""
    title: Text | None = None
    clause: str = OPEN


@dataclass(frozen=True, slots=True)
class State:
    id: str
    title: Text
    stage: str
    due: Due | None = None
    end: str = ""  # done, refused, withdrawn, failed, or "" while it runs
    rests: bool = False  # in force, listed …: it stays so until there is a reason; what leads on is nobody's turn
    since: date | None = None
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    title: Text
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for evidence. `kinds` are evidence kinds of the vocabulary."""

    id: str
    title: Text
    kinds: tuple[str, ...]
    public: Literal["public", "redacted", "staff", "sealed"] = "staff"
    form: str = ""
    scorecard: str = ""
    session: str = ""
    point: str = ""  # publicity point of a notice slot
    clause: str = OPEN
    pack: str = ""


ActKind = Literal["advance", "return", "refuse", "withdraw", "pause", "resume", "appeal"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a finished child does to its parent."""

    kind: Literal["amend", "pause", "resume", "extend"]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    id: str
    title: Text
    from_states: tuple[str, ...]
    to: str  # a state, or "same"
    by: tuple[str, ...]  # roles of the procedure, or offices
    kind: ActKind = "advance"
    jointly: bool = False
    makes_public: bool = False  # from here on everybody may read the matter, as far as its slots and fields are public
    apart_from: tuple[str, ...] = ()  # relations, or "did: <act>"
    checks: tuple[Check, ...] = ()
    fills: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    publishes: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    enters: tuple[str, ...] = ()
    strikes: tuple[str, ...] = ()
    reports_to: tuple[str, ...] = ()  # parent, children, needs, place_year
    effect: Effect | None = None
    bypasses: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Procedure:
    id: str
    title: Text
    moves: str  # kind of subject: need, case, text, finding …
    at: tuple[str, ...]  # levels
    starts: str
    stages: Mapping[str, Stage]
    states: Mapping[str, State]
    acts: Mapping[str, Act]
    roles: Mapping[str, Role] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    parent: str = ""
    parent_optional: bool = False
    while_stages: tuple[str, ...] = ()  # of the parent
    type_catalogue: str = ""
    category_catalogue: str = ""
    main_form: str = ""  # the form that describes the matter (its plan)
    listed: bool = False  # residents find these matters in the public list: what people there call a project
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


FieldType = Literal[
    "text",
    "long_text",
    "number",
    "money",
    "share",
    "date",
    "flag",
    "choice",
    "choices",
    "lines",
    "file",
    "place",
    "person",
    "organisation",
    "link",
    "phone",
]


# What a field can say about a deadline that is moved: so much longer, or until a day.
MORE_TIME = ("deadline.days", "deadline.months", "deadline.years", "deadline.until")
# The year a paper speaks of, where that is not the year of its matter: what the place owes for that year is done by it.
YEAR_OF_PAPER = "paper.year"
# What a field, or a column of rows with one row per matter, is drafted from when a paper about a place is due.
DRAFTED_WHOLE = ("day", "due", "year", "report")
DRAFTED_OF_MATTER = ("matter", "place", "code", "state", "done", "papers", "money", "share_done")


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    title: Text
    type: FieldType
    required: bool = False
    required_when: tuple[Check, ...] = ()
    catalogue: str = ""
    columns: tuple[tuple[str, Text, FieldType], ...] = ()  # of `lines`
    min_rows: int = 0
    min_characters: str = ""  # a parameter
    public: Literal["public", "staff", "sealed"] = "public"
    feeds: str = ""  # case.amount, case.type, case.category, one of MORE_TIME, or YEAR_OF_PAPER
    hint: Text | None = None
    clause: str = OPEN
    part: str = ""
    online: str = ""  # the entry that is true of a form a resident hands in on this site: the page fills it in
    draft: tuple[
        tuple[str, tuple[str, ...]], ...
    ] = ()  # column ("" = the field itself) -> what of the records it is drafted from
    meets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    title: Text
    fields: Mapping[str, Field]
    filled_by: tuple[str, ...] = ()
    parts: Mapping[str, Text] = field(default_factory=dict)
    min_characters: str = ""  # a parameter: least length of all its texts together
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    key: str
    text: Text
    must_be: Literal["yes", "no", "answered"] = "yes"
    slot: str = ""  # ticks itself when this slot holds evidence
    exception: ExceptionRule | None = None
    clause: str = OPEN
    meets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    id: str
    title: Text
    items: Mapping[str, ChecklistItem]
    answered_by: tuple[str, ...] = ()
    each_of: str = ""  # a catalogue whose entries are the items
    each_must_be: Literal["yes", "no", "answered"] = "no"
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class ScoreItem:
    key: str
    title: Text
    clause: str = OPEN


@dataclass(frozen=True, slots=True)
class Verdict:
    id: str
    title: Text
    share_of: tuple[str, ...] = ()
    at_least: str = ""
    more_than: str = ""
    score_at_least: str = ""
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Scorecard:
    id: str
    title: Text
    items: Mapping[str, ScoreItem]
    rated_by: tuple[str, ...] = ()
    about: str = "case"
    scale: Literal["points", "grades", "yes_no"] = "points"
    weights: str = ""
    grades: str = ""
    secret: bool = False
    verdicts: tuple[Verdict, ...] = ()
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Seat:
    key: str
    title: Text
    chosen_by: tuple[str, ...] = ()
    drawn: bool = False
    min: str = ""  # parameters
    max: str = ""
    apart_from: tuple[str, ...] = ()
    clause: str = OPEN


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A committee, council or panel that a regulation knows."""

    id: str
    title: Text
    at: str
    kind: str
    seats: Mapping[str, Seat] = field(default_factory=dict)
    term: str = ""
    mandate: str = ""
    charter: str = ""
    answers_to: tuple[str, ...] = ()
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Session:
    """A kind of meeting and what makes its decisions count."""

    id: str
    title: Text
    body: str = ""
    participants: tuple[str, ...] = ()
    notice: str = ""  # parameter: how long before it must be called
    quorum: str = ""  # parameter: share of those entitled
    decides: str = ""  # parameter: share needed
    decides_by: Literal["at_least", "more_than"] = "more_than"
    decides_of: Literal["present", "entitled"] = "present"
    must_cover: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    result: Literal["binding", "advisory"] = "binding"
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Answering:
    """What every row of a ledger is owed: an answer in time, by whom, and who is told when it is late."""

    by: tuple[str, ...]
    within: str = ""  # parameter
    verdicts: str = ""  # a catalogue: what an answer can say
    escalate_to: tuple[str, ...] = ()
    clause: str = OPEN


@dataclass(frozen=True, slots=True)
class Register:
    id: str
    title: Text
    kept_by: tuple[str, ...]
    at: str
    form: str = ""
    key: str = ""
    dated: bool = False
    log: bool = False
    public: Literal["public", "staff"] = "public"
    answer: Answering | None = None  # then it is a ledger: every row waits for a reply
    carries_out: str = ""  # a register whose every row is to be done again and again; the rows of this one say when it was
    meets_with: tuple[str, ...] = ()  # registers in which a row of this one may find its match
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class HoldKind:
    id: str
    title: Text
    placed_by: tuple[str, ...]
    over: tuple[str, ...]
    answered_by: tuple[str, ...] = ()
    answer_within: str = ""
    released_by: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Obligation:
    """What recurs by the calendar, or follows an act."""

    id: str
    title: Text
    by: tuple[str, ...]
    every: Literal["month", "quarter", "half_year", "year", "local", "as_needed", ""] = ""
    after: tuple[str, str] | None = None  # procedure, act
    within: str = ""  # parameter: length after the act
    due: str = ""  # parameter: day_of_year, day_of_month or date
    times: str = ""  # parameter: how often in the period
    about: Literal["last", "this", "next"] = "this"
    for_each_level: str = ""  # a place of this level
    while_procedure: str = ""  # only while a matter of this procedure runs there
    while_stages: tuple[str, ...] = ()  # in one of these stages
    jointly: bool = False
    done_by_evidence: str = ""
    done_by_form: str = ""
    done_by_procedure: str = ""
    done_by_register: str = ""
    done_by_entry: tuple[str, str] = ("", "")  # only by rows that hold this entry in this column
    scorecard: str = ""
    checklist: str = ""
    late_tells: tuple[str, ...] = ()
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Grant:
    id: str
    title: Text
    payer: str
    amount: str  # parameter
    to: str
    level: str
    when: tuple[Check, ...] = ()
    exclusive: tuple[str, ...] = ()
    procedure: str = ""
    after: str = ""
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Selection:
    """The best of many, by score: how many places, within whose quota, and who decides a tie."""

    id: str
    title: Text
    procedure: str  # the matter in which the choice is made
    candidates: tuple[str, str]  # procedure, state
    rank_by: str  # scorecard
    places: str  # parameter
    ties_decided_by: tuple[str, ...]
    ties_clause: str = OPEN
    ties_by_lot: bool = False  # whether that office may have lots drawn in public instead of giving reasons for one
    quota: str = ""
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Quota:
    """Places of each part of the land; last year's grade gives more or fewer of them next year."""

    id: str
    title: Text
    per: str  # level
    places: str  # parameter
    step: str  # parameter
    graded_by: str  # scorecard with grades
    decided_by: tuple[str, ...]
    more: tuple[str, ...] = ()  # grades
    fewer: tuple[str, ...] = ()
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Responsibility:
    offices: tuple[str, ...]
    duty: Text
    through: tuple[tuple[str, str], ...]  # (kind, id), every one resolves
    clause: str
    together_with: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True)
class Wording:
    """A text the regulation wants shown, with {names} filled from the record."""

    id: str
    title: Text
    body: Text
    shown: tuple[str, ...] = ()
    of: tuple[str, ...] = ()  # the procedures whose pages show it; () for all
    clause: str = OPEN
    meets: tuple[str, ...] = ()
    pack: str = ""
    where: Where = NOWHERE

    @property
    def has_blanks(self) -> bool:
        """Whether it says something of one matter, to be filled in."""
        return "{" in self.body.zh


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the bundle, with its lineage."""

    key: str
    title: Text
    role: str
    status: str
    clause: str
    number: str = ""
    issued: date | None = None
    until: date | None = None
    term: str = ""  # parameter
    revision: bool = False
    part_of: str = ""
    replaces: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    where: Where = NOWHERE
