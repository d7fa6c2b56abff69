"""Archive meters: how complete the papers of a matter are, what is missing, and who files it."""

from collections.abc import Callable, Sequence

from linli.records.cases.selectors.completeness import Completeness, Part
from linli.web.shared.shapes import ArchiveMeter, ClauseBook, MissingPaper
from linli.web.shared.tags.rules import clause

Way = Callable[[Completeness, Part], str]


def archive_meters(rules: ClauseBook, found: Sequence[Completeness], way: Way | None = None) -> list[ArchiveMeter]:
    """`way`: the address where a missing part is filed; without it nothing is linked."""
    return [_meter(rules, each, way) for each in found]


def _meter(rules: ClauseBook, found: Completeness, way: Way | None) -> ArchiveMeter:
    missing = [MissingPaper(part.text, part.by, way(found, part) if way else "") for part in found.missing]
    known = found.checklist
    return ArchiveMeter(known.title, found.there, len(found.parts), missing, clause(rules, known.clause))
