"""Rubbish in: two thousand spoilt requests, the same ones every time, over every address. Nothing may break."""

import base64
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.house.ground import COMMUNITY, Ground
from tests.house.matrix import Matrix

pytestmark = pytest.mark.django_db
SEED, REQUESTS = 2018, 2_000
PEOPLE = ("anonymous", "resident who asked", "secretary who opened the case", "subdistrict.office of 440305001")
SPOILT = (
    "",
    " ",
    "\0",
    "a\0b",
    "\u202e反过来\u202c",
    "\ud7ff\uffff\U0010ffff",
    "é́́" * 200,
    "汉" * 20_000,
    "-1",
    "0",
    "9" * 40,
    "1e999",
    "NaN",
    "0x1f",
    "１２３",
    "2026-02-30",
    "0000-00-00",
    "99999-01-01",
    "null",
    "[]",
    '{"a":{"b":[1,{"c":null}]}}',
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%00%ff",
    "../../../../etc/passwd",
    "{{7*7}}{% now %}",
    "=cmd|' /C calc'!A0",
    "true",
    "on",
    "person:00000000-0000-0000-0000-000000000000",
    COMMUNITY,
    base64.urlsafe_b64encode(b"[" * 3_000).decode().rstrip("="),
)
# Names that pages and operations read, so that the rubbish reaches them.
NAMES = (
    *(
        "place",
        "q",
        "year",
        "state",
        "type",
        "category",
        "after",
        "before",
        "code",
        "next",
        "over",
        "stream",
        "on",
        "show",
        "case",
    ),
    *("title", "body", "reason", "text", "amount", "budget", "what", "where", "mode", "contact", "date", "label", "address"),
    *("procedure", "parameter", "value", "since", "until", "key", "receipt", "number", "level", "phone", "language", "large"),
    *(
        "items",
        "items-0-title",
        "budget_lines-0-amount",
        "_add_row",
        "_drop_row",
        "grant",
        "release",
        "up_to",
        "person",
        "answer",
    ),
)
TYPES = ("multipart", "application/x-www-form-urlencoded", "application/json", "text/plain", "image/png", "multipart/form-data")


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: Any) -> Iterator[Matrix]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Matrix(Ground())
        transaction.set_rollback(True)


def test_rubbish_never_breaks_a_page(matrix: Matrix) -> None:
    chance, broken = Random(SEED), []
    routes = [route for route in matrix.routes if route.door is not None]
    for number in range(REQUESTS):
        route = routes[number % len(routes)]
        method = chance.choice(route.door.methods)  # type: ignore[union-attr]
        who = chance.choice(PEOPLE)
        asks, body = _asked(chance), _sent(chance, method)
        status = matrix.throw(route.name, method, matrix.ground.who(who), _address(matrix, route.name, chance), asks, body)
        if status >= 500:
            broken.append(f"#{number} {method} {route.name} by {who}: {status} with {asks[:200]!r} and {str(body)[:300]}")
    assert not broken, f"{len(broken)} broke:\n" + "\n".join(broken[:30])


def _asked(chance: Random) -> str:
    """A query string, with names repeated and values of every kind."""
    pairs = [(chance.choice(NAMES), chance.choice(SPOILT)[:2_000]) for _ in range(chance.randint(0, 4))]
    pairs += pairs[:1] * chance.choice((0, 0, 1, 3))
    return "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in pairs)


def _sent(chance: Random, method: str) -> dict[str, Any]:
    if method == "GET":
        return {}
    kind = chance.choice(TYPES)
    if kind == "multipart":
        data: dict[str, Any] = {}
        for _ in range(5):
            data[chance.choice(NAMES)] = [chance.choice(SPOILT) for _ in range(chance.choice((1, 1, 2)))]
        if chance.random() < 0.3:
            data["import-file"] = data["file"] = SimpleUploadedFile("坏的.xlsx", b"\x00\xffPK\x03\x04" + bytes(200))
        return {"data": data}
    if kind == "application/x-www-form-urlencoded":
        pairs = [f"{chance.choice(NAMES)}={quote(chance.choice(SPOILT)[:5_000], errors='surrogatepass')}" for _ in range(6)]
        return {"data": "&".join(pairs), "content_type": kind}
    return {"data": chance.choice(("{", '{"a":' * 500, "\xff\xfe", "", "--x\r\n")), "content_type": kind}


def _address(matrix: Matrix, name: str, chance: Random) -> str:
    """The address as it is, or with one of its parts spoilt."""
    address = matrix.address(name)
    parts = address.strip("/").split("/")
    if chance.random() < 0.7 or not parts[0]:
        return address
    parts[chance.randrange(len(parts))] = quote(chance.choice(SPOILT)[:300], safe="", errors="surrogatepass")
    return "/" + "/".join(parts) + ("/" if address.endswith("/") else "")
