"""What somebody was told, grouped by what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.functions import Concat

from linli.records.cases.models import Case
from linli.records.meetings.models import Meeting
from linli.records.needs.models import Need
from linli.records.notifications.audience import about_of
from linli.records.notifications.models import Delivery, Follow, Notification, Preference
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.prepared import PreparedValues
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

_KINDS: dict[str, type[Case] | type[Need] | type[Meeting]] = {"case": Case, "need": Need, "meeting": Meeting}


@dataclass(frozen=True, slots=True)
class Topic:
    """A project, need or meeting with what is new of it, the newest first. `code` is what addresses name it by."""

    subject: Subject
    about: Text
    code: str
    unread: int
    lines: Sequence[Notification]
    muted: bool


def unread_topics(person: Person) -> int:
    """How many projects, needs and meetings have something new for this person."""
    return sum(n for (n,) in _UNREAD(person.pk))


def _unread(person: UUID) -> Any:
    each = Count(Concat("topic_kind", Value("/"), "topic_id"), distinct=True)
    rows = Notification.objects.filter(person=person, read_at__isnull=True).order_by().values("person")
    return rows.annotate(topics=each).values_list("topics")


_UNREAD = PreparedValues(_unread)


def topics_of(person: Person, *, unread: bool = True, before: int = 0, most: int = 20, lines: int = 5) -> list[Topic]:
    """Newest first; `before` is the id a further page begins under. A fixed number of queries."""
    rows = Notification.objects.filter(person=person)
    grouped = rows.values("topic_kind", "topic_id").annotate(last=Max("id"), new=Count("id", filter=Q(read_at__isnull=True)))
    if unread:
        grouped = grouped.filter(new__gt=0)
    if before:
        grouped = grouped.filter(last__lt=before)
    found = list(grouped.order_by("-last")[:most])
    subjects = [Subject(row["topic_kind"], row["topic_id"]) for row in found]
    things, shown = _things(subjects), _lines(person, subjects, lines)
    muted = {
        Subject(follow.topic_kind, follow.topic_id) for follow in Follow.objects.filter(_any(subjects), person=person, muted=True)
    }
    return [
        Topic(subject, about_of(things[subject]), code_of(things[subject]), row["new"], shown.get(subject, []), subject in muted)
        for subject, row in zip(subjects, found, strict=True)
        if subject in things
    ]


def code_of(thing: Case | Need | Meeting) -> str:
    return str(thing.pk) if isinstance(thing, Meeting) else thing.code


def _things(subjects: Sequence[Subject]) -> dict[Subject, Case | Need | Meeting]:
    found: dict[Subject, Case | Need | Meeting] = {}
    for kind, model in _KINDS.items():
        ids = [int(subject.id) for subject in subjects if subject.kind == kind]
        if ids:
            rows = model._default_manager.filter(pk__in=ids).select_related("place")
            found |= {Subject(kind, str(row.pk)): row for row in rows}
    return found


def _lines(person: Person, subjects: Sequence[Subject], most: int) -> dict[Subject, list[Notification]]:
    found: dict[Subject, list[Notification]] = {}
    rows = Notification.objects.filter(_any(subjects), person=person).order_by("-id")[: most * 20 * max(len(subjects), 1)]
    for row in rows:
        kept = found.setdefault(Subject(row.topic_kind, row.topic_id), [])
        if len(kept) < most:
            kept.append(row)
    return found


def _any(subjects: Sequence[Subject]) -> Q:
    wanted = Q(pk__in=())
    for kind in {subject.kind for subject in subjects}:
        wanted |= Q(topic_kind=kind, topic_id__in=[subject.id for subject in subjects if subject.kind == kind])
    return wanted


def following(person: Person | None, topic: Subject) -> bool | None:
    """True: follows; False: asked to be left alone; None: neither."""
    if person is None:
        return None
    found = Follow.objects.filter(person=person, topic_kind=topic.kind, topic_id=topic.id).first()
    return None if found is None else not found.muted


def preference_of(person: Person) -> Preference:
    """As kept, or as it is for everybody who chose nothing; not saved."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def deliveries_at(place: Place) -> QuerySet[Delivery]:
    """What left or did not leave for persons who hold an office at a place or inside it, and for its systems."""
    staff = Person.objects.filter(beneath(place, "offices__place"))
    found = Delivery.objects.filter(Q(person__in=staff.values("pk")) | Q(webhook__place__in=[place.pk]))
    return found.select_related("person", "webhook").order_by("-pk")
