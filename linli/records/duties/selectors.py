"""What is to be done, by whom, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from linli.records.duties.models import Duty, Reply
from linli.records.made_rows import shown_rows
from linli.records.people.models import OfficeHeld
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.prepared import Prepared
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject

Desk = tuple[str, str]  # ("community.party_committee", place code)


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of a to-do list. `days_left` counts the due day itself, is negative when late, None without a day."""

    owed: Duty | Reply
    late: bool
    days_left: int | None

    @property
    def is_reply(self) -> bool:
        return isinstance(self.owed, Reply)


def desks_held(held: Iterable[OfficeHeld]) -> list[Desk]:
    """Offices held, each with the code of its place."""
    return [(each.title, each.place_id) for each in held]


def todo_of(offices_at_places: Iterable[Desk], on: date) -> list[Todo]:
    """Duties and answers these offices owe: the late ones first, then by day, those without a day last.

    What is done as needed is not in it (see `standing_duties`), nor what begins later, such as December's duty in May.
    """
    theirs = at_desks(offices_at_places)
    duties = open_duties(on).filter(theirs).select_related("place")
    replies = open_replies().filter(theirs).select_related("place")
    owed: list[Duty | Reply] = [*shown_rows(duties), *shown_rows(replies)]
    return in_order(todo(each, on) for each in owed)


def open_duties(on: date) -> QuerySet[Duty]:
    begun = Q(begins_on__isnull=True) | Q(begins_on__lte=on)
    return Duty.objects.filter(begun, done_at__isnull=True).exclude(cadence="as_needed")


def open_replies() -> QuerySet[Reply]:
    return Reply.objects.filter(answered_at__isnull=True)


def at_desks(desks: Iterable[Desk]) -> Q:
    theirs = Q(pk__in=())
    for office, place in desks:
        theirs |= Q(office=office, place_id=place)
    return theirs


def todo(owed: Duty | Reply, on: date) -> Todo:
    left = None if owed.due_on is None else (owed.due_on - on).days
    return Todo(owed, owed.late_on(on), left)


def in_order(todos: Iterable[Todo]) -> list[Todo]:
    return sorted(todos, key=_order)


def _order(todo: Todo) -> tuple[bool, date, bool, int]:
    return not todo.late, todo.owed.due_on or date.max, todo.is_reply, todo.owed.pk


def standing_duties(offices_at_places: Iterable[Desk]) -> QuerySet[Duty]:
    """What these offices do as needed, by clause."""
    return Duty.objects.filter(at_desks(offices_at_places), done_at__isnull=True, cadence="as_needed").order_by("clause", "pk")


def overdue(on: date, place: Place | None = None) -> QuerySet[Duty]:
    """Open duties whose day has passed, the latest first; of a place and everything in it when given."""
    found = Duty.objects.filter(done_at__isnull=True, due_on__lt=on).select_related("place").order_by("due_on", "pk")
    return found.filter(beneath(place, "place")) if place else found


def replies_overdue(on: date, place: Place | None = None) -> QuerySet[Reply]:
    """Answers owed whose day has passed."""
    found = Reply.objects.filter(answered_at__isnull=True, due_on__lt=on).select_related("place").order_by("due_on", "pk")
    return found.filter(beneath(place, "place")) if place else found


def duties_of(subject: Subject) -> QuerySet[Duty]:
    """Everything ever due about a subject, oldest first."""
    found = Duty.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return found.select_related("place", "settled_by").order_by("opened_at", "pk")


def duties_about(subject: Subject) -> list[Duty]:
    """The same, read at once for a page."""
    return _ABOUT(subject.kind, subject.id)


_ABOUT = Prepared(lambda kind, id: duties_of(Subject(kind, id)))


def calendar_of(place: Place, year: int) -> QuerySet[Duty]:
    """The obligations of the calendar about a place in a year, done ones included: by day, undated last."""
    about = [f"{place.code}/{year + step}" for step in (-1, 0, 1)]
    found = Duty.objects.filter(subject_kind="place_year", subject_id__in=about, source="obligation")
    in_year = Q(due_on__year=year) | Q(due_on__isnull=True, source_key__contains=f":{year}")
    return found.filter(in_year).select_related("place").order_by("due_on", "source_key", "pk")


def replies_of(subject: Subject) -> QuerySet[Reply]:
    """The answers given and owed about a subject, oldest first."""
    return Reply.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("asked_at", "pk")


def duty(pk: int) -> Duty:
    """Raises NotFound."""
    found = Duty.objects.select_related("place").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
