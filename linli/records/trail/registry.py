"""The kinds of events. Each app declares its own in its `events.py`; the trail only needs to name and spell them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, TypeVar, dataclass_transform, get_type_hints

from linli.rules.plain.texts import Text

Value = TypeVar("Value")


class _Personal:
    """Marks a field whose value must stay erasable."""


# Sealed only as a salted commitment; the value itself stays in the row of the app that owns it.
Personal = Annotated[Value, _Personal]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: `name` such as "need.verified", what it is called, and which fields are personal."""

    name: str
    title: Text
    personal: frozenset[str]


_by_name: dict[str, Kind] = {}
_by_class: dict[type, Kind] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(name: str, *, title: Text) -> Callable[[type[Value]], type[Value]]:
    """Make a class an event: a frozen, keyword-only dataclass of JSON values. Each name belongs to one class."""

    def register(cls: type[Value]) -> type[Value]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        if _by_name.get(name) is not None and not _same_class(name, made):
            raise ValueError(f"two events are called {name}")
        kind = Kind(name, title, _personal_fields(made))
        _by_name[name] = _by_class[made] = kind
        return made

    return register


def kind_of(done: object) -> Kind:
    """TypeError if this was not declared with @event."""
    try:
        return _by_class[type(done)]
    except KeyError:
        raise TypeError(f"{type(done).__name__} is not an event: declare it with @event") from None


def kind_of_class(cls: type) -> Kind:
    """KeyError if the class was not declared with @event."""
    return _by_class[cls]


def title_of(name: str) -> Text:
    """What a kind is called. An old kind nobody declares any more is still shown, by its name."""
    kind = _by_name.get(name)
    return kind.title if kind else Text(name, name)


def kinds() -> Mapping[str, Kind]:
    return dict(_by_name)


def values_of(done: Any) -> dict[str, object]:
    return {field.name: getattr(done, field.name) for field in fields(done)}


def _personal_fields(cls: type) -> frozenset[str]:
    hints = get_type_hints(cls, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _Personal in getattr(hint, "__metadata__", ()))


def _same_class(name: str, cls: type) -> bool:
    """A module read again (a reload in development) declares its own events a second time."""
    return any(
        kind.name == name and (old.__module__, old.__qualname__) == (cls.__module__, cls.__qualname__)
        for old, kind in _by_class.items()
    )
