"""Before its first reader comes a worker opens the pages most readers open first: code, templates and figures are then read."""

import gzip
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]

# An address, and what to open of the pages it leads to.
_OPENED = (
    ("/", re.compile(r'href="(/c/[^"?]+/)"')),
    ("/projects/?place=", re.compile(r'href="(/projects/[^"?/]+/)"')),
    ("/notices/?place=", re.compile(r'href="(/notices/\d+/)"')),
)


def open_first_pages(application: Application, host: str) -> list[str]:
    """The addresses that answered. A page that cannot be opened is logged and left to its first reader."""
    return list(_opened(application, host.removeprefix(".").replace("*", "localhost")))


def _opened(application: Application, host: str) -> Iterator[str]:
    for address, leads_to in _OPENED:
        try:
            next_one = leads_to.search(_ask(application, host, address))
            yield address
            if next_one:
                _ask(application, host, next_one[1])
                yield next_one[1]
        except Exception:  # whatever is wrong, the worker serves its other pages
            logging.getLogger(__name__).exception("%s could not be opened", address)


def _ask(application: Application, host: str, address: str) -> str:
    """The page. Raises OSError where it is none."""
    path, _, query = address.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host, "HTTP_ACCEPT_ENCODING": "gzip"}
    setup_testing_defaults(environ)
    told: list[Any] = []
    response = application(environ, lambda status, headers, *_: told.extend((status, dict(headers))))
    try:
        body = b"".join(response)
    finally:
        response.close()
    if not told[0].startswith("200"):
        raise OSError(f"{address}: {told[0]}")
    return (gzip.decompress(body) if told[1].get("Content-Encoding") == "gzip" else body).decode()
