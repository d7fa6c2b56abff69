"""How long a text must be and how long it is, counted as the gate counts it: blanks and invisible marks do not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linli.records.evidence.forms import characters
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Form
from linli.web.desk.versions import InForce

WHOLE = Text("全文", "The whole text")


@dataclass(frozen=True)
class Length:
    """`key` is the field it is about, "" for the whole form."""

    key: str
    title: Text
    has: int
    least: int

    @property
    def short(self) -> int:
        return max(self.least - self.has, 0)


def lengths(now: InForce, form: Form, entered: Mapping[str, Any]) -> list[Length]:
    """Every least length that is set, with what is entered so far."""
    return list(_lengths(now, form, entered))


def _lengths(now: InForce, form: Form, entered: Mapping[str, Any]) -> Iterator[Length]:
    texts = characters.lengths(entered)
    if least := _least(now, form.min_characters):
        yield Length("", WHOLE, sum(texts.values()), least)
    for field in form.fields.values():
        if least := _least(now, field.min_characters):
            yield Length(field.key, field.title, texts.get(field.key, 0), least)


def _least(now: InForce, parameter: str) -> int:
    value = now.rules.read(parameter, on=now.rules_on).value if parameter else None
    return value if isinstance(value, int) else 0
