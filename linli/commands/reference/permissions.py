"""Reference: every address with who may come through, and every row of the permission tables."""

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps

from linli.records.people.access import Permission
from linli.records.rulebook.selectors import library
from linli.web.shared.doors import PUBLIC, SIGNED_IN, STAFF, Route, every_route, permission

_HEAD = """# Permissions

Written by `make docs`; do not edit. Checked cell by cell by `tests/house/test_permissions.py`.

An office is exact: whoever holds it at the place of that level on the line of the thing may come in. "Looks over" is any
office of the administration at the place or above it. A signed-in stranger gets 404 for what they may not know of; somebody
not signed in is asked to sign in.
"""
_WORDS = {PUBLIC: "everybody", SIGNED_IN: "whoever is signed in", STAFF: "staff"}
_OTHERS = ("allauth.",)


def page() -> str:
    return "\n".join([_HEAD, *_addresses(), "", *_tables(), ""])


def _addresses() -> Iterator[str]:
    yield "## Addresses\n"
    yield "| address | methods | row | who |"
    yield "|---|---|---|---|"
    routes = [route for route in every_route() if not route.view.__module__.startswith(_OTHERS)]
    for route in sorted(routes, key=lambda route: (route.path, route.name)):
        yield f"| `/{route.path}` | {' '.join(route.door.methods) if route.door else '—'} | {_row(route)} | {_who(route)} |"


def _row(route: Route) -> str:
    if route.door is None or route.door.may in _WORDS:
        return ""
    return f"`{permission(route.door.may).name}`"


def _who(route: Route) -> str:
    if route.door is None:
        return "**no door**"
    if isinstance(route.door.may, str) and route.door.may in _WORDS:
        return _WORDS[route.door.may]
    return who_may(permission(route.door.may))


def _tables() -> Iterator[str]:
    for config in apps.get_app_configs():
        if not config.name.startswith("linli.records."):
            continue
        try:
            rows = import_module(f"{config.name}.permissions").TABLE
        except ModuleNotFoundError:
            continue
        yield f"## {config.label}\n"
        yield "| row | who |"
        yield "|---|---|"
        yield from (f"| `{row.name}` | {who_may(row)} |" for row in rows)
        yield ""


def who_may(row: Permission) -> str:
    """A row in words."""
    ways = ["everybody"] if row.anonymous else []
    ways += [library().vocabulary.office_title(office).en for office in row.offices]
    ways += [f"{office.replace('_', ' ')} of the very place" for office in row.here]
    ways += [f"the {relation}" if relation != "self" else "the person in question" for relation in row.relations]
    ways += ["residents of the community"] if row.resident else []
    ways += ["whoever holds an office anywhere"] if row.staff else []
    ways += ["whoever looks over the place"] if row.read_above else []
    said = "; ".join(ways) or "the offices the pack names"
    return f"{said} — but not whoever is {' or '.join(row.apart_from)}" if row.apart_from else said
