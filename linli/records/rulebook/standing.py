"""What the rulebook itself knows about a subject when a gate is asked: days, roles, who did what, exceptions, holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Substr

from linli.records.prepared import Prepared
from linli.records.rulebook.edition import rules_of_pack
from linli.records.rulebook.models import PAUSED, ExceptionAsked, Hold, Passage, Signature, Step
from linli.records.trail.models import Event
from linli.rules.gates.model import Granted, Readings
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules


@dataclass(frozen=True)
class Standing:
    """A passage with everything that hangs on it, read in a constant number of queries. `holds` are the open ones."""

    passage: Passage
    steps: tuple[Step, ...]
    exceptions: tuple[ExceptionAsked, ...]
    every_hold: tuple[Hold, ...]
    signatures: tuple[Signature, ...]

    @cached_property
    def rules(self) -> Rules:
        """In the edition the present stage began with."""
        return self.rules_by(self.passage.frozen[self.passage.stage].get("digest", ""))

    def rules_by(self, digest: str) -> Rules:
        """The rules of its pack in another edition, such as that of an earlier step."""
        if digest not in self._by_digest:
            self._by_digest[digest] = rules_of_pack(self.passage.pack, self.passage.place, digest=digest)
        return self._by_digest[digest]

    @cached_property
    def _by_digest(self) -> dict[str, Rules]:
        return {}

    @property
    def granted(self) -> tuple[ExceptionAsked, ...]:
        return tuple(asked for asked in self.exceptions if asked.state == "granted")

    @property
    def holds(self) -> tuple[Hold, ...]:
        return tuple(hold for hold in self.every_hold if hold.released_at is None)

    @property
    def pauses(self) -> tuple[Hold, ...]:
        """The times another matter has stopped this one, the present one included."""
        return tuple(hold for hold in self.every_hold if hold.kind == PAUSED)

    @property
    def stages(self) -> dict[str, date]:
        """The first day of every stage that has begun."""
        return {stage: date.fromisoformat(kept["on"]) for stage, kept in self.passage.frozen.items()}

    @property
    def rules_on(self) -> date:
        """The day whose rules judge the stage it stands in now."""
        return self.stages[self.passage.stage]

    @cached_property
    def procedure(self) -> Procedure:
        return self.rules.procedure(self.passage.procedure, self.rules_on)

    def signed(self, act: str) -> tuple[Signature, ...]:
        """Signatures under a joint act that still count: a move makes earlier ones void."""
        moves = sum(step.moved for step in self.steps)
        return tuple(each for each in self.signatures if each.act == act and each.round == moves)

    def complete(self, readings: Readings, act: str, on: date) -> Readings:
        """The readings of the app that owns the subject, with those that only the rulebook has."""
        kept = self.passage.frozen[self.passage.stage]
        return replace(
            readings,
            facts={"place.level": self.passage.place.level, **readings.facts, "act.on": on.isoformat()},
            exceptions=tuple(granted_of(each) for each in self.granted),
            did=self.did(),
            stages=self.stages,
            frozen_roles={role: tuple(offices) for role, offices in kept["roles"].items()},
            opened_on=day_in_china(self.passage.opened_at),
            holds=tuple(self.hold_title(each) for each in self.holds),
            signed=tuple(each.office for each in self.signed(act)),
        )

    def did(self) -> dict[str, tuple[str, ...]]:
        did: dict[str, list[str]] = {}
        for step in self.steps:
            did.setdefault(step.act, []).append(step.by)
        return {act: tuple(dict.fromkeys(persons)) for act, persons in did.items()}

    def hold_title(self, hold: Hold) -> str:
        if hold.kind == PAUSED:
            return hold.reason
        return self.rules.hold(hold.kind, day_in_china(hold.placed_at)).title.zh


def granted_of(row: ExceptionAsked) -> Granted:
    return Granted(
        excuses=row.excuses,
        by=row.decided_office,
        reason=row.decided_reason or row.reason,
        up_to=row.up_to,
        ground=row.ground,
        asked_by=row.asked_by,
        approved_by=row.decided_by,
    )


_PASSAGE = Prepared(
    lambda kind, id: _with_flags(Passage.objects.filter(subject_kind=kind, subject_id=id).select_related("place"))
)
_PASSAGES = Prepared(lambda ids: _with_flags(Passage.objects.filter(pk__in=ids).select_related("place")))
_STEPS = Prepared(
    lambda ids: Step.objects.filter(passage__in=ids).select_related("decision").defer("decision__body").order_by("number")
)
_SEALED_STEPS = Prepared(
    lambda ids: (
        Step.objects.filter(passage__in=ids)
        .select_related("decision")
        .defer("decision__body")
        .annotate(receipt=Subquery(_receipts(OuterRef("decision__digest"))))
        .order_by("number")
    )
)
_EXCEPTIONS = Prepared(lambda ids: ExceptionAsked.objects.filter(passage__in=ids))
_HOLDS = Prepared(lambda ids: Hold.objects.filter(passage__in=ids).order_by("id"))
_SIGNATURES = Prepared(lambda ids: Signature.objects.filter(passage__in=ids))


def passage_flags(passage: OuterRef) -> dict[str, Exists]:
    """Whether anything rare hangs on a passage, so that nobody asks for what is not there."""
    return {
        "has_exceptions": Exists(ExceptionAsked.objects.filter(passage=passage)),
        "has_holds": Exists(Hold.objects.filter(passage=passage)),
        "has_signatures": Exists(Signature.objects.filter(passage=passage)),
    }


FLAGS = ("has_exceptions", "has_holds", "has_signatures")


def with_flags_of(passage: Passage, read: Any) -> Passage:
    """The passage with the flags of a row it was read with."""
    for flag in FLAGS:
        setattr(passage, flag, getattr(read, flag))
    return passage


def _with_flags(passages: "QuerySet[Passage]") -> "QuerySet[Passage]":
    return passages.annotate(**passage_flags(OuterRef("pk")))


def standing_at(*, subject_kind: str, subject_id: str) -> Standing | None:
    """None if it has no passage. Two queries, and one for each rare thing that hangs on it."""
    return next(iter(_standings(_PASSAGE(subject_kind, subject_id)).values()), None)


def _receipts(decision: OuterRef) -> "QuerySet[Event, str]":
    """stream/number/beginning of the digest of the event that sealed a decision."""
    about = {"subject_kind": OuterRef("passage__subject_kind"), "subject_id": OuterRef("passage__subject_id")}
    number, digest = Cast("seq", CharField()), Substr("sha256", 1, 16)
    sealed = Event.objects.filter(**about, decision=decision).order_by("-id")
    return sealed.annotate(receipt=Concat("stream", Value("/"), number, Value("/"), digest)).values_list("receipt", flat=True)[:1]


def standing_read(passage: Passage, *, sealed: bool = False) -> Standing:
    """Of a passage read a moment ago for a page, with its place: it is not read again. `sealed`: each step with its `receipt`."""
    return _standings([passage], sealed=sealed)[passage.pk]


def standing_of(passage: Passage) -> Standing:
    return standings([passage])[passage.pk]


def standings(passages: Iterable[Passage]) -> Mapping[int, Standing]:
    """By passage id; five queries at most, however many passages."""
    return _standings(_PASSAGES([each.pk for each in passages]))


def _standings(passages: Sequence[Passage], *, sealed: bool = False) -> Mapping[int, Standing]:
    steps = _by_passage((_SEALED_STEPS if sealed else _STEPS)([each.pk for each in passages]))
    asked = _by_passage(_EXCEPTIONS(_those(passages, "has_exceptions")))
    holds = _by_passage(_HOLDS(_those(passages, "has_holds")))
    signatures = _by_passage(_SIGNATURES(_those(passages, "has_signatures")))
    found = {}
    for each in passages:
        about: tuple[Any, ...] = tuple(tuple(rows.get(each.pk, ())) for rows in (steps, asked, holds, signatures))
        for rows in about:
            for row in rows:
                row.passage = each
        found[each.pk] = Standing(each, *about)
    return found


def _those(passages: Iterable[Passage], flag: str) -> list[int]:
    return [each.pk for each in passages if getattr(each, flag, True)]


def _by_passage(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.passage_id, []).append(row)
    return found
