"""A kept form as it would be typed again: money in yuan, everything else as it is kept."""

import json

from linli.records.evidence.models import Filling
from linli.rules.gates.model import Facts, Plain
from linli.rules.plain.money import yuan
from linli.rules.policy.models import FieldType, Form


def as_entered(form: Form, filling: Filling) -> dict[str, Plain]:
    """Field -> what somebody would type, sealed fields included."""
    sealed: Facts = json.loads(filling.sealed.open()) if filling.sealed else {}
    kept = {**filling.data, **sealed}
    return {key: _typed(form, key, value) for key, value in kept.items()}


def _typed(form: Form, key: str, value: Plain) -> Plain:
    field = form.fields.get(key)
    if field is None:
        return value
    if field.type == "lines" and isinstance(value, list):
        kinds: dict[str, FieldType] = {name: kind for name, _, kind in field.columns}
        return [{name: _money(kinds.get(name), cell) for name, cell in row.items()} for row in value if isinstance(row, dict)]
    return _money(field.type, value)


def _money(kind: FieldType | None, value: Plain) -> Plain:
    return yuan(value) if kind == "money" and isinstance(value, int) else value
