"""The English of the interface: gathered from locale/parts/*.json, written as one .po and compiled to .mo without gettext.

A msgid is the Chinese sentence itself. A part maps it to its English, or to [one, many] where English needs a plural
(Chinese does not, so both msgids of `{% plural %}` are the same sentence). `problems()` names what has no English, what is
said in two ways, and what lost a placeholder.
"""

import json
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from linli.web.shared.sentences import sentences

LOCALE = Path(__file__).resolve().parents[2] / "locale"
PARTS = LOCALE / "parts"
ENGLISH = LOCALE / "en" / "LC_MESSAGES"
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: en\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

English = str | list[str]


def parts() -> Iterator[tuple[str, str, English]]:
    """(file, Chinese, English) of every part."""
    for path in sorted(PARTS.glob("*.json")):
        for chinese, english in json.loads(path.read_text(encoding="utf-8")).items():
            yield path.name, chinese, english


def merged() -> dict[str, English]:
    """Every sentence once; where two parts differ the first in name order wins, and `problems` says so."""
    found: dict[str, English] = {}
    for _, chinese, english in parts():
        found.setdefault(chinese, english)
    return dict(sorted(found.items()))


def problems() -> list[str]:
    """What keeps the English from being complete, one line each."""
    known, found = merged(), []
    for file, chinese, english in parts():
        if known[chinese] != english:
            found.append(f"{file}: 「{chinese}」 has two translations: {known[chinese]!r} and {english!r}")
        if not _same_placeholders(chinese, english):
            found.append(f"{file}: 「{chinese}」 and its English name different placeholders")
    for sentence in sentences():
        if sentence.words not in known:
            found.append(f"{sentence.where}: no English for 「{sentence.words}」 (add it to linli/locale/parts/)")
        elif sentence.plural and not isinstance(known[sentence.words], list):
            found.append(f"{sentence.where}: 「{sentence.words}」 needs [one, many] in English")
    return found


def _same_placeholders(chinese: str, english: English) -> bool:
    said = [english] if isinstance(english, str) else english
    wanted = set(_PLACEHOLDER.findall(chinese))
    # "One person" may leave out the number, "many" may not.
    return set(_PLACEHOLDER.findall(said[-1])) == wanted and all(set(_PLACEHOLDER.findall(one)) <= wanted for one in said)


def write() -> int:
    """Writes django.po and django.mo; says how many sentences they hold."""
    ENGLISH.mkdir(parents=True, exist_ok=True)
    known = merged()
    _replace(ENGLISH / "django.po", _po(known).encode())
    _replace(ENGLISH / "django.mo", _mo(known))
    return len(known)


def _replace(path: Path, content: bytes) -> None:
    """All or nothing, because several test processes may write at once."""
    if path.exists() and path.read_bytes() == content:
        return
    fresh = path.with_name(f"{path.name}.{id(content)}")
    fresh.write_bytes(content)
    fresh.replace(path)


def _po(known: Mapping[str, English]) -> str:
    lines = ["# Written by `make translations` from locale/parts; do not edit.", 'msgid ""', f"msgstr {_quoted(_HEADER)}", ""]
    for chinese, english in known.items():
        lines.append(f"msgid {_quoted(chinese)}")
        if isinstance(english, str):
            lines.append(f"msgstr {_quoted(english)}")
        else:
            lines.append(f"msgid_plural {_quoted(chinese)}")
            lines += [f"msgstr[{n}] {_quoted(one)}" for n, one in enumerate(english)]
        lines.append("")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _mo(known: Mapping[str, English]) -> bytes:
    """The GNU format: sorted keys, two tables of (length, offset), then the texts, each ended by a zero byte."""
    texts = {b"": _HEADER.encode()}
    for chinese, english in known.items():
        if isinstance(english, str):
            texts[chinese.encode()] = english.encode()
        else:
            texts[f"{chinese}\0{chinese}".encode()] = "\0".join(english).encode()
    keys = sorted(texts)
    start = 7 * 4 + 16 * len(keys)
    table, body = [], b""
    for text in [*keys, *(texts[key] for key in keys)]:
        table += [len(text), start + len(body)]
        body += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return head + struct.pack(f"<{len(table)}I", *table) + body


def main(arguments: list[str]) -> int:
    """`linli translations [--check]`."""
    count = write()
    if "--check" not in arguments:
        sys.stdout.write(f"{count} sentences\n")
        return 0
    found = problems()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0
