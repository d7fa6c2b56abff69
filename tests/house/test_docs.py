"""What the documentation points at is there: pictures, pages beside it, addresses of the site."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import Resolver404, resolve

ROOT = Path(__file__).parents[2]
DOCS, PICTURES = ROOT / "docs", ROOT / "docs" / "images"
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_ADDRESS = re.compile(r"`(/[^`\s]*)`")
_SYSTEM = ("/var/", "/etc/", "/srv/", "/opt/", "/tmp/", "/usr/", "/etc", "/dev/")


def pages() -> Iterator[tuple[Path, str]]:
    for path in (*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        yield path, path.read_text(encoding="utf-8")


def test_what_a_page_links_to_is_there() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in pages()
        for _, target in _LINK.findall(text)
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert missing == []


def test_every_picture_is_shown_somewhere_and_small() -> None:
    shown = {(path.parent / target).resolve() for path, text in pages() for sign, target in _LINK.findall(text) if sign}
    kept = {path.resolve(): path.stat().st_size for path in PICTURES.iterdir()}
    assert set(kept) == {path for path in shown if path.parent == PICTURES}
    assert len(kept) <= 10
    assert {path.name: size for path, size in kept.items() if size > 60_000} == {}


def test_every_address_a_page_names_is_one_of_the_site() -> None:
    nowhere = [
        f"{path.relative_to(ROOT)}: {address}"
        for path, text in pages()
        if "reference" not in path.parts  # written from the routes themselves
        for address in _ADDRESS.findall(text)
        if not address.startswith(_SYSTEM) and not any(_resolves(address, filled) for filled in ("needs", "1"))
    ]
    assert nowhere == []


def _resolves(address: str, filled: str) -> bool:
    try:
        match = resolve(re.sub(r"<[^>]*>|\{[^}]*\}", filled, address.split("?")[0]))
    except Resolver404:
        return False
    return match.view_name != "api:unknown"
