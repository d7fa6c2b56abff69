"""The minutes in force, and how many signatures they take."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from linli.records.meetings.models import Meeting, Minutes, MinutesSignature
from linli.records.people.models import Person
from linli.records.prepared import Prepared
from linli.records.rulebook.selectors import rules_at
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china

# A count that a place sets for itself; no regulation of the packs gives it.
SIGNERS = "minutes_signers"


@dataclass(frozen=True, slots=True)
class Needed:
    """How many signatures: the number set for the place, or everybody named. `count` 0: nobody has been named yet."""

    count: int
    by: str  # "parameter" or "named"
    clause: str = ""
    version: str = ""
    everybody_of: tuple[str, ...] = ()

    def plain(self) -> dict[str, Plain]:
        return {
            "count": self.count,
            "by": self.by,
            "clause": self.clause,
            "version": self.version,
            "everybody_of": list(self.everybody_of),
        }

    def met_by(self, signers: frozenset[str]) -> bool:
        """`signers` are refs of those who signed this version."""
        if self.by == "parameter":
            return len(signers) >= self.count
        return bool(self.everybody_of) and signers.issuperset(self.everybody_of)


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The latest version."""
    return Minutes.objects.filter(meeting=meeting).order_by("version").last()


def locked_minutes(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting, locked_at__isnull=False).first()


def signatures_needed(meeting: Meeting) -> Needed:
    """By the rules of the day the meeting was called. Not set: all those named must sign."""
    rules = rules_at(meeting.place)
    try:
        reading = rules.read(SIGNERS, on=day_in_china(meeting.called_at))
    except KeyError:
        reading = None
    if reading is not None and isinstance(reading.value, int) and reading.value >= 1:
        return Needed(reading.value, "parameter", reading.clause, reading.version)
    named = tuple(f"person:{person}" for person in meeting.signatories.values_list("person_id", flat=True))
    return Needed(len(named), "named", everybody_of=named)


def awaiting_signature(person: Person) -> list[Meeting]:
    """Meetings that are over, whose minutes this person is named to sign and has not signed as they stand now."""
    return _TO_SIGN(person.pk)


def _to_sign(person: UUID) -> QuerySet[Meeting]:
    latest = Minutes.objects.filter(meeting=OuterRef("pk")).order_by("-version").values("pk")[:1]
    signed = MinutesSignature.objects.filter(minutes=OuterRef("latest"), person=person)
    locked = Minutes.objects.filter(meeting=OuterRef("pk"), locked_at__isnull=False)
    named = Meeting.objects.filter(state="closed", signatories__person=person).annotate(latest=Subquery(latest))
    return named.filter(~Exists(signed), ~Exists(locked), latest__isnull=False).select_related("place").order_by("-pk")


_TO_SIGN = Prepared(_to_sign)
