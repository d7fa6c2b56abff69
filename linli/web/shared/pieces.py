"""The living page of pieces: every one in every state, on made-up data. Who builds a page looks here first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.samples import Samples


@door(may=PUBLIC, methods=["GET", "POST"])
def pieces(request: HttpRequest) -> HttpResponse:
    """POST only ever adds or drops a row of the sample form; nothing is stored."""
    samples = Samples(clock.today())
    bound = samples.bound(request.POST if request.method == "POST" else None)
    return render(request, "shared/pieces_page.html", {"s": samples, "rules": samples.rules, "bound": bound})
