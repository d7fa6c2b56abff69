"""Figures that everybody may see and that take longer in a larger city: what was dear to count is not counted again at once.

A figure is held for a hundred times as long as it took, and for a minute at most: what is quick to count is as good as always
fresh, and what takes half a second costs a hundredth of the time. Only for figures about what is public; who is signed in
gets figures of their own.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import TypeVar, cast

from django.conf import settings

Figure = TypeVar("Figure")

TIMES, LONGEST = 100, 60.0
_MOST = 4_000
_held: dict[Hashable, tuple[float, object]] = {}
_lock = Lock()


def held(key: Hashable, count: Callable[[], Figure], *, public: bool = True) -> Figure:
    """The figure, counted now or a moment ago. `key` says all it depends on."""
    if not public or not settings.HOLD_FIGURES:
        return count()
    now = monotonic()
    until, figure = _held.get(key, (0.0, None))
    if until > now:
        return cast(Figure, figure)
    made = count()
    took = monotonic() - now
    with _lock:
        if len(_held) >= _MOST:
            _held.clear()
        _held[key] = (monotonic() + min(LONGEST, took * TIMES), made)
    return made


def forget() -> None:
    """Count everything anew."""
    with _lock:
        _held.clear()
