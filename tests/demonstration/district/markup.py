"""What a strict reader of HTML finds wrong with a page: tags left open, wrong nesting, an id twice, a label for nobody."""

import re
from collections import Counter
from html.parser import HTMLParser

import html5lib

# Said of character references and of svg, which browsers and the standard allow.
_HARMLESS = {"expected-doctype-but-got-start-tag", "eof-in-table"}


class _Names(HTMLParser):
    """Ids and what points at them."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.pointed: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list"):
                self.pointed += [(name, one) for one in (value or "").split()]

    handle_startendtag = handle_starttag


def faults(html: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    lines = html.splitlines()
    found = [f"{code} {data} in {_words(lines, line)}" for (line, _), code, data in parser.errors if code not in _HARMLESS]
    names = _Names()
    names.feed(html)
    found += [f"the id “{name}” stands {many} times" for name, many in names.ids.items() if many > 1]
    return found + [f"{what}=“{name}” points nowhere" for what, name in names.pointed if name not in names.ids]


def _words(lines: list[str], line: int) -> str:
    return re.sub(r"\s+", " ", lines[min(line, len(lines)) - 1])[:120] if lines else ""
