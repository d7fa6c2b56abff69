"""What has to be known to tell who hears of a batch of events: one question to the database for each kind of thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.records.cases.models import Case
from linli.records.meetings.models import AgendaItem, Attendance, Meeting, Opinion
from linli.records.needs.models import Link, Need
from linli.records.needs.permissions import HANDLE
from linli.records.notices.models import Statement
from linli.records.notifications.models import Follow
from linli.records.people.models import OfficeHeld, Person
from linli.records.people.selectors import holding
from linli.records.places.selectors import heirs_of
from linli.records.rulebook.selectors import procedures_of
from linli.records.trail.models import Event
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure

Persons = frozenset[UUID]
Sets = Mapping[Any, set[Any]]


@dataclass
class Ground:
    things: dict[Subject, Case | Need | Meeting] = field(default_factory=dict)
    procedures: Mapping[int, Procedure] = field(default_factory=dict)
    _askers: Sets = field(default_factory=dict)
    _objectors: Sets = field(default_factory=dict)
    _objector: dict[tuple[int, int], UUID] = field(default_factory=dict)
    _follows: dict[Subject, dict[UUID, bool]] = field(default_factory=dict)
    _offices: Sets = field(default_factory=dict)
    _called: Sets = field(default_factory=dict)
    _agenda: Sets = field(default_factory=dict)
    _spoke: dict[tuple[int, int], UUID] = field(default_factory=dict)
    erased: Persons = frozenset()

    def thing(self, subject: Subject) -> Case | Need | Meeting | None:
        return self.things.get(subject)

    def state(self, case: Case, state: str) -> Text:
        procedure = self.procedures.get(case.passage_id or 0)
        known = procedure.states if procedure else {}
        return known[state].title if state in known else Text(state, state)

    def muted(self, person: UUID, topic: Subject) -> bool:
        return self._follows.get(topic, {}).get(person, False)

    def followers(self, topic: Subject) -> Persons:
        return frozenset(person for person, muted in self._follows.get(topic, {}).items() if not muted)

    def askers(self, thing: Case | Need) -> Persons:
        if isinstance(thing, Need):
            return frozenset([thing.person_id] if thing.person_id else [])
        return frozenset(self._askers.get(str(thing.pk), ()))

    def objectors(self, thing: Case | Need) -> Persons:
        return frozenset(self._objectors.get(thing.subject, ()))

    def objector(self, notice: int, number: int) -> Persons:
        found = self._objector.get((notice, number))
        return frozenset([found] if found else [])

    def office(self, thing: Case | Need) -> Persons:
        """Who holds the office that handles it, at its place."""
        wanted = HANDLE.offices if isinstance(thing, Need) else (thing.owner_office,)
        found: set[UUID] = set()
        for office in wanted:
            for code in thing.place.ancestor_codes:
                found |= self._offices.get((office, code), set())
        return frozenset(found)

    def called(self, meeting: Meeting) -> Persons:
        return frozenset(self._called.get(meeting.pk, ()))

    def speaker(self, meeting: Meeting, number: int) -> Persons:
        found = self._spoke.get((meeting.pk, number))
        return frozenset([found] if found else [])

    def agenda(self, meeting: Meeting) -> list[Case]:
        found = [self.things.get(Subject("case", str(id))) for id in self._agenda.get(meeting.pk, ())]
        return [case for case in found if isinstance(case, Case)]


def read_ground(events: Sequence[Event], on: date) -> Ground:
    ids: dict[str, set[str]] = defaultdict(set)
    for event in events:
        ids[event.subject_kind].add(event.subject_id)
    ground = Ground()
    _meetings(ground, ids["meeting"])
    cases = ids["case"] | {str(id) for found in ground._agenda.values() for id in found}
    _cases(ground, cases)
    for need in _with_place(Need.objects.defer("asker_name", "contact", "sealed"), ids["need"]):
        ground.things[need.subject] = need
    _parts(ground, cases)
    _follows(ground)
    _offices(ground, on)
    _forgotten(ground)
    return ground


def _with_place(rows: QuerySet[Need], ids: Iterable[str]) -> Iterable[Need]:
    return rows.filter(pk__in=[int(id) for id in ids]).select_related("place") if ids else ()


def _meetings(ground: Ground, ids: set[str]) -> None:
    if not ids:
        return
    wanted = [int(id) for id in ids]
    for meeting in Meeting.objects.filter(pk__in=wanted).select_related("place"):
        ground.things[meeting.subject] = meeting
    ground._called = _sets(Attendance.objects.filter(meeting__in=wanted).values_list("meeting_id", "person_id"))
    ground._agenda = _sets(
        AgendaItem.objects.filter(meeting__in=wanted, subject_kind="case").values_list("meeting_id", "subject_id")
    )
    spoken = Opinion.objects.filter(meeting__in=wanted, speaker__isnull=False)
    ground._spoke = {(meeting, n): who for meeting, n, who in spoken.values_list("meeting_id", "number", "speaker_id")}


def _cases(ground: Ground, ids: set[str]) -> None:
    if not ids:
        return
    found = list(Case.objects.filter(pk__in=[int(id) for id in ids]).select_related("place", "passage__place"))
    ground.things |= {case.subject: case for case in found}
    ground.procedures = procedures_of([case.passage for case in found if case.passage is not None])


def _parts(ground: Ground, cases: set[str]) -> None:
    """Who asked for what a case answers (also where it was let go since), and who objected."""
    if not cases:
        return
    links = Link.objects.filter(subject_kind="case", subject_id__in=cases, need__person__isnull=False)
    ground._askers = _sets(links.values_list("subject_id", "need__person_id"))
    said = Statement.objects.filter(
        objection__notice__subject_kind="case", objection__notice__subject_id__in=cases, by__isnull=False
    )
    rows = list(said.values_list("objection__notice__subject_id", "objection__notice_id", "objection__number", "by_id"))
    ground._objectors = _sets((Subject("case", id), who) for id, _, _, who in rows)
    ground._objector = {(notice, number): who for _, notice, number, who in rows}


def _follows(ground: Ground) -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for subject in ground.things:
        kinds[subject.kind].append(subject.id)
    for kind, ids in kinds.items():
        for follow in Follow.objects.filter(topic_kind=kind, topic_id__in=ids):
            ground._follows.setdefault(Subject(kind, follow.topic_id), {})[follow.person_id] = follow.muted


def _offices(ground: Ground, on: date) -> None:
    places = {code for thing in ground.things.values() for code in thing.place.ancestor_codes}
    if not places:
        return
    # Of a place that has ended hear those too who hold the office where it goes on.
    ended = {thing.place_id for thing in ground.things.values() if thing.place.until is not None}
    heirs = heirs_of(ended, on) if ended else {}
    also = {code for found in heirs.values() for code in found}
    held = list(OfficeHeld.objects.filter(holding(on), place__in=places | also).select_related("place"))
    own = [((each.title, each.place_id), each.person_id) for each in held]
    inherited = [((each.title, code), each.person_id) for code, found in heirs.items() for each in held if each.place_id in found]
    ground._offices = _sets([*own, *inherited])


def _forgotten(ground: Ground) -> None:
    every: set[UUID] = set()
    for sets in (ground._askers, ground._objectors, ground._called):
        for found in sets.values():
            every |= found
    every |= {thing.person_id for thing in ground.things.values() if isinstance(thing, Need) and thing.person_id}
    every |= set(ground._spoke.values())
    if every:
        gone = Person.objects.filter(pk__in=every, erased_at__isnull=False)
        ground.erased = frozenset(gone.values_list("pk", flat=True))


def _sets(pairs: "Iterable[tuple[Any, Any]]") -> Sets:
    found: dict[Any, set[Any]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return dict(found)
