"""A value read from the rules, with everything needed to explain it later."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.rules.policy.models import Value

ReadingState = Literal["known", "unset", "none_in_force", "unlimited"]


@dataclass(frozen=True, slots=True)
class LocalValue:
    """A value a place has set itself: a database row in the records, plain data here."""

    parameter: str
    key: str
    value: Value
    since: date
    until: date | None
    place: str  # code
    level: str
    set_by: str  # office
    document: str
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None unless `state` is known. `on` is the value date, `version` the pack version read."""

    parameter: str
    key: str
    on: date
    state: ReadingState
    value: Value | None
    unit: str
    clause: str
    pack: str
    version: str
    since: date | None
    set_by: tuple[str, ...] = ()
    local: LocalValue | None = None
