"""Coming in: residents by a code on the phone or on paper, staff by password. Reading needs none of it."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.records.notifications.models import Delivery
from linli.records.people import services
from linli.records.people.models import OutboxMessage, Person
from linli.records.people.phones import masked
from linli.rules.plain.refusals import NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.addresses import address_of
from linli.web.shared.doors import PUBLIC, SIGNED_IN, door
from linli.web.shared.notifying import notify
from linli.web.shared.shapes import Tab
from linli.web.shared.switches import safe_next
from linli.web.shared.turned_down import ask_again

PHONE_KEY, BOND_KEY = "sign_in_phone", "sign_in_bond"
OUTBOX_SHOWS = 30
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def ways(here: str, next_page: str) -> list[Tab]:
    """The three ways in, as tabs."""
    titles = (
        ("/sign-in/", Text("手机验证码", "Code by phone")),
        ("/sign-in/household/", Text("户码", "Household code")),
        ("/accounts/login/", Text("工作人员", "Staff")),
    )
    return [Tab(title, _onward(address, next_page), current=address == here) for address, title in titles]


def _onward(address: str, next_page: str) -> str:
    return f"{address}?{urlencode({'next': next_page}, safe='/')}"


def _context(request: HttpRequest, here: str) -> dict[str, Any]:
    next_page = safe_next(request)
    return {"ways": ways(here, next_page), "next": next_page, "typed": request.POST}


@door(may=PUBLIC, methods=["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """Step one: which phone gets the code."""
    context = _context(request, "/sign-in/")
    if request.method != "POST":
        return render(request, "shared/sign_in/phone.html", context)
    number = request.POST.get("phone", "").strip()
    try:
        services.request_code(phone=number, at=clock.now(), ip=address_of(request), bound_to=_bond(request))
    except TurnedDown as turned_down:
        return ask_again(request, "shared/sign_in/phone.html", context, turned_down)
    request.session[PHONE_KEY] = number
    return redirect(_onward("/sign-in/code/", context["next"]))


@door(may=PUBLIC, methods=["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Step two: the code that came."""
    number = request.session.get(PHONE_KEY, "")
    if not number:
        return redirect("shared:sign_in")
    context = {**_context(request, "/sign-in/"), "phone": number, "masked": masked(number)}
    if request.method != "POST":
        return render(request, "shared/sign_in/code.html", context)
    try:
        person = services.redeem_code(
            phone=number, code=request.POST.get("code", "").strip(), at=clock.now(), bound_to=_bond(request)
        )
    except TurnedDown as turned_down:
        return ask_again(request, "shared/sign_in/code.html", context, turned_down)
    request.session.pop(PHONE_KEY)
    return _come_in(request, person)


@door(may=PUBLIC, methods=["GET", "POST"])
def household(request: HttpRequest) -> HttpResponse:
    """The code printed on the paper a household was given: for those without a phone."""
    context = _context(request, "/sign-in/household/")
    if request.method != "POST":
        return render(request, "shared/sign_in/household.html", context)
    try:
        person = services.redeem_household_code(code=request.POST.get("code", "").strip(), at=clock.now())
    except TurnedDown as turned_down:
        return ask_again(request, "shared/sign_in/household.html", context, turned_down)
    return _come_in(request, person)


@door(may=SIGNED_IN, methods=["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")


@door(may=PUBLIC, methods=["GET", "POST"])
def outbox(request: HttpRequest) -> HttpResponse:
    """The demonstration's text messages. A real site has no such page."""
    if not settings.DEMONSTRATION or settings.SMS_ADAPTER != "outbox":
        raise NotFound()
    if request.method == "POST":
        # A real site runs `linli notify` every minute; here it is a button.
        notify(clock.now())
        return redirect("shared:outbox")
    sent = [
        {"at": sms.at, "phone": masked(sms.phone.open()), "text": sms.text.open()}
        for sms in OutboxMessage.objects.all()[:OUTBOX_SHOWS]
    ]
    letters = [
        {"at": each.made_at, "title": each.title, "body": each.body.open(), "sent": each.sent_at is not None}
        for each in Delivery.objects.filter(channel="email").order_by("-pk")[:OUTBOX_SHOWS]
    ]
    return render(request, "shared/sign_in/outbox.html", {"messages_sent": sent, "letters": letters})


def _bond(request: HttpRequest) -> str:
    """Random text that ties a code to the browser that asked for it."""
    bond: str = request.session.setdefault(BOND_KEY, secrets.token_urlsafe(16))
    return bond


def _come_in(request: HttpRequest, person: Person) -> HttpResponse:
    next_page = safe_next(request)
    login(request, services.account_of(person), backend=_BACKEND)
    return redirect(next_page)
