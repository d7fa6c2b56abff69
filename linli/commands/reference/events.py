"""Reference: every kind of event that is sealed in the trail."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from inspect import getmembers, isclass

from django.apps import apps

from linli.records.trail.registry import kind_of_class

_HEAD = """# Events of the trail

Written by `make docs`; do not edit. What a line of an export looks like: [trail export](trail-export.md).

Fields marked *personal* are sealed as a salted commitment only; the value can be erased.
"""


def page() -> str:
    return "\n".join([_HEAD, *_apps(), ""])


def _apps() -> Iterator[str]:
    for config in apps.get_app_configs():
        if not config.name.startswith("linli.records."):
            continue
        try:
            module = import_module(f"{config.name}.events")
        except ModuleNotFoundError:
            continue
        rows = sorted(_row(cls) for _, cls in getmembers(module, isclass) if cls.__module__ == module.__name__)
        if rows:
            yield f"## {config.label}\n"
            yield "| event | title | fields |"
            yield "|---|---|---|"
            yield from rows
            yield ""


def _row(cls: type) -> str:
    kind = kind_of_class(cls)
    named = [f"{field.name} *(personal)*" if field.name in kind.personal else field.name for field in fields(cls)]
    return f"| `{kind.name}` | {kind.title.zh} · {kind.title.en} | {', '.join(named) or '—'} |"
