"""How a file is turned down."""

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text


def refused(zh: str, en: str) -> Invalid:
    """The same sentence above the form and at the file field."""
    text = Text(zh, en)
    return Invalid(text, fields={"file": text})
