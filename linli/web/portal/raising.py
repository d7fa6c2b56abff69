"""Raising a need: what, where, for whom. Nothing typed is ever lost; similar needs are shown before it is sent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.needs.form import FORM
from linli.records.needs.models import Need
from linli.records.needs.permissions import RAISE
from linli.records.needs.selectors import needs_at, similar_needs
from linli.records.needs.selectors.similar import need_text
from linli.records.needs.services import raise_need as take_in
from linli.records.people.models import Person
from linli.records.people.services import redeem_household_code
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Form
from linli.rules.policy.rules import Rules
from linli.web.portal.community_page import collecting
from linli.web.portal.finding import person_of, place_named, rules_here
from linli.web.portal.listing import need_rows
from linli.web.portal.pace import in_turn
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.drafting import draft_for
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.shapes import Similar
from linli.web.shared.uploads import store_all

ASKED = ("what", "where", "beneficiaries")  # the three questions; whatever else a pack asks is optional below
OURS = ("mode", "channel", "asker")  # the page itself knows these
PHOTO, CONTACT, CODE = "photo", "contact", "household_code"
MOST_PHOTOS = 3
_FEWEST = 2  # signs typed before similar needs are looked for
_TOO_MANY = Text(f"照片最多 {MOST_PHOTOS} 张。", f"{MOST_PHOTOS} photos at most.")
_PAPER = {"autocomplete": "off", "maxlength": "24", "autocapitalize": "characters"}
_CODE_LABEL = Text("或者填户码", "Or your household code")
_CODE_HINT = Text(
    "没有手机？填社区发给每户的纸上那 16 位户码。",
    "No phone? The 16 signs on the paper the community gave your household.",
)


@door(may=RAISE, load=place_named, methods=["GET", "POST"])
def raise_need(request: HttpRequest, place: Place) -> HttpResponse:
    if place.level != "community":
        return redirect("portal:community", code=place.code)
    form, rules = _form(place)
    if request.method != "POST":
        known = draft_for(request, request.path) or _same(request, place)
        return _page(request, place, form, rules, posted(form, known) if known else None)
    typed = posted(form, request.POST)
    if "_similar" in request.POST:
        return _page(request, place, form, rules, typed, similar=_alike(place, request.POST))
    try:
        need = _raised(request, place, form, typed)
    except TurnedDown as turned_down:
        return _page(request, place, form, rules, typed, turned_down)
    return redirect(reverse("portal:need", args=[need.code]) + "?fresh=1")


@door(may=RAISE, load=place_named)
def similar(request: HttpRequest, place: Place) -> HttpResponse:
    """The part of the page that changes while somebody types."""
    found = _alike(place, request.GET)
    return render(request, "portal/parts/similar.html", {"similar": found, "searched": found is not None})


def _same(request: HttpRequest, place: Place) -> QueryDict | None:
    """Whoever says that theirs is the same thing need not write it again; what it was may still be changed."""
    code = request.GET.get("same", "")[:20]
    need = needs_at(place).filter(code=code).first() if code else None
    if need is None:
        return None
    known = QueryDict(mutable=True)
    known.update({"what": need.what, "where": need.where})
    return known


def _form(place: Place) -> tuple[Form, Rules]:
    """Raises NotFound where nobody collects needs yet."""
    rules = rules_here(place, clock.today())
    form = rules.forms(clock.today()).get(FORM) if rules else None
    if rules is None or form is None:
        raise NotFound(Text("这里还没有开始征集需求。", "Nobody collects needs here yet."))
    return form, rules


def _raised(request: HttpRequest, place: Place, form: Form, typed: Posted) -> Need:
    """Raises TurnedDown; then nothing was kept, neither the need nor its photos."""
    typed.check()
    with transaction.atomic():
        by = person_of(request) or _by_paper(request.POST.get(CODE, ""))
        if by is None:
            in_turn(request, "need", str(typed.data.get(CONTACT) or ""))
        data = {**typed.data, "mode": _mode(place), "channel": "online", "asker": "resident"}
        if PHOTO in form.fields and (photos := request.FILES.getlist(PHOTO)):
            if len(photos) > MOST_PHOTOS:
                raise Invalid(_TOO_MANY, fields={PHOTO: _TOO_MANY})
            stored = store_all(photos, field=PHOTO, by=by, at=clock.now(), place=place)
            data[PHOTO] = [file.sha256 for file in stored]
        return take_in(place=place, data=data, by=by, at=clock.now())


def _mode(place: Place) -> str:
    return "centralised" if collecting(place) else "daily"


def _by_paper(code: str) -> Person | None:
    """Who stands for the household of a printed code. Raises Invalid, at the field."""
    if not code.strip():
        return None
    try:
        return redeem_household_code(code=code, at=clock.now())
    except Invalid as wrong:
        raise Invalid(wrong.text, fields={CODE: wrong.text}) from wrong


def _alike(place: Place, asked: QueryDict) -> list[Similar] | None:
    """None while too little is typed to look for."""
    what, where = asked.get("what", "").strip(), asked.get("where", "").strip()
    if len(what) < _FEWEST:
        return None
    found = [one.need for one in similar_needs(place, need_text(what[:500], where[:200]))]
    clusters = [need.cluster_id for need in found if need.cluster_id]
    said = Counter(Need.objects.filter(cluster__in=clusters, withdrawn_at__isnull=True).values_list("cluster_id", flat=True))
    return [
        Similar(
            row.need.what[:60],
            reverse("portal:need", args=[row.need.code]),
            f"{row.need.place.short_name} {row.need.where}",
            row.stamp.title,
            max(1, said[row.need.cluster_id or 0]),
        )
        for row in need_rows(found)
    ]


def _page(
    request: HttpRequest,
    place: Place,
    form: Form,
    rules: Rules,
    typed: Posted | None = None,
    turned_down: TurnedDown | None = None,
    similar: Sequence[Similar] | None = None,
) -> HttpResponse:
    bound = BoundForm(form, rules=rules, on=clock.today(), posted=typed, turned_down=turned_down)
    signed_in = person_of(request) is not None
    # Clauses explain an office's forms; here they would only stand in the way.
    views = {view.name: replace(view, clause="") for view in bound.fields}
    asked = [_live(views[key], place) for key in ASKED if key in views]
    more = [view for key, view in views.items() if key not in (*ASKED, *OURS, PHOTO, CONTACT)]
    contact = [views[CONTACT]] if CONTACT in views and not signed_in else []
    if not signed_in:
        wrong = bound.errors.get(CODE, "")
        contact.append(FieldView(CODE, _CODE_LABEL, "text", request.POST.get(CODE, ""), wrong, _CODE_HINT, extra=_PAPER))
    photo = [replace(views[PHOTO], extra={"accept": "image/*"})] if PHOTO in views else []
    context = {
        "place": place,
        "rules": rules,
        "asked": asked,
        "photo": photo,
        "contact": contact,
        "more": more,
        "more_open": any(view.value or view.error for view in more),
        "fields": [*asked, *photo, *contact, *more],
        "turned_down": None if bound.errors else turned_down,
        "similar": similar,
        "searched": similar is not None,
        "collecting": collecting(place),
    }
    return render(request, "portal/raise_need.html", context, status=turned_down.status if turned_down else 200)


def _live(view: FieldView, place: Place) -> FieldView:
    """While what and where are typed, similar needs appear; a part of the page is asked for, nothing is sent."""
    if view.name not in ("what", "where"):
        return view
    address = reverse("portal:similar", args=[place.code])
    live = {
        "hx-get": address,
        "hx-trigger": "input changed delay:600ms",
        "hx-target": "#similar",
        "hx-include": "#f-what, #f-where",
        "hx-sync": "closest form:replace",
    }
    return replace(view, extra={**view.extra, **live})
