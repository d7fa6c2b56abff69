"""How many rows a list holds, what was cut, what waits for an answer, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.registers.models import Row
from linli.records.registers.selectors.rows import in_force


@dataclass(frozen=True, slots=True)
class Totals:
    """`rows` hold on the day; `removed` were struck by then; the rest counts rows of ledgers, and rows left incomplete."""

    rows: int = 0
    removed: int = 0
    unanswered: int = 0
    overdue: int = 0
    incomplete: int = 0


_WAITS = ~Q(owes="") & Q(answered_at__isnull=True)


def totals(place: Place, on: date, registers: Iterable[str] | None = None, *, inside: bool = False) -> dict[str, Totals]:
    """Register -> totals, in one query; lists without a row are not in it. `inside`: with every place beneath."""
    found = Row.objects.filter(beneath(place, "place")) if inside else Row.objects.filter(place=place)
    if registers is not None:
        found = found.filter(register__in=list(registers))
    holds = in_force(on)
    by_register = found.order_by().values("register")
    counted = by_register.annotate(
        rows=Count("pk", filter=holds),
        removed=Count("pk", filter=Q(struck_on__lte=on)),
        unanswered=Count("pk", filter=holds & _WAITS),
        overdue=Count("pk", filter=holds & _WAITS & Q(due_on__lt=on)),
        incomplete=Count("pk", filter=holds & Q(complete=False)),
    )
    names = ("rows", "removed", "unanswered", "overdue", "incomplete")
    return {each["register"]: Totals(**{name: each[name] for name in names}) for each in counted}


def totals_of(place: Place, register: str, on: date) -> Totals:
    return totals(place, on, [register]).get(register, Totals())
