"""Which database: SQLite by default, PostgreSQL by `LINLI_DATABASE_URL=postgres://user:password@host:port/name`."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# WAL lets readers go on while one writes; FULL keeps what was acknowledged through a power cut.
_SQLITE_START = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-32000;"


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "linli.config.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction takes the write lock at its start: no deadlock by upgrade, no "database is locked" halfway.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_START,
            # Pages ask several hundred different questions; the driver remembers how to answer 128 if nobody says more.
            "cached_statements": 1_000,
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "linli.config.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        # A page asks the same dozen questions each time: planned once per connection, their values sent apart from them.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
    }


def database(url: str, default: Path) -> dict[str, Any]:
    if not url:
        return sqlite(default)
    if url.startswith(("postgres://", "postgresql://")):
        return postgresql(url)
    if url.startswith("sqlite:///"):
        return sqlite(Path(url.removeprefix("sqlite:///")))
    raise ValueError("LINLI_DATABASE_URL must begin with postgres:// or sqlite:///")
