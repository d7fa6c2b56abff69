"""The same question in the words of two databases. Both walk the keys backwards and stop when a page is full.

SQLite: a full-text table beside the entries, kept by triggers. PostgreSQL: a generated tsvector column, titles with weight
A, texts B, pinyin initials C, tags D. Tokens are letters, figures and Chinese signs only, so nothing needs escaping.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from linli.records.reports.search.models import SearchEntry
from linli.records.reports.search.tokens import Word

_TABLE = SearchEntry._meta.db_table
_FULL_TEXT = "reports_search"
_SQLITE = f"SELECT rowid FROM {_FULL_TEXT} WHERE {_FULL_TEXT} MATCH %s"
_POSTGRESQL = f"SELECT id FROM {_TABLE} WHERE document @@ %s::tsquery"


def keys(
    database: Any,
    words: Sequence[Word],
    tags: Sequence[str],
    *,
    titles: bool,
    beyond: int | None = None,
    backwards: bool = False,
    limit: int = 20,
) -> list[int]:
    """Keys of entries, the largest first, starting after `beyond`; smallest first when read backwards.

    `titles`: every word stands in the title (or is its initials); else every word stands somewhere, but not all in the title.
    """
    lite = database.vendor == "sqlite"
    asked = _fts5(words, tags, titles) if lite else _tsquery(words, tags, titles)
    key = "rowid" if lite else "id"
    statement, values = (_SQLITE if lite else _POSTGRESQL), list[str | int]([asked])
    if beyond is not None:
        statement, values = f"{statement} AND {key} {'>' if backwards else '<'} %s", [asked, beyond]
    with database.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {key} {'ASC' if backwards else 'DESC'} LIMIT %s", [*values, limit])
        return [int(row[0]) for row in cursor.fetchall()]


# --- SQLite -----------------------------------------------------------------------------------------------------------
def _fts5(words: Sequence[Word], tags: Sequence[str], titles: bool) -> str:
    parts = [f"tags : {tag}" for tag in tags]
    if words and titles:
        parts += [_fts5_word(word, "title_grams") for word in words]
    elif words:
        parts += [_fts5_word(word, "title_grams text_grams") for word in words]
        in_title = " AND ".join(_fts5_word(word, "title_grams") for word in words)
        return f"({' AND '.join(parts)}) NOT ({in_title})"
    return " AND ".join(parts)


def _fts5_word(word: Word, columns: str) -> str:
    found = f'{{{columns}}} : "{" ".join(word.tokens)}"{" *" if word.begun else ""}'
    return f'({found} OR initials : "{" ".join(word.initials)}" *)' if word.initials else f"({found})"


@contextmanager
def made_anew(database: Any) -> Iterator[None]:
    """Empties the entries; inside, many are added without keeping the full text row by row; afterwards it is built whole."""
    lite = database.vendor == "sqlite"
    with database.cursor() as cursor:
        for statement in _DROPPED if lite else ():
            cursor.execute(statement)
        cursor.execute(f"DELETE FROM {_TABLE}")
    yield
    if lite:
        with database.cursor() as cursor:
            cursor.execute(f"INSERT INTO {_FULL_TEXT}({_FULL_TEXT}) VALUES ('rebuild')")
            for statement in TRIGGERS:
                cursor.execute(statement)


_COLUMNS = ("title_grams", "text_grams", "initials", "tags")
_NEW = ", ".join(("new.id", *(f"new.{name}" for name in _COLUMNS)))
_OLD = ", ".join(("old.id", *(f"old.{name}" for name in _COLUMNS)))
_PUT = f"INSERT INTO {_FULL_TEXT}(rowid, {', '.join(_COLUMNS)}) VALUES ({_NEW});"
_TAKE = f"INSERT INTO {_FULL_TEXT}({_FULL_TEXT}, rowid, {', '.join(_COLUMNS)}) VALUES ('delete', {_OLD});"
TRIGGERS = (
    f"CREATE TRIGGER search_added AFTER INSERT ON {_TABLE} BEGIN {_PUT} END",
    f"CREATE TRIGGER search_removed AFTER DELETE ON {_TABLE} BEGIN {_TAKE} END",
    f"CREATE TRIGGER search_changed AFTER UPDATE ON {_TABLE} BEGIN {_TAKE} {_PUT} END",
)
_DROPPED = tuple(f"DROP TRIGGER {name}" for name in ("search_added", "search_removed", "search_changed"))
SQLITE_TABLE = (
    f"CREATE VIRTUAL TABLE {_FULL_TEXT} USING fts5({', '.join(_COLUMNS)}, "
    f"content='{_TABLE}', content_rowid='id', tokenize='ascii', columnsize=0)"
)
POSTGRESQL_COLUMN = (
    f"ALTER TABLE {_TABLE} ADD COLUMN document tsvector GENERATED ALWAYS AS ("
    + " || ".join(
        f"setweight(to_tsvector('simple', {column}), '{weight}')" for column, weight in zip(_COLUMNS, "ABCD", strict=True)
    )
    + ") STORED"
)
POSTGRESQL_INDEX = f"CREATE INDEX search_document ON {_TABLE} USING gin (document)"


# --- PostgreSQL -------------------------------------------------------------------------------------------------------
def _tsquery(words: Sequence[Word], tags: Sequence[str], titles: bool) -> str:
    parts = [f"'{tag}':D" for tag in tags]
    if words and titles:
        parts += [_tsquery_word(word, "A") for word in words]
    elif words:
        parts += [_tsquery_word(word, "AB") for word in words]
        parts.append(f"!({' & '.join(_tsquery_word(word, 'A') for word in words)})")
    return " & ".join(parts)


def _tsquery_word(word: Word, weights: str) -> str:
    """A phrase stands in one part as a whole: in the title or in the text, not across."""
    found = [_phrase(word.tokens, weight, word.begun) for weight in weights]
    if word.initials:
        found.append(_phrase(word.initials, "C", True))
    return f"({' | '.join(found)})"


def _phrase(tokens: Sequence[str], weight: str, begun: bool) -> str:
    marks = [f":{weight}"] * (len(tokens) - 1) + [f":*{weight}" if begun else f":{weight}"]
    return "(" + " <-> ".join(f"'{token}'{mark}" for token, mark in zip(tokens, marks, strict=True)) + ")"
