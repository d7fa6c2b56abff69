"""A site that starts knows how much of what there is, also after an update that made a table anew."""

import pytest
from django.core import management
from django.db import connection

from linli.commands.records import prepare
from linli.records.reports.search import indexing
from tests.records.people.world import nanshan

pytestmark = pytest.mark.django_db


def known_sizes() -> set[str]:
    with connection.cursor() as cursor:
        if not cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
            return set()
        return {name for (name,) in cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1").fetchall()}


def forget_sizes() -> None:
    """As an update does that makes a table anew."""
    if known_sizes():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")


def test_every_start_learns_the_sizes_on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(management, "call_command", lambda *asked, **more: None)
    monkeypatch.setattr(indexing, "keep_current", lambda on: None)
    nanshan()
    forget_sizes()
    assert known_sizes() == set()
    prepare()
    assert "places_place" in known_sizes()
