"""Archive meters of a dossier: every missing part with the page where it is filed."""

from collections.abc import Sequence

from linli.records.cases.models import Case
from linli.records.cases.selectors import Completeness
from linli.web.desk.loaders import address

Meter = tuple[Completeness, list[str]]


def archive_meters(found: Sequence[Completeness], case: Case) -> list[Meter]:
    """Each with an address per missing part, in their order."""
    return [(each, [_way(part.slot, each, case) for part in each.missing]) for each in found]


def _way(slot: str, found: Completeness, case: Case) -> str:
    if slot:
        return address("desk:slot", case.code, slot)
    return address("desk:checklist", case.code, found.checklist.id)
