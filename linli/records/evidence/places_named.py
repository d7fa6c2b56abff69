"""Forms name places by their codes; whoever reads them wants the names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linli.records.places.selectors import names_of
from linli.rules.policy.models import Form

Data = Mapping[str, Any]


def places_named(filled: Iterable[tuple[Form, Data]]) -> Mapping[str, str]:
    """Code -> short name of every place these forms name; one query, none where they name none."""
    return names_of({code for form, data in filled for code in _codes(form, data)})


def _codes(form: Form, data: Data) -> Iterator[str]:
    for field in form.fields.values():
        value = data.get(field.key)
        if field.type == "place" and value:
            yield str(value)
        elif field.type == "lines" and isinstance(value, list):
            keys = [key for key, _, kind in field.columns if kind == "place"]
            yield from (str(row[key]) for row in value if isinstance(row, dict) for key in keys if row.get(key))
