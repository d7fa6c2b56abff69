"""While a page only shows: what was asked once is not asked again, and what the database said is known by its digest.

with one_reading():
    rows = _PAPERS("case", "12")
    what_was_read()          # of every question so far and every row; another byte anywhere makes another digest
"""

import pickle
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from io import BytesIO
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")


class _Reading:
    """Answers by question; `said`: each composed question with its values and rows, and what else the page rests on;
    `asked`: statements of any kind, `known`: those of which it was said what they answered."""

    def __init__(self) -> None:
        self.answers: dict[Hashable, Any] = {}
        self.said: list[tuple[bytes, Sequence[Any], Sequence[Any]]] = []
        self.asked = self.known = 0
        self.told: tuple[int, bytes] = (0, b"")  # the digest of so many of `said`

    def count(self, execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.asked += 1
        return execute(sql, params, many, context)


_reading: ContextVar[_Reading | None] = ContextVar("what was read while one page is made", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """While nothing is written: what was asked once is not asked again."""
    now = _Reading()
    before = _reading.set(now)
    try:
        with connection.execute_wrapper(now.count):
            yield
    finally:
        _reading.reset(before)


def reading() -> bool:
    """Whether nothing is written while this is asked, so that what was read a moment ago still holds."""
    return _reading.get() is not None


def once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer given before in this reading, else asked now."""
    now = _reading.get()
    if now is None:
        return ask()
    known = now.answers
    if key not in known:
        known[key] = ask()
    found: Answer = known[key]
    return found


def said(question: bytes, values: Sequence[Any], rows: Sequence[Any]) -> None:
    """The database answered this question, named by its digest, with these rows."""
    now = _reading.get()
    if now is not None:
        now.said.append((question, values, rows))
        now.known += 1


@contextmanager
def remembering(what: bytes, version: Callable[[], int]) -> Iterator[None]:
    """What is asked within only finds out whether something this process remembers still holds. `version`, asked at the end,
    is another one whenever it changed."""
    now = _reading.get()
    before = (now.asked, now.known) if now else (0, 0)
    yield
    if now is not None:
        now.asked, now.known = before
        now.said.append((what, (version(),), ()))


def what_was_read() -> bytes | None:
    """The digest of all that was asked and answered so far in this reading.

    None where that is not known: outside a reading, or when anything was asked in another way than by a composed question.
    """
    now = _reading.get()
    if now is None or now.asked != now.known:
        return None
    if now.told[0] != len(now.said):
        now.told = len(now.said), _digest(now.said)
    return now.told[1]


def _digest(said: Sequence[Any]) -> bytes:
    told = BytesIO()
    pickler = pickle.Pickler(told, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # what is equal is told alike, whether or not it is one object
    pickler.dump(said)
    return sha256(told.getbuffer()).digest()
