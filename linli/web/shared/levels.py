"""What the levels of places are called."""

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text


def level_title(level: str) -> Text:
    return library().vocabulary.levels.get(level, Text(level, level))
