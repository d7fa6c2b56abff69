"""A public page composed once for the same rows. Its questions are asked each time; only while every row is the same to the
last column, for the same address, language, size of print, place and day, the page made of them before is given again.

Kept pages (kept_pages.py) need no question but the one whether anything happened at all; in a city something happens every
moment, somewhere. What happened elsewhere does not make a page anew that says nothing of it.

Read everything, then compose: what still asks the database while it is composed is not kept.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from linli.records.reading import what_was_read
from linli.web.shared.kept_pages import TOKEN, depends_on
from linli.web.shared.reader import reader_of

MOST = 16 * 1024 * 1024  # bytes of all pages one process keeps, compressed
_pages: OrderedDict[Any, bytes] = OrderedDict()
_lock = Lock()
_size = 0


def page_as_read(request: HttpRequest, template: str, compose: Callable[[], Mapping[str, Any]], *besides: int) -> HttpResponse:
    """`compose` makes the context of what was read for this request, of held figures (`besides`), and of nothing else."""
    _ = reader_of(request).place  # the ways around ask for it
    about, read = depends_on(request), what_was_read()
    if about is None or read is None:
        return render(request, template, compose())
    key = about, read, besides
    found = _found(key)
    if found is None:
        made = render(request, template, compose())
        if what_was_read() != read or TOKEN in made.content:
            return made
        found = gzip.compress(made.content, 6, mtime=0)
        _keep(key, found)
    response = HttpResponse(found, headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def forget() -> None:
    """Compose every page anew."""
    global _size
    with _lock:
        _pages.clear()
        _size = 0


def _found(key: Any) -> bytes | None:
    with _lock:
        found = _pages.get(key)
        if found is not None:
            _pages.move_to_end(key)
        return found


def _keep(key: Any, page: bytes) -> None:
    global _size
    with _lock:
        if key not in _pages:
            _pages[key] = page
            _size += len(page)
        while _size > MOST:
            _size -= len(_pages.popitem(last=False)[1])
