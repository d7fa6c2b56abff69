"""What people call an office: 社区党委, not `community.party_committee`."""

from importlib import import_module
from typing import Any

from linli.rules.plain.texts import Text


def office_words(office: str, rules: Any = None) -> Text:
    """The title from these rules, else from the library of packs, else the code itself so that a gap is seen."""
    for book in (rules, _library_rules()):
        try:
            found = book.office_title(office) if book is not None else None
        except (KeyError, AttributeError):
            continue
        if isinstance(found, Text):
            return found
    return Text(office, office)


def _library_rules() -> Any:
    try:
        return import_module("linli.records.rulebook.selectors").library().vocabulary
    except (ImportError, AttributeError):
        return None
