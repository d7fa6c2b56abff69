"""Taking a turn, keeping it while at work, and saying what came of it. One process at a time, on whatever machine it runs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from linli.records.clockwork.models import Turn
from linli.rules.plain.texts import Text

# A step longer than this may be begun again elsewhere: every one of them can run twice without doing anything twice.
LEASE = timedelta(minutes=10)


def begin(*, name: str, by: str, at: datetime, every: timedelta | None = None) -> Turn | None:
    """The turn, if it is free, and if `every` has passed since it was last begun. One statement: two cannot both get it."""
    Turn.objects.bulk_create([Turn(name=name)], ignore_conflicts=True)
    free = Turn.objects.filter(Q(taken_until__isnull=True) | Q(taken_until__lte=at), pk=name)
    if every is not None:
        free = free.filter(Q(begun_at__isnull=True) | Q(begun_at__lte=at - every))
    if not free.update(taken_until=at + LEASE, taken_by=by[:80], begun_at=at):
        return None
    return Turn.objects.get(pk=name)


def keep(*, name: str, by: str, at: datetime) -> bool:
    """Still at it. False: it took too long, and somebody else has it now."""
    return bool(Turn.objects.filter(pk=name, taken_by=by[:80]).update(taken_until=at + LEASE))


def finish(
    *, name: str, by: str, at: datetime, said: Sequence[Text], failed: Sequence[Text], mark: str = "", whole: bool = True
) -> None:
    """Let go of it. `whole`: everything was tried; a turn broken off because the server stops is taken anew by whoever comes."""
    kept: dict[str, object] = {"taken_until": None, "mark": mark}
    if whole:
        kept |= {"done_at": at, "said": _pairs(said), "failed": _pairs(failed)}
    else:
        kept |= {"begun_at": None}
    Turn.objects.filter(pk=name, taken_by=by[:80]).update(**kept)


def _pairs(texts: Sequence[Text]) -> list[list[str]]:
    return [[text.zh, text.en] for text in texts]
