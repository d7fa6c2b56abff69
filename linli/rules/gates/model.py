"""What goes into a gate and what comes out. All of it is plain data that can be sealed and read back in ten years."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from linli.rules.plain.texts import Text
from linli.rules.policy.reading import Reading

# JSON values: str, int, bool, None, lists and mappings of them. Money in fen, days as ISO text, shares as "5/6".
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
Facts = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `offices` are the exact offices held for the subject's place (`community.party_committee`)."""

    person: str
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Granted:
    """An exception on record (原则上). `up_to` is the amount granted, in the unit of what is excused (money in fen); whether
    it is a ceiling or a floor stands in the rule (`ExceptionRule.reaches`)."""

    excuses: str
    by: str
    reason: str
    up_to: int | None = None
    ground: str = ""
    asked_by: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Readings:
    """Everything a gate may look at. A fact that is not here is *unknown*; a slot that is not here is *empty*."""

    facts: Facts = field(default_factory=dict)
    forms: Mapping[str, Facts] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()  # forms that are locked as they stand
    checklists: Mapping[str, Facts] = field(default_factory=dict)  # item -> "yes" | "no"
    evidence: Mapping[str, Facts] = field(default_factory=dict)  # slot -> facts of its latest version
    place_year: Mapping[str, Mapping[str, Facts]] = field(default_factory=dict)  # "here/this" -> slot or kind -> facts
    registers: Mapping[str, Mapping[str, Facts]] = field(default_factory=dict)
    totals: Mapping[str, Facts] = field(default_factory=dict)  # register -> rows, removed, unanswered, overdue of the place
    bodies: Mapping[str, Facts] = field(default_factory=dict)
    exceptions: tuple[Granted, ...] = ()
    relations: frozenset[str] = frozenset()  # of the actor to this subject: recused, proposer, supplier …
    did: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # act -> persons who took it
    stages: Mapping[str, date] = field(default_factory=dict)  # stage -> its first day
    frozen_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opened_on: date | None = None
    holds: tuple[str, ...] = ()  # open holds over this subject, by title
    signed: tuple[str, ...] = ()  # offices that have signed a joint act already


Outcome = Literal["ok", "excused", "waived", "skipped", "missing", "refused", "unset", "unknown"]
OPEN_OUTCOMES: frozenset[Outcome] = frozenset({"ok", "excused", "waived", "skipped"})


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one check. `text` says what was found, `mend` what would make it pass, `turn` whose turn it is."""

    key: str
    outcome: Outcome
    clause: str
    text: Text
    mend: Text | None = None
    turn: tuple[str, ...] = ()
    slot: str = ""
    arithmetic: Text | None = None
    parameter: Reading | None = None

    @property
    def passes(self) -> bool:
        return self.outcome in OPEN_OUTCOMES


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole answer: every finding at once, and every value read on the way.

    A joint act whose only open finding is `by` with outcome `missing` is ready for this actor's signature.
    """

    procedure: str
    act: str
    verdict: Literal["open", "refused", "unknown_act"]
    findings: tuple[Finding, ...]
    trace: tuple[Reading, ...]
    rules_on: date | None
    on: date
    offices: tuple[str, ...] = ()  # who may take the act now
    clause: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return self.verdict == "open"

    @property
    def against(self) -> tuple[Finding, ...]:
        """What stands in the way."""
        return tuple(finding for finding in self.findings if not finding.passes)
