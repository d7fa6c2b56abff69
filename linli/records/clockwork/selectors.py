"""Whether the clock turns."""

from datetime import datetime, timedelta

from linli.records.clockwork.models import Turn

EVERY = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
# What was not begun for this long is said to stand still: five times its own length, two for the hour.
STILL = {"minute": timedelta(minutes=5), "hour": timedelta(hours=2)}


def turns() -> dict[str, Turn | None]:
    found = {turn.pk: turn for turn in Turn.objects.all()}
    return {name: found.get(name) for name in EVERY}


def due(name: str, at: datetime) -> bool:
    """Nobody is at it, and it is time. For asking without writing; `begin` decides."""
    turn = Turn.objects.filter(pk=name).first()
    if turn is None or turn.begun_at is None:
        return True
    return turn.begun_at <= at - EVERY[name] and (turn.taken_until is None or turn.taken_until <= at)


def stands_still(turn: Turn | None, name: str, at: datetime) -> bool:
    return turn is None or turn.done_at is None or turn.done_at < at - STILL[name]
