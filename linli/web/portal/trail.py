"""The seals: published checkpoints, how to check them, and the search for one receipt."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.trail.models import Checkpoint, Event
from linli.records.trail.selectors import (
    checkpoint_file,
    checkpoints,
    covering_checkpoint,
    event_of_receipt,
    latest_checkpoint,
)
from linli.rules.plain.refusals import NotFound
from linli.web.portal.life import receipt_of
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.paging import page_of


@door(may=PUBLIC)
def trail(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("receipt", "").strip()[:120]
    page = page_of(checkpoints().defer("body"), request, by=("-number",), size=10)
    context = {"latest": latest_checkpoint(), "page": page, "typed": typed, "found": _found(typed), "asked": bool(typed)}
    return render(request, "portal/trail.html", context)


def _found(typed: str) -> dict[str, Any] | None:
    event: Event | None = event_of_receipt(typed) if typed else None
    if event is None:
        return None
    return {"event": event, "receipt": receipt_of(event), "covered": covering_checkpoint(event)}


@door(may=PUBLIC)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest checkpoint as it is published, or the one of `?number=`. Raises NotFound."""
    number = request.GET.get("number", "")
    found = Checkpoint.objects.filter(number=int(number)).first() if number.isdecimal() else latest_checkpoint()
    if found is None:
        raise NotFound
    body = json.dumps(checkpoint_file(found), ensure_ascii=True)
    return HttpResponse(body, content_type="application/json")
