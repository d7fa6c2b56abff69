"""The language a page is made in: set once when the page begins, asked for at every word."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import translation

_spoken: ContextVar[str | None] = ContextVar("the language of the page being made", default=None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """While this page is made; nothing in it changes to another language."""
    before = _spoken.set(language)
    try:
        with translation.override(language):
            yield
    finally:
        _spoken.reset(before)


def language() -> str:
    return _spoken.get() or translation.get_language() or "zh-hans"
