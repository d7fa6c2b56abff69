"""An undo offered beside the sentence that says what was done. It is an act of its own: nothing is erased."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

_KEY = "undo"


def offer_undo(request: HttpRequest, action: str, fields: Mapping[str, str]) -> None:
    """The next page with a message shows a button that posts `fields` to `action`."""
    request.session[_KEY] = {"action": action, "fields": dict(fields)}


def offered(request: HttpRequest) -> Any:
    """Taken out: it is offered once."""
    return request.session.pop(_KEY, None)
