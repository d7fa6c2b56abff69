"""Keeping the roll: registering households, listing those to be asked first, opening details, printing codes."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.people.models import Household, PriorityHousehold
from linli.records.people.selectors import holding
from linli.records.people.selectors import households as households_of
from linli.records.people.services import (
    end_priority,
    issue_household_codes,
    mark_priority,
    read_sensitive,
    register_household,
    revoke_household_code,
)
from linli.records.places.models import Place
from linli.records.reports.printing import press
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.households import found_household, found_roll, household_again, roll_again
from linli.web.desk.intake_ground import me
from linli.web.desk.people_ground import day_of
from linli.web.desk.sheets import Tried, key_of, once_more, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.speaking import language
from linli.web.shared.tags.words import said

_KEEP, _SENSITIVE, _CODES = "people.keep_roll", "people.read_sensitive", "people.issue_codes"
MOST_SLIPS = 500


@door(may=_KEEP, load=found_roll, methods=["POST"])
def register(request: HttpRequest, place: Place) -> HttpResponse:
    def act() -> Text:
        label = typed(request.POST, "register", "label")
        register_household(
            place=place,
            label=label,
            address=typed(request.POST, "register", "address"),
            since=day_of(request, "register"),
            by=me(request),
            at=clock.now(),
        )
        return Text(f"已登记 {label}。", f"{label} is registered.")

    return take(
        request,
        "register",
        act=act,
        again=lambda tried: roll_again(request, place, tried),
        to=reverse("desk:households", args=[place.pk]),
    )


@door(may=_KEEP, load=found_household, methods=["POST"])
def mark(request: HttpRequest, household: Household) -> HttpResponse:
    def act() -> Text:
        group = typed(request.POST, "mark", "group")
        if not group:
            wrong = Text("请选一类。", "Choose a group.")
            raise Invalid(wrong, fields={"group": wrong})
        detail = typed(request.POST, "mark", "detail")
        mark_priority(
            household=household, group=group, since=day_of(request, "mark"), by=me(request), at=clock.now(), detail=detail
        )
        return Text("已列为重点家庭，每年都要问到。", "On the list: to be asked every year.")

    to = reverse("desk:household", args=[household.place_id, household.pk])
    return take(request, "mark", act=act, again=lambda tried: household_again(request, household, tried), to=to)


@door(may=_KEEP, load=found_household, methods=["POST"])
def end_mark(request: HttpRequest, household: Household) -> HttpResponse:
    """Off the list; that it stood there, and until when, stays."""

    def act() -> Text:
        standing = PriorityHousehold.objects.filter(holding(clock.today()), household=household)
        for priority in standing:
            end_priority(priority=priority, until=day_of(request, "end", "until"), by=me(request), at=clock.now())
        return Text("已移出重点家庭名单，记录还在。", "Off the list; the record stays.")

    to = reverse("desk:household", args=[household.place_id, household.pk])
    return take(request, "end", act=act, again=lambda tried: household_again(request, household, tried), to=to)


@door(may=_CODES, load=found_household, methods=["POST"])
def revoke_code(request: HttpRequest, household: Household) -> HttpResponse:
    """The paper was lost: its code opens nothing from now on."""

    def act() -> Text:
        revoke_household_code(household=household, by=me(request), at=clock.now())
        return Text("户码已作废。需要时再发一个新的。", "The code is void. Issue a new one when it is needed.")

    to = reverse("desk:household", args=[household.place_id, household.pk])
    return take(request, "revoke", act=act, again=lambda tried: household_again(request, household, tried), to=to)


@door(may=_SENSITIVE, load=found_household, methods=["POST"])
def details(request: HttpRequest, household: Household) -> HttpResponse:
    """Opened for this one answer: not in the address, not in any cache; the trail keeps who and why."""
    try:
        opened = read_sensitive(
            household=household, by=me(request), reason=typed(request.POST, "details", "reason"), at=clock.now()
        )
    except TurnedDown as turned_down:
        return once_more(request, "details", lambda tried: household_again(request, household, tried), turned_down)
    return household_again(request, household, opened=opened)


@door(may=_CODES, load=found_roll, methods=["POST"])
def household_codes(request: HttpRequest, place: Place) -> HttpResponse:
    """Paper slips with new codes for the households chosen. Earlier codes stop; these are shown nowhere else."""
    chosen = request.POST.getlist("household")[:MOST_SLIPS]
    picked = list(
        households_of(place, clock.today()).filter(pk__in=[key for each in chosen if (key := key_of(each))]).order_by("label")
    )
    if not picked:
        none = Invalid(Text("请先勾选要发户码的户。", "Tick the households first."))
        back = roll_again(request, place, Tried("codes", request.POST, none))
        back.status_code = none.status
        return back
    printed = issue_household_codes(place=place, households=picked, by=me(request), at=clock.now())
    answer = HttpResponse(_slips(place, [(one.household.label, one.code) for one in printed]), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="codes-{place.pk}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _slips(place: Place, codes: list[tuple[str, str]]) -> bytes:
    how = Text(
        "凭此码登录，可以提需求、看答复、参加表决。请收好；丢了到社区补，旧码随即作废。",
        "Sign in with this code to raise needs and read answers. Keep it safe; the community replaces a lost one at once.",
    )
    slips = [(f"{place.short_name} {label}", code, said(how)) for label, code in sorted(codes)]
    title = Text(f"{place.short_name}户码", f"Household codes of {place.short_name}")
    return press.press(press.Sheet(said(title), [press.slips(slips)], language=language()))
