"""The roll of households, by working number only. What is sensitive is opened one household at a time, with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.needs.gate import takes_needs
from linli.records.needs.models import Need, Visit
from linli.records.needs.permissions import ENTER_FOR_OTHERS
from linli.records.people.access import may
from linli.records.people.models import Household, HouseholdCode, PriorityHousehold
from linli.records.people.permissions import ISSUE_CODES, KEEP_ROLL, READ_SENSITIVE
from linli.records.people.selectors import holding
from linli.records.people.selectors import households as households_of
from linli.records.people.services import SensitiveView
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue
from linli.web.desk.intake_ground import looks_at, me, place_named
from linli.web.desk.sheets import Ask, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Filter, Tab

READ_ROLL = "people.read_roll"
SIZE = 50
GROUPS = "priority_groups"
REGISTER = (
    Ask(
        "label",
        Text("户号", "Household number"),
        required=True,
        hint=Text("社区自己编的号，看不出是谁家，如 3-1201", "A number of your own that tells nothing about who lives there"),
        extra={"maxlength": "40"},
    ),
    Ask("address", Text("住址", "Address"), hint=Text("加密保存，查看要写理由", "Kept encrypted; reading it needs a reason")),
    Ask("since", Text("从哪天起", "Since"), "date", required=True),
)
READ = (
    Ask(
        "reason",
        Text("为什么要看这一户的资料", "Why do you need the details of this household?"),
        required=True,
        hint=Text(
            "用一句话写明，不要写姓名，如“入户走访前核对住址”。会留下记录。",
            "In a sentence, without names, such as “checking the address before a visit”. It is recorded.",
        ),
        extra={"maxlength": "300"},
    ),
)


def found_roll(request: HttpRequest, code: str) -> Found:
    return place_named(request, code)


def found_household(request: HttpRequest, code: str, pk: UUID) -> Found:
    """A household of the place in the address. Raises NotFound."""
    household = Household.objects.defer("address").select_related("place").filter(pk=pk, place=code).first()
    if household is None or not looks_at(reader_of(request).person, household.place):
        raise NotFound
    return Found(household, household.place)


@door(may=READ_ROLL, load=found_roll)
def households(request: HttpRequest, place: Place) -> HttpResponse:
    return roll_again(request, place)


def roll_again(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    person, on, asked = me(request), clock.today(), request.GET
    rows = _marked(households_of(place, on), on)
    counts = {
        "": rows.count(),
        "priority": rows.filter(priority=True).count(),
        "unasked": rows.filter(priority=True, asked=False).count(),
        "codeless": rows.filter(coded=False).count(),
    }
    wanted = asked.get("show", "")
    page = page_of(_shown(rows, wanted, asked.get("q", "").strip()), request, by=("label", "pk"), size=SIZE)
    context = {
        "place": place,
        "page": page,
        "tabs": _tabs(asked, wanted, counts),
        "filters": [Filter("q", Text("户号", "Household number"), kind="text")],
        "keeps": may(person, KEEP_ROLL, place, on) and place.level == "community",
        "issues": may(person, ISSUE_CODES, place, on) and place.level == "community",
        "register": sheet(
            "register",
            REGISTER,
            action=reverse("desk:register_household", args=[place.pk]),
            button=Text("登记这一户", "Register"),
            tried=tried,
            start={"since": on.isoformat()},
        ),
        "refused": tried.turned_down if tried and tried.form != "register" else None,
    }
    return render(request, "desk/households/list.html", context)


def _marked(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Each with whether it is to be asked first, was asked this year, and has a code on paper. Never with why."""
    mine = {"household": OuterRef("pk")}
    marked: QuerySet[Any] = rows.annotate(
        priority=Exists(PriorityHousehold.objects.filter(holding(on), **mine)),
        asked=Exists(Need.objects.filter(year=on.year, withdrawn_at__isnull=True, **mine))
        | Exists(Visit.objects.filter(year=on.year, **mine)),
        coded=Exists(HouseholdCode.objects.filter(revoked_at__isnull=True, **mine)),
    )
    return marked


def _shown(rows: QuerySet[Any], wanted: str, words: str) -> QuerySet[Any]:
    by = {"priority": {"priority": True}, "unasked": {"priority": True, "asked": False}, "codeless": {"coded": False}}
    found: QuerySet[Any] = rows.filter(**by.get(wanted, {}))
    return found.filter(label__contains=words) if words else found


def _tabs(asked: Any, wanted: str, counts: dict[str, int]) -> list[Tab]:
    titles = {
        "": Text("全部", "All"),
        "priority": Text("重点家庭", "Priority households"),
        "unasked": Text("今年还没问到的重点家庭", "Priority households not asked this year"),
        "codeless": Text("还没有户码", "Without a code"),
    }
    return [Tab(title, f"?show={key}" if key else "?", current=wanted == key, count=counts[key]) for key, title in titles.items()]


@door(may=READ_ROLL, load=found_household)
def household(request: HttpRequest, household: Household) -> HttpResponse:
    return household_again(request, household)


def household_again(
    request: HttpRequest, household: Household, tried: Tried | None = None, opened: SensitiveView | None = None
) -> HttpResponse:
    """One household; `opened` are its details, for this one answer."""
    person, on, place = me(request), clock.today(), household.place
    known = rules_at(place).catalogues(on).get(GROUPS)
    ask, mark = _mark(known)
    context = {
        "household": household,
        "place": place,
        "rules": rules_at(place),
        "priority": PriorityHousehold.objects.filter(holding(on), household=household).exists(),
        "coded": HouseholdCode.objects.filter(household=household, revoked_at__isnull=True).first(),
        "needs": Need.objects.filter(household=household).defer("asker_name", "contact", "sealed").order_by("-pk")[:20],
        "visits": Visit.objects.filter(household=household).select_related("by").order_by("-pk")[:20],
        "opened": opened,
        "groups": [(ask.get(group, Text(group, group)), since, detail) for group, since, detail in opened.groups]
        if opened
        else [],
        "details": _form(household, "details", READ, Text("查看", "Open"), tried)
        if may(person, READ_SENSITIVE, place, on)
        else None,
        "mark": _form(household, "mark", mark, Text("列为重点家庭", "Put on the list"), tried, {"since": on.isoformat()})
        if may(person, KEEP_ROLL, place, on)
        else None,
    }
    context["enters"] = takes_needs(rules_at(place), on) and may(person, ENTER_FOR_OTHERS, place, on)
    keeps, issues = may(person, KEEP_ROLL, place, on), may(person, ISSUE_CODES, place, on)
    until = (Ask("until", Text("最后一天", "Last day"), "date", required=True),)
    context["end"] = (
        _form(household, "end", until, Text("移出名单", "Take off the list"), tried, {"until": on.isoformat()})
        if keeps and context["priority"]
        else None
    )
    context["revoke"] = (
        _form(household, "revoke", (), Text("作废户码", "Void the code"), tried) if issues and context["coded"] else None
    )
    answer = render(request, "desk/households/household.html", context)
    if opened:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _mark(known: Catalogue | None) -> tuple[dict[str, Text], tuple[Ask, ...]]:
    titles = {key: entry.title for key, entry in known.entries.items()} if known else {}
    clause = known.clause if known else ""
    return titles, (
        Ask("group", Text("哪一类重点人群", "Which group"), "choice", required=True, options=list(titles.items()), clause=clause),
        Ask("detail", Text("说明", "Note"), hint=Text("可以不填；加密保存", "Optional; kept encrypted")),
        Ask("since", Text("从哪天起", "Since"), "date", required=True),
    )


def _form(household: Household, name: str, asks: Sequence[Ask], button: Text, tried: Tried | None, start: Any = None) -> Any:
    action = reverse(f"desk:household_{name}", args=[household.place_id, household.pk])
    return sheet(name, asks, action=action, button=button, tried=tried, start=start)
