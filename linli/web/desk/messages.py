"""Word of acts to the reader's offices."""

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Message
from linli.records.cases.selectors import messages_for
from linli.records.cases.services import read_message
from linli.records.duties.permissions import READ_TODO
from linli.rules.plain.refusals import NotFound
from linli.web.desk.loaders import held_offices, reader_person
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.switches import safe_next


def found_message(request: HttpRequest, pk: int) -> Found:
    message = messages_for(reader_person(request), clock.today(), unread=False).filter(pk=pk).first()
    if message is None:
        raise NotFound
    return Found(message, message.place)


@door(may=READ_TODO)
def messages(request: HttpRequest) -> HttpResponse:
    held_offices(request)
    everything = request.GET.get("all") == "1"
    rows = messages_for(reader_person(request), clock.today(), unread=not everything)
    return render(request, "desk/home/messages.html", {"page": page_of(rows, request), "everything": everything})


@door(may=READ_TODO, load=found_message, methods=["POST"])
def read(request: HttpRequest, message: Message) -> HttpResponse:
    read_message(message=message, by=reader_person(request), at=clock.now())
    told.success(request, _("已标为知道。"))
    return redirect(safe_next(request, "/desk/"))
