"""The files of a pack have changed since a place adopted it: what changes, and adopting the new edition from a day on."""

from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.people.selectors import offices_of
from linli.records.places.models import Place
from linli.records.rulebook.models import Adoption
from linli.records.rulebook.permissions import ADOPT_PACK
from linli.records.rulebook.selectors import differs, library, rules_of_pack
from linli.records.rulebook.services import adopt_pack
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.diff import Side, changes
from linli.web.desk.compare import grouped
from linli.web.desk.loaders import reader_person
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.turned_down import ask_again

_DAY = Text("请写从哪一天起采用，不能早于今天。", "Say from which day on; not before today.")


def found_adoption(request: HttpRequest, pack: str, code: str) -> Found:
    """What this place adopted last of the pack, for those who hold an office on its line."""
    row = Adoption.objects.filter(pack=pack, place=code).select_related("place", "edition").last()
    held = {each.place_id for each in offices_of(reader_person(request), clock.today())}
    if row is None or pack not in library().packs or not held.intersection(row.place.ancestor_codes):
        raise NotFound
    return Found(row, row.place)


@door(may=ADOPT_PACK, load=found_adoption, methods=["GET", "POST"])
def edition(request: HttpRequest, adopted: Adoption) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/packs/edition.html", _context(request, adopted))
    try:
        _adopt(request, adopted)
    except (Invalid, Refused) as turned_down:
        return ask_again(request, "desk/packs/edition.html", _context(request, adopted, turned_down), turned_down)
    told.success(request, _("已采用新版。正在办的阶段仍按原来的办完。"))
    return redirect("desk:packs")


def _adopt(request: HttpRequest, adopted: Adoption) -> None:
    try:
        day = date.fromisoformat(request.POST.get("since", ""))
    except ValueError:
        raise Invalid(_DAY, fields={"since": _DAY}) from None
    if day < clock.today():
        raise Invalid(_DAY, fields={"since": _DAY})
    adopt_pack(place=adopted.place, pack=adopted.pack, since=day, by=reader_person(request), at=clock.now())


def _context(request: HttpRequest, adopted: Adoption, turned_down: TurnedDown | None = None) -> dict[str, Any]:
    now = library().rules(adopted.pack)
    place: Place = adopted.place
    digest = adopted.edition.digest if adopted.edition else ""
    found = changes(Side(rules_of_pack(adopted.pack, place, digest=digest), None), Side(now, None))
    return {
        "adopted": adopted,
        "place": place,
        "rules": now,
        "differs": differs(adopted, now),
        "groups": grouped(found),
        "count": len(found),
        "errors": turned_down.fields if isinstance(turned_down, Invalid) else {},
        "typed": request.POST,
    }
