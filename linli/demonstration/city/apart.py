"""Numbering the rows of a specimen far apart from all others, so that a number of a row is known for one wherever it stands: in
a column, in a sealed body, in the facts of a decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from linli.demonstration.city.template import FAR, ROOM

# What the whole site shares, what belongs to one browser or telephone, and what is written after the stamping.
_SHARED = {
    "trail.stream", "trail.checkpoint", "trail.leaf", "trail.tile", "places.place", "places.placechange", "cases.series",
    "rulebook.rulesedition", "people.outboxmessage", "people.smsday", "people.phonegate", "people.phonecode", "people.turns",
}  # fmt: skip


@dataclass(frozen=True)
class Apart:
    """Where the numbers of each table begin, and which random ids were there before."""

    tables: Mapping[int, type[models.Model]]
    before: Mapping[int, frozenset[object]]


def numbered_apart() -> Apart:
    """From now on new rows are numbered far apart, until the transaction is taken back."""
    numbered = dict(enumerate(tables(), start=1))
    before = {}
    for number, model in numbered.items():
        if counts(model):
            _begin_at(model, FAR + number * ROOM)
        else:
            before[number] = frozenset(model._default_manager.values_list("pk", flat=True))
    return Apart(numbered, before)


def tables() -> list[type[models.Model]]:
    """What a community writes into."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    ours = [model for model in found if model.__module__.startswith("linli.") and model._meta.app_label != "reports"]
    return sorted((model for model in ours if model._meta.label_lower not in _SHARED), key=lambda model: model._meta.label)


def counts(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def _begin_at(model: type[models.Model], first: int) -> None:
    table, pk = model._meta.db_table, model._meta.pk
    assert pk is not None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, pk.column, first])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [first, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])
