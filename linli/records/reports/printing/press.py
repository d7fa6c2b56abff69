"""Blocks to PDF. The type comes with the libraries, so a machine without any Chinese font prints Chinese."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import segno
import typst

TEMPLATE = Path(__file__).with_name("document.typ")
Block = Mapping[str, object]


@dataclass(frozen=True)
class Sheet:
    """A printed document. `mark` is written across the page (演示), `footer` on every page."""

    title: str
    blocks: Sequence[Block]
    subtitle: str = ""
    number: str = ""
    footer: str = ""
    language: str = "zh-hans"
    mark: str = ""
    author: str = field(default="邻里")


@cache
def _fonts() -> Path:
    """The folder of the type that is installed with the libraries."""
    spec = find_spec("notojp_matplotlib")
    if spec is None or spec.origin is None:
        raise RuntimeError("The printing type is missing: install requirements/fonts.txt.")
    return Path(spec.origin).parent / "fonts"


def type_file() -> Path:
    """The type itself, for pictures."""
    return next(path for path in sorted(_fonts().iterdir()) if path.suffix in (".otf", ".ttf"))


def press(sheet: Sheet) -> bytes:
    """The PDF of a sheet. The same sheet gives the same pages on every machine: system fonts are not looked at."""
    data = {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "number": sheet.number,
        "footer": sheet.footer,
        "lang": "en" if sheet.language.startswith("en") else "zh",
        "mark": sheet.mark,
        "author": sheet.author,
        "blocks": list(sheet.blocks),
    }
    pdf = typst.compile(
        TEMPLATE,
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        # No clock inside: a printed page of the same record is the same file.
        timestamp=0,
    )
    assert isinstance(pdf, bytes)
    return pdf


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def note(text: str) -> Block:
    return {"kind": "note", "text": text}


def large(text: str) -> Block:
    return {"kind": "large", "text": text}


def pairs(rows: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "pairs", "rows": [list(row) for row in rows]}


def table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int] | None = None) -> Block:
    """`widths` are shares of the line; 0 = as wide as its words."""
    return {
        "kind": "table",
        "header": list(header),
        "rows": [list(row) for row in rows],
        "widths": list(widths or [1] * len(header)),
    }


def qr(address: str, text: str) -> Block:
    """A square code of an address with words beside it that say what it opens."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", border=0, scale=4)
    return {"kind": "qr", "svg": picture.getvalue().decode(), "text": text}


def seal(office: str, mark: str = "") -> Block:
    """An office's round seal in vermilion, drawn here: its name around a star. `mark` stands under the star (演示)."""
    return {"kind": "seal", "office": office, "mark": mark}


def signatures(names: Sequence[str]) -> Block:
    return {"kind": "signatures", "names": list(names)}


def page_break() -> Block:
    return {"kind": "break"}


def slips(rows: Sequence[tuple[str, str, str]]) -> Block:
    """Paper slips to cut apart: (label, code, text)."""
    return {"kind": "slips", "slips": [{"label": label, "code": code, "text": text} for label, code, text in rows]}
