"""What the acts of a matter put into lists and take out again. Who may act was decided by the gate."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from linli.records.people.models import Person
from linli.records.registers.book import Keeping
from linli.records.registers.models import Row
from linli.records.registers.services.changing import rewrite, strike
from linli.records.registers.services.writing import Span, new_row, read_row, standing_rows, write
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

_BY_ACT = Text("按办理结果登记", "entered by an act")


def enter_by_act(
    *,
    kept: Keeping,
    rows: Sequence[Mapping[str, object]],
    about: Subject,
    by: Person | None,
    at: datetime,
    demonstration: bool = False,
) -> list[Row]:
    """Enter rows, or bring those that are there up to date: of the same key, else of the same matter.

    A row may lack what the matter does not say; it is kept as incomplete and its keepers see what is missing.
    """
    written: list[Row] = []
    fresh: list[Row] = []
    for data in rows:
        sheet = read_row(kept, data, draft=True)
        before = _there(kept, kept.key_of(sheet.data), about)
        if before is not None:
            rewrite(before, kept, sheet, reason=_BY_ACT.zh, by=by, at=at)
            written.append(before)
            continue
        fresh.append(new_row(kept, sheet, Span(kept.on), by=by, at=at, about=about, demonstration=demonstration))
    if fresh:
        write(fresh, kept, by=by, at=at)
    return written + fresh


def _there(kept: Keeping, key: str, about: Subject) -> Row | None:
    standing = standing_rows(kept, kept.on).select_for_update(of=("self",))
    if key and kept.register.key:
        return standing.filter(key=key).first()
    return standing.filter(about_kind=about.kind, about_id=about.id).first()


def strike_by_act(
    *, kept: Keeping, keys: Sequence[str], about: Subject, reason: str, by: Person | None, at: datetime
) -> list[Row]:
    """Strike what this matter entered; where it entered nothing, the rows of these keys."""
    standing = standing_rows(kept, kept.on).select_for_update(of=("self",))
    found = list(standing.filter(about_kind=about.kind, about_id=about.id))
    if not found and kept.register.key:
        found = list(standing.filter(key__in=[key for key in keys if key]))
    for row in found:
        strike(row, reason=reason, by=by, at=at)
    return found
