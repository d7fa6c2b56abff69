"""SQLite as Django speaks it, without doing the same work for every question: the text of a question is turned into SQLite's
marks once, and a moment is read by the quickest reader that knows it."""

import sqlite3
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.utils.dateparse import parse_datetime

_LONGEST = 8_000  # characters of a text worth keeping: many rows written at once are written once


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None and len(query) <= _LONGEST:
            return _converted(query)
        return str(super().convert_query(query, param_names=param_names))  # type: ignore[misc]


@lru_cache(maxsize=2048)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any | None = None) -> Cursor:
        found: Cursor = self.connection.cursor(factory=Cursor)
        return found


def _moment(kept: bytes) -> datetime | None:
    text = kept.decode()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parse_datetime(text)


sqlite3.register_converter("datetime", _moment)
