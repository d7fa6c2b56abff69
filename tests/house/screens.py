"""Every screen of the house once: each address that answers with a page, with somebody who may read it."""

from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from linli.web.shared.doors import Route
from tests.house.ground import Who
from tests.house.matrix import Matrix, expected


@dataclass(frozen=True)
class Screen:
    """`html` is empty where an address gives something else than a whole page: a file, a part of a page, a way on."""

    name: str
    address: str
    who: Who
    status: int
    html: str


def screens(matrix: Matrix) -> dict[str, Screen]:
    """By the name of the address. Of those who may come in, the first who is shown a page."""
    found = {}
    for route in matrix.routes:
        if route.door is not None and "GET" in route.door.methods:
            seen = (_look(matrix, route, who) for who in _allowed(matrix, route))
            first = next(seen, None)
            if first is not None:
                better = first if first.status == 200 else next((one for one in seen if one.status == 200), first)
                found[route.name] = better
    return found


def _allowed(matrix: Matrix, route: Route) -> list[Who]:
    row, example = matrix.rows[route.name], matrix.examples[route.name]
    return [who for who in matrix.ground.everybody if expected(route, row, "GET", who, example) == "through"]


def _look(matrix: Matrix, route: Route, who: Who) -> Screen:
    example = matrix.examples[route.name]
    address = matrix.address(route.name) + (f"?{example.asks}" if example.asks else "")
    answer = read(matrix.client_of(who), address)
    return Screen(route.name, address, who, *answer)


def read(client: Client, address: str) -> tuple[int, str]:
    """Status, and the page if it is a whole one. What reading leaves behind is taken back."""
    with transaction.atomic():
        answer = client.get(address)
        html = not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html")
        text = answer.content.decode() if html else ""
        transaction.set_rollback(True)
    return answer.status_code, text if text.lstrip().lower().startswith("<!doctype") else ""
