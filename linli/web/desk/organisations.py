"""Organisations that matters deal with: suppliers, social organisations, property companies. Each is entered once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.people.access import may
from linli.records.people.models import Organisation
from linli.records.people.permissions import KEEP_INTERESTS
from linli.records.people.services import register_organisation
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import chosen_of, rooms, who_may
from linli.web.desk.sheets import Ask, Tried, key_of, sheet, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, door
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Column, Filter, Table

SIZE = 50
KINDS = {
    "supplier": Text("承接单位", "Supplier"),
    "social_org": Text("社会组织", "Social organisation"),
    "property": Text("物业服务企业", "Property company"),
    "owners": Text("业主组织", "Owners' organisation"),
    "unit": Text("驻区单位", "Unit in the area"),
    "public": Text("公共机构", "Public body"),
    "other": Text("其他", "Other"),
}
_COLUMNS = (
    Column(Text("名称", "Name")),
    Column(Text("类别", "Kind")),
    Column(Text("统一社会信用代码", "Credit code")),
    Column(Text("登记的地方", "Entered by")),
)
_ASKS = (
    Ask("name", Text("名称", "Name"), required=True, extra={"maxlength": "120"}),
    Ask("kind", Text("类别", "Kind"), "choice", required=True, options=list(KINDS.items())),
    Ask(
        "credit_code",
        Text("统一社会信用代码", "Credit code"),
        hint=Text("18 位；没有的不填。", "18 signs; leave it empty if there is none."),
        extra={"maxlength": "18"},
    ),
    Ask("phone", Text("联系电话", "Phone"), "phone", hint=Text("加密保存。", "Kept encrypted."), extra={"autocomplete": "off"}),
)


@door(may=STAFF, load=place_here)
def organisations(request: HttpRequest, place: Place) -> HttpResponse:
    return organisations_again(request, place)


def organisations_again(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    words, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    rows = Organisation.objects.select_related("place").defer("phone")
    rows = rows.filter(name__contains=words) if words else rows
    rows = rows.filter(kind=kind) if kind in KINDS else rows
    page = page_of(rows, request, by=("name", "pk"), size=SIZE)
    context = {
        "place": place,
        "rooms": rooms(place, "desk:organisations"),
        "filters": [
            Filter("place", "", kind="hidden"),
            Filter("kind", Text("类别", "Kind"), list(KINDS.items())),
            Filter("q", Text("名称", "Name"), kind="text"),
        ],
        "page": page,
        "table": Table(Text("单位", "Organisations"), _COLUMNS, [_row(each) for each in page.items], hide_caption=True)
        if page.items
        else None,
        "keeps": may(me(request), KEEP_INTERESTS, place, clock.today()),
        "who": who_may(KEEP_INTERESTS, place) if place.level == "community" else "",
        "register": sheet(
            "organisation",
            _ASKS,
            action=address("desk:register_organisation", place=place.pk),
            button=Text("登记", "Put down"),
            tried=tried,
        ),
    }
    return render(request, "desk/people/organisations.html", context)


def found_organisation(request: HttpRequest, form: str) -> Organisation:
    """The one chosen in a form. Raises Invalid."""
    key = key_of(typed(request.POST, form, "organisation"))
    found = Organisation.objects.filter(pk=key).first() if key else None
    if found is None:
        wrong = Text("请选一个单位。", "Choose an organisation.")
        raise Invalid(wrong, fields={"organisation": wrong})
    return found


def _row(one: Organisation) -> list[Any]:
    return [one.name, KINDS.get(one.kind, one.kind), one.credit_code, one.place.short_name if one.place else ""]


@door(may="people.keep_interests", load=place_here, methods=["POST"])
def register(request: HttpRequest, place: Place) -> HttpResponse:
    def act() -> Text:
        made = register_organisation(
            name=typed(request.POST, "organisation", "name")[:120],
            kind=chosen_of(request, "organisation", "kind", KINDS, Text("请选一类。", "Choose a kind.")),
            credit_code=typed(request.POST, "organisation", "credit_code"),
            phone=typed(request.POST, "organisation", "phone"),
            place=place,
            by=me(request),
            at=clock.now(),
        )
        return Text(
            f"已登记{made.name}。在项目的“相关方”里可以选到它。",
            f"{made.name} is put down and can be named as a party of a matter.",
        )

    to = address("desk:organisations", place=place.pk)
    return take(request, "organisation", act=act, again=lambda tried: organisations_again(request, place, tried), to=to)
