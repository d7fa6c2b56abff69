"""The permission tables of all apps."""

from importlib import import_module

from django.apps import apps

from linli.records.people.access import Permission


def tables() -> dict[str, Permission]:
    """`app.name` -> row, of every permission table."""
    found = {}
    for config in apps.get_app_configs():
        if config.name.startswith("linli.records."):
            try:
                module = import_module(f"{config.name}.permissions")
            except ModuleNotFoundError:
                continue
            found.update({f"{config.label}.{row.name}": row for row in module.TABLE})
    return found
