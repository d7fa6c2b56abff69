"""What one process keeps to show again, the least used given up first."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """Room for `most`, in the unit of `size`: bytes or signs. May be asked by several threads."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._things: OrderedDict[Key, tuple[Thing, int]] = OrderedDict()  # the least used first
        self._lock = Lock()

    def find(self, key: Key, holds: Callable[[Thing], bool] | None = None) -> Thing | None:
        """None where nothing is kept, or where it does not hold any more."""
        with self._lock:
            known = self._things.get(key)
            if known is None or (holds is not None and not holds(known[0])):
                return None
            self._things.move_to_end(key)
            return known[0]

    def keep(self, key: Key, thing: Thing, size: int) -> None:
        """In place of what was kept under this key."""
        with self._lock:
            self._drop(key)
            self._things[key] = thing, size
            self.size += size
            while self.size > self.most:
                self._drop(next(iter(self._things)))

    def drop_unused(self, over: Callable[[Thing], bool]) -> None:
        """The least used ones, up to the first that is not over."""
        with self._lock:
            while self._things and over(next(iter(self._things.values()))[0]):
                self._drop(next(iter(self._things)))

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self.size = 0

    def known(self) -> list[Key]:
        with self._lock:
            return list(self._things)

    def _drop(self, key: Key) -> None:
        _, size = self._things.pop(key, (None, 0))
        self.size -= size
