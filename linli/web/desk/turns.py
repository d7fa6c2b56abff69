"""What waits for the reader's offices without a day: one line for each matter, by pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.http import HttpRequest

from linli.records.cases.selectors import NEWEST, first_turns, turns_at, turns_in
from linli.records.people.models import OfficeHeld
from linli.web.shared.paging import at_the_beginning, first_page, page_of
from linli.web.shared.shapes import Page

SIZE = 10


def turns_page(request: HttpRequest, held: Sequence[OfficeHeld], on: date) -> Page:
    if at_the_beginning(request):
        page = first_page(first_turns(held, on, SIZE + 1), by=NEWEST, size=SIZE)
    else:
        page = page_of(turns_at(held, on), request, by=NEWEST, size=SIZE)
    return replace(page, items=turns_in(page.items, held))
