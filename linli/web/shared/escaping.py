"""Words as HTML. Django's own way asks of every word whether it is a lazy sentence; a long page has hundreds of words."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString


def plain(words: Any) -> str:
    """Escaped, unless marked as safe already."""
    return words if type(words) is SafeString else SafeString(escape(str(words)))


def lines(words: Any) -> str:
    """The same, each line of it on a line."""
    shown = plain(words)
    if "\n" not in shown and "\r" not in shown:
        return shown
    return SafeString("<br>".join(shown.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
