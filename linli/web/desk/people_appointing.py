"""Putting people into office and out of it. A first password is shown on the one answer that made it, and nowhere else."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.people.models import Account, OfficeHeld, Person
from linli.records.people.services import appoint as put_into_office
from linli.records.people.services import end_office as put_out_of_office
from linli.records.people.services import engage, first_password, renew_password
from linli.records.places.models import Place
from linli.rules.plain.days import day_words
from linli.rules.plain.refusals import Invalid, TurnedDown, require_fields
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import SINCE, chosen_of, day_of, office_title, offices_at, reason_of
from linli.web.desk.people_offices import found_held, held_again
from linli.web.desk.sheets import Ask, Tried, once_more, sheet, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

_APPOINT = "people.appoint"
_NAME = Ask("name", Text("姓名", "Name"), required=True, extra={"maxlength": "60"})
_DOCUMENT = Ask(
    "document",
    Text("任职文件", "Document"),
    hint=Text("文件名称或文号；没有可以不填。", "Its title or number; may be left empty."),
    extra={"maxlength": "200"},
)
_CHOOSE = Text("请选一个岗位。", "Choose an office.")


def _asks(place: Place, on: date, *, new: bool) -> tuple[Ask, ...]:
    office = Ask("office", Text("岗位", "Office"), "choice", required=True, options=list(offices_at(place, on).items()))
    given = Text("起一个账号名", "Choose a user name") if new else Text("现在用的账号名", "The user name in use")
    hint = (
        Text("字母、数字和点，如 nantou.lihua；本人用它登录。", "Letters, digits and dots, such as nantou.lihua.")
        if new
        else Text("姓名和账号名要对得上，免得给错了人。", "Name and user name must fit, so that nobody else gets the office.")
    )
    username = Ask("username", given, required=True, hint=hint, extra={"maxlength": "60", "autocapitalize": "none"})
    return office, _NAME, username, SINCE, _DOCUMENT


@door(may=_APPOINT, load=place_here)
def appoint(request: HttpRequest, place: Place) -> HttpResponse:
    return _page(request, place)


def _page(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    on = clock.today()
    start = {"since": on.isoformat(), "office": request.GET.get("office", "")}
    forms = {
        "open": (Text("开账号并任职", "Open the account and appoint"), "desk:open_account", True),
        "give": (Text("登记任职", "Appoint"), "desk:give_office", False),
    }
    context = {"place": place} | {
        name: sheet(name, _asks(place, on, new=new), action=address(url, place=place.pk), button=button, tried=tried, start=start)
        for name, (button, url, new) in forms.items()
    }
    return render(request, "desk/people/appoint.html", context)


@door(may=_APPOINT, load=place_here, methods=["POST"])
def open_account(request: HttpRequest, place: Place) -> HttpResponse:
    """Somebody new: person, account and office at once. The answer shows the first password, this one time."""
    password = first_password()
    try:
        held = engage(
            office=chosen_of(request, "open", "office", offices_at(place, clock.today()), _CHOOSE),
            name=typed(request.POST, "open", "name"),
            username=typed(request.POST, "open", "username"),
            password=password,
            place=place,
            since=day_of(request, "open"),
            document=typed(request.POST, "open", "document")[:200],
            by=me(request),
            at=clock.now(),
        )
    except TurnedDown as turned_down:
        return once_more(request, "open", lambda tried: _page(request, place, tried), turned_down)
    return _told_once(request, held, password)


@door(may=_APPOINT, load=place_here, methods=["POST"])
def give_office(request: HttpRequest, place: Place) -> HttpResponse:
    """An office for somebody who has an account already."""

    def act() -> Text:
        office = chosen_of(request, "give", "office", offices_at(place, clock.today()), _CHOOSE)
        person = _known(typed(request.POST, "give", "name"), typed(request.POST, "give", "username"))
        held = put_into_office(
            person=person,
            office=office,
            place=place,
            since=day_of(request, "give"),
            document=typed(request.POST, "give", "document")[:200],
            by=me(request),
            at=clock.now(),
        )
        title = office_title(held.title, place)
        return Text(f"已登记：{person.name}任{title.zh}。", f"{person.name} is put down as {title.en}.")

    to = address("desk:people", place=place.pk)
    return take(request, "give", act=act, again=lambda tried: _page(request, place, tried), to=to)


def _known(name: str, username: str) -> Person:
    """The member of staff of this name with this account. Raises Invalid; it does not say which of the two was wrong."""
    need = Text("请填写。", "Please fill this in.")
    require_fields({key: need for key, value in (("name", name), ("username", username)) if not value})
    account = Account.objects.select_related("person").filter(username=username, is_active=True).first()
    if account is None or account.person is None or account.person.kind != "staff" or account.person.name != name:
        wrong = Text(
            "没有姓名和账号名都对得上的工作人员。请核对；还没有账号的，用“新来的人”那张表。",
            "No member of staff has this name with this user name. Check both; who has no account yet is entered as new.",
        )
        raise Invalid(wrong, fields={"username": wrong})
    return account.person


@door(may=_APPOINT, load=found_held, methods=["POST"])
def end_office(request: HttpRequest, held: OfficeHeld) -> HttpResponse:
    def act() -> Text:
        lacks = Text("请写明为什么离任，如“调任”“退休”。", "Say why, such as moved or retired.")
        reason = reason_of(request, "end_office", lacks)
        until = day_of(request, "end_office", "until")
        put_out_of_office(held=held, until=until, reason=reason, by=me(request), at=clock.now())
        name, last = held.person.name, day_words(until)
        return Text(
            f"已登记：{name}任职到{last.zh}，第二天起没有这个岗位的权限。",
            f"{name} is in office until {last.en}; from the next day on its power is gone.",
        )

    to = reverse("desk:held_office", args=[held.pk])
    return take(request, "end_office", act=act, again=lambda tried: held_again(request, held, tried), to=to)


@door(may=_APPOINT, load=found_held, methods=["POST"])
def renew(request: HttpRequest, held: OfficeHeld) -> HttpResponse:
    """A first password once more, for somebody who lost the old one."""
    password = first_password()
    try:
        reason = typed(request.POST, "renew_password", "reason")[:200]
        renew_password(person=held.person, place=held.place, password=password, by=me(request), at=clock.now(), reason=reason)
    except TurnedDown as turned_down:
        return once_more(request, "renew_password", lambda tried: held_again(request, held, tried), turned_down)
    return _told_once(request, held, password)


def _told_once(request: HttpRequest, held: OfficeHeld, password: str) -> HttpResponse:
    """Not in the address, not in a session, not in any cache."""
    context = {
        "held": held,
        "place": held.place,
        "title": office_title(held.title, held.place),
        "username": Account.objects.get(person=held.person).username,
        "password": password,
    }
    answer = render(request, "desk/people/password.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
