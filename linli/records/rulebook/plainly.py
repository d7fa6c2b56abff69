"""Anything the rules speak of, as plain data that can be sealed."""

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

from linli.rules.plain.days import Period


def plain_of(value: Any) -> Any:
    """Dataclasses, shares ("5/6"), periods ("5 working_days"), days and sets as JSON values. TypeError for others."""
    if value is None or (isinstance(value, str | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Fraction | Period):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain_of(each) for key, each in value.items()}
    if isinstance(value, Set):
        return sorted(plain_of(each) for each in value)
    if isinstance(value, list | tuple):
        return [plain_of(each) for each in value]
    if is_dataclass(value):
        return {field.name: plain_of(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"not plain data: {value!r}")
