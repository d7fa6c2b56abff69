"""Finding needs. Names, phones and sealed fields are never loaded with them."""

from datetime import date

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from linli.records.needs.codes import read_code
from linli.records.needs.models import Link, Need
from linli.records.needs.permissions import READ_CONTACT
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, bounds, within
from linli.records.prepared import Prepared, PreparedCount
from linli.records.rulebook.models import Passage
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject

_SEALED = ("asker_name", "contact", "sealed")


def _needs() -> QuerySet[Need]:
    return Need.objects.defer(*_SEALED).select_related("place", "cluster")


def need(number: int) -> Need:
    """Raises NotFound."""
    found = _NUMBERED.first(number)
    if found is None:
        raise NotFound
    return found


def by_code(text: str) -> Need:
    """The need of a receipt, however its code was typed. Raises NotFound."""
    code = read_code(text)
    found = _CODED.first(code) if code else None
    if found is None:
        raise NotFound
    return found


_NUMBERED = Prepared(lambda number: _needs().filter(pk=number))
_CODED = Prepared(lambda code: _needs().filter(code=code).order_by("pk")[:1])


def needs_at(place: Place, year: int | None = None) -> QuerySet[Need]:
    """Needs of a place and everything inside it that were not taken back, newest first."""
    found = _needs().filter(beneath(place, "place"), withdrawn_at__isnull=True)
    return found.filter(year=year) if year is not None else found


def newest_needs(place: Place) -> list[Need]:
    """The first `NEWEST` of them at a small place, by a question composed once."""
    return _NEWEST(*bounds(place))


def how_many_needs(place: Place) -> int:
    return _HOW_MANY(*bounds(place))


def _at_small(path: str, until: str) -> QuerySet[Need]:
    return _needs().filter(within(path, until, "place", small=True), withdrawn_at__isnull=True)


NEWEST = 21
_NEWEST = Prepared(lambda *here: _at_small(*here).order_by("-pk")[:NEWEST])
_HOW_MANY = PreparedCount(_at_small)


def needs_in_state(place: Place, state: str, year: int | None = None) -> QuerySet[Need]:
    """Those that stand in a state of the pack's procedure."""
    passages = Passage.objects.filter(beneath(place, "place"), subject_kind="need", state=state)
    return needs_at(place, year).alias(key=Cast("pk", CharField())).filter(key__in=passages.values("subject_id"))


def needs_of(person: Person) -> QuerySet[Need]:
    """A person's own needs, taken back or not."""
    return _needs().filter(person=person)


def needs_of_subject(subject: Subject) -> QuerySet[Need]:
    """The needs a matter answers."""
    links = Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id, ended_at__isnull=True)
    return _needs().filter(pk__in=links.values("need"))


def contact_of(need: Need, *, by: Person, on: date) -> tuple[str, str]:
    """The asker's name and phone, for the office that must answer. Raises NotAllowed."""
    require(by, READ_CONTACT, need.place, on)
    kept = Need.objects.only("asker_name", "contact", "person__name", "person__phone").select_related("person").get(pk=need.pk)
    person = kept.person
    name = kept.asker_name.open() or (person.name if person else "")
    return name, kept.contact.open() or (person.phone.open() if person else "")
