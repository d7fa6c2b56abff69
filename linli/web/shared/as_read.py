"""A public page composed once for the same rows. Its questions are asked each time; only while every row is the same to the
last column, for the same address, language, size of print, place and day, the page made of them before is given again.

Kept pages (kept_pages.py) need no question but the one whether anything happened at all; in a city something happens every
moment, somewhere. What happened elsewhere does not make a page anew that says nothing of it.

Read everything, then compose: what still asks the database while it is composed is not kept.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from linli.records.people.forgetting import people_forgotten
from linli.records.reading import what_was_read
from linli.web.shared.kept_pages import TOKEN, Key, depends_on
from linli.web.shared.reader import reader_of
from linli.web.shared.shelf import Shelf
from linli.web.shared.tags import kept

MOST = 16 * 1024 * 1024  # bytes of all pages one process keeps, compressed
LONGEST = 3600.0  # seconds: what was taken out of the database does not lie on in memory where nobody asks for it again


@dataclass(frozen=True, slots=True)
class _Page:
    read: tuple[Any, ...]  # what the database said, and the figures held
    until: float
    packed: bytes


shelf: Shelf[Key, _Page] = Shelf(MOST)  # one page of each address
_looked, _forgotten = 0.0, -1  # when it was looked for the last time, and how many people were forgotten by then


def page_as_read(request: HttpRequest, template: str, compose: Callable[[], Mapping[str, Any]], *besides: int) -> HttpResponse:
    """`compose` makes the context of what was read for this request, of held figures (`besides`), and of nothing else."""
    _ = reader_of(request).place  # the ways around ask for it
    about, known = depends_on(request), what_was_read()
    if about is None or known is None:
        return render(request, template, compose())
    read, now = (known, *besides), monotonic()
    page = shelf.find(about, lambda page: page.read == read and page.until >= now)
    if page is None:
        made = render(request, template, compose())
        if what_was_read() != known or TOKEN in made.content or _somebody_was_forgotten():
            return made
        packed = gzip.compress(made.content, 4, mtime=0)  # twice as quick as 6 for a thirtieth more bytes
        page = _Page(read, now + LONGEST, packed)
        shelf.keep(about, page, len(packed))
        shelf.drop_unused(lambda page: page.until < now)
    response = HttpResponse(page.packed, headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def forget() -> None:
    """Compose every page anew."""
    shelf.clear()


def _somebody_was_forgotten() -> bool:
    """Looked for once a minute at most: then no word this process has put together stays in memory."""
    global _looked, _forgotten
    now = monotonic()
    if now < _looked + 60:
        return False
    _looked, before, _forgotten = now, _forgotten, people_forgotten()
    if before not in (-1, _forgotten):
        forget()
        kept.forget()
        return True
    return False
