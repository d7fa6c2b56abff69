"""The shapes of the answers that several operations share."""

from datetime import date
from fractions import Fraction
from typing import Generic, TypeVar

from ninja import Schema

from linli.records.places.models import Place
from linli.rules.plain.days import Period
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Special, Value

Row = TypeVar("Row")
Scalar = str | int | bool | None


class Words(Schema):
    zh: str
    en: str


class PlaceRef(Schema):
    code: str
    name: str


class Standing(Schema):
    """Where something stands: the state's id and its name."""

    id: str
    title: Words
    end: str  # done, refused, withdrawn, failed, or "" while it runs


class Listed(Schema, Generic[Row]):
    """One page. `next` and `previous` are cursors for `after` and `before`; "" where there is nothing more."""

    items: list[Row]
    next: str
    previous: str


class Refusal(Schema):
    """How the API says no."""

    status: int
    text: Words
    reasons: list[dict[str, object]]
    fields: dict[str, Words]


def words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)


def place_ref(place: Place) -> PlaceRef:
    return PlaceRef(code=place.code, name=place.short_name)


def scalar(value: Value | None) -> Scalar:
    """A value of a pack as JSON spells it: money in fen, lengths as `5 working_days`, shares as `2/3`; null if not set."""
    if value is None or isinstance(value, Special):
        return "unlimited" if value is Special.UNLIMITED else None
    if isinstance(value, Period):
        return f"{value.count} {value.kind}"
    if isinstance(value, Fraction):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
