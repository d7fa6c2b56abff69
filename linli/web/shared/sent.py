"""Telling one drawing of a form from the next."""

from django.http import HttpRequest


def sheet_of(request: HttpRequest) -> str:
    """What a form sent twice has in common: its token is masked anew each time the page is drawn."""
    return request.POST.get("csrfmiddlewaretoken", "")
