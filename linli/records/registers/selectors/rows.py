"""Rows of lists, on a day."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.registers.models import Row, Version
from linli.records.rulebook.selectors import rules_at
from linli.rules.gates.model import Facts
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject


def in_force(on: date) -> Q:
    """Rows that hold on a day: begun, not over, not struck."""
    begun = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    return begun & (Q(struck_on__isnull=True) | Q(struck_on__gt=on))


def rows_of(place: Place, register: str) -> QuerySet[Row]:
    """Every row this very place ever kept in a list, newest first."""
    return Row.objects.filter(place=place, register=register).select_related("place").order_by("-id")


def rows_in_force(place: Place, register: str, on: date) -> QuerySet[Row]:
    """The rows that hold on a day, of the nearest place upward that keeps the list. NotFound if the rules know none."""
    known = rules_at(place, on).registers(on).get(register)
    if known is None:
        raise NotFound
    return rows_of(at_level(place, known.at) or place, register).filter(in_force(on))


def rows_about(subject: Subject) -> QuerySet[Row]:
    """What a matter put into lists, and what ledgers hold about it."""
    found = Row.objects.filter(about_kind=subject.kind, about_id=subject.id)
    return found.select_related("place").order_by("register", "id")


def row(pk: int) -> Row:
    """Raises NotFound."""
    found = Row.objects.select_related("place", "entered_by", "answered_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def history(row: Row) -> QuerySet[Version]:
    """Every version, oldest first."""
    return Version.objects.filter(row=row).select_related("by").order_by("number")


def said_on(rows: Iterable[Row], on: date) -> Mapping[int, Facts]:
    """By row: the open fields as they stood on a day. One query more when some have changed since."""
    page = list(rows)
    found: dict[int, Facts] = {row.pk: row.data for row in page}
    changed = [row.pk for row in page if row.changed_on > on]
    if changed:
        then = Version.objects.filter(row__in=changed).filter(Q(on__lte=on) | Q(number=1))
        last = then.values("row").annotate(last=Max("number")).values_list("row", "last")
        wanted = dict(last)
        for version in Version.objects.filter(row__in=wanted).annotate(of=F("row_id")):
            if version.number == wanted[version.row_id]:
                found[version.row_id] = version.data
    return found
