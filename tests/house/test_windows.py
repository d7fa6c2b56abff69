"""What the pages ask the window they stand in: its width, by the style sheet alone.

The browser tests load a page once and then turn the window (tests/browser.py, `turn_to`). That shows what a load at each
width would show as long as this holds.
"""

import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "linli" / "web"
# A script that asks one of these could build another page in another window.
_ASKS = re.compile(
    r"innerWidth|innerHeight|outerWidth|matchMedia|visualViewport|\bscreen\.|onresize|['\"]resize['\"]|touch|pointer"
)
_WIDTH = r"\((?:min|max)-width: [\d.]+r?em\)"
_WIDTHS = re.compile(rf"{_WIDTH}(?: and {_WIDTH})*")
_READERS = {"(prefers-color-scheme: dark)", "(prefers-reduced-motion: no-preference)", "(forced-colors: active)", "print"}


def test_the_style_asks_a_window_for_nothing_but_its_width() -> None:
    sheets = "".join(file.read_text(encoding="utf-8") for file in WEB.rglob("*.css"))
    asked = {one.strip() for one in re.findall(r"@(?:media|container)([^{]*)\{", sheets)}
    assert len(asked) > 4
    assert {one for one in asked if not _WIDTHS.fullmatch(one)} == _READERS


def test_no_script_of_ours_asks_for_the_window_at_all() -> None:
    scripts = {file.name: file.read_text(encoding="utf-8") for file in WEB.rglob("*.js")}
    assert len(scripts) > 2
    assert {name: found for name, text in scripts.items() if (found := _ASKS.findall(text))} == {}


def test_no_page_chooses_a_picture_by_the_window() -> None:
    pages = [file for file in WEB.rglob("*.html") if re.search(r"srcset|<source|media=", file.read_text(encoding="utf-8"))]
    assert pages == []
