"""Parts of a page that say the same wherever the same is shown: a clause chip, a step of the past, a stamp.

A kept piece is told all it shows and gets nothing else, so its text depends on its values, the language and the day (which
says whether a date needs its year). The values themselves are the key: a piece can never show anything but what it is given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.shelf import Shelf
from linli.web.shared.speaking import language
from linli.web.shared.tags.library import register

MOST = 16 * 1024 * 1024  # signs of all pieces one process keeps
_ALONE = frozenset((str, type(None)))  # equal to nothing of another kind
_PLAIN = frozenset((int, bool, float, date, datetime, SafeString))
shelf: Shelf[Any, SafeString] = Shelf(MOST)


class _Unlike(TypeError):
    """A value that may look the same and be another, such as a row of the database."""


def kept_piece(template: str, values: Mapping[str, Any]) -> SafeString:
    """The template filled with these values, once for the same values; values that cannot be told apart are filled in anew."""
    try:
        key = (template, language(), clock.today(), _told(values))
    except _Unlike:
        return _filled(template, values)
    made = shelf.find(key)
    if made is None:
        made = _filled(template, values)
        shelf.keep(key, made, len(made))
    return made


@register.simple_tag
def kept(template: str, **values: Any) -> SafeString:
    """`{% kept "shared/pieces/more.html" tabs=tabs %}`: an include that knows nothing but what it is given."""
    return kept_piece(template, values)


def forget() -> None:
    """Fill every piece anew."""
    shelf.clear()


def _filled(template: str, values: Mapping[str, Any]) -> SafeString:
    piece: Any = get_template(template)
    made: SafeString = mark_safe(piece.template.render(Context(dict(values))))
    return made


def _told(value: Any) -> Any:
    """The value as something to find it by: equal only where everything in it is."""
    kind: Any = type(value)
    if kind in _ALONE:
        return value
    if kind is Text:
        return Text, value.zh, value.en
    if kind in _PLAIN:
        return kind, value
    if kind in (list, tuple):
        return kind, *_all_told(value)
    fields = _fields_of(kind)
    if fields is not None:
        return kind, *_all_told(fields(value))
    if isinstance(value, Mapping):
        return "mapping", *value, *_all_told(tuple(value.values()))
    if isinstance(value, Promise):  # a sentence of the catalogue, in the language of the page
        return _told(str(value))
    raise _Unlike(kind)


def _all_told(values: Sequence[Any]) -> Iterable[Any]:
    return [value if type(value) in _ALONE else _told(value) for value in values]


@lru_cache(maxsize=256)
def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What reads all fields of a frozen dataclass; None for anything that may change or looks like another."""
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return None
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
