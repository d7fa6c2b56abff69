"""Finding one's community, and its page: what is open for me now, what changed, where the money went."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.places.models import Place
from linli.records.places.selectors import ancestors, beneath, line_to, standing
from linli.records.rulebook.models import Adoption
from linli.rules.plain.texts import Text
from linli.web.portal import area, community_page
from linli.web.portal.finding import place_named
from linli.web.portal.past import past_of
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.reader import PLACE_COOKIE, reader_of

FOUND_AT_MOST = 30
_YEAR = 365 * 24 * 3600
_SEARCHED = ("district", "subdistrict", "community")


@dataclass(frozen=True)
class Purpose:
    """What a place is looked for: its own page, or one of its pages that the way around leads to."""

    key: str
    to: str
    title: Text
    more: Text | None = None


HOME = Purpose("", "portal:community", Text("您住在哪个社区？", "Which community do you live in?"))
PURPOSES = {
    one.key: one
    for one in (
        Purpose(
            "money",
            "portal:money",
            Text("看哪里的钱？", "Whose money?"),
            Text("选一个地方，看它的钱给了哪些项目。", "Choose a place to see which projects its money went to."),
        ),
        Purpose(
            "overview",
            "portal:overview",
            Text("看哪里的总览？", "An overview of which place?"),
            Text("选一个地方，看需求、项目和资金的数。", "Choose a place to see its needs, projects and money in figures."),
        ),
    )
}


@door(may=PUBLIC)
def places(request: HttpRequest) -> HttpResponse:
    return choose(request)


def choose(request: HttpRequest) -> HttpResponse:
    """Search by name, and the places at work with what goes on there."""
    words = request.GET.get("q", "").strip()[:40]
    at_work, purpose = working_places(), PURPOSES.get(request.GET.get("for", ""), HOME)
    found = list(named(words, at_work, reader_of(request).place)[: FOUND_AT_MOST + 1]) if words else []
    areas = [area.summary(place, clock.today()) for place in at_work]
    context = {
        "purpose": purpose,
        "words": words,
        "found": found[:FOUND_AT_MOST],
        "more": len(found) > FOUND_AT_MOST,
        "areas": [one for one in areas if one.has_money] if purpose.key == "money" else areas,
    }
    return render(request, "portal/places.html", context)


def working_places() -> list[Place]:
    """The places that have adopted rules of their own, the highest first."""
    return list(Place.objects.filter(pk__in=Adoption.objects.values("place")).order_by("path"))


def named(words: str, within: list[Place], home: Place | None = None) -> QuerySet[Place]:
    """Places at work whose name holds these words.

    First those that begin with them, then those of the reader's own district, then of their city; among equals communities,
    because one lives in one of them.
    """
    inside = Q(pk__in=[])
    for place in within:
        inside |= beneath(place)
    found = Place.objects.filter(inside, standing(clock.today()), level__in=_SEARCHED, name__icontains=words)
    begins = Case(When(name__istartswith=words, then=0), default=1)
    return found.select_related("parent__parent").order_by(begins, *_nearest(home), "level", "code")


def _nearest(home: Place | None) -> list[Case]:
    """The reader's own district, then their city, then everywhere else."""
    around = {place.level: place for place in line_to(home)} if home else {}
    near = [When(beneath(around[level]), then=rank) for rank, level in enumerate(("district", "city")) if level in around]
    return [Case(*near, default=len(near) + 1)] if near else []


@door(may=PUBLIC, load=place_named)
def community(request: HttpRequest, place: Place) -> HttpResponse:
    response = place_page(request, place)
    if not request.COOKIES.get(PLACE_COOKIE) and place.level == "community":
        # The first community somebody looks at is taken for theirs; a button changes it.
        response.set_cookie(
            PLACE_COOKIE, place.code, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def place_page(request: HttpRequest, place: Place) -> HttpResponse:
    """A community's own page; for anything larger, what goes on inside it."""
    mine = reader_of(request).place
    context = {"place": place, "above": ancestors(place), "mine": mine is not None and mine.pk == place.pk}
    context["past"] = past_of(place, clock.today())
    if place.level in area.LARGER:
        return render(request, "portal/area.html", context | area.area(place, clock.today()))
    shown = community_page.shown(place, reader_of(request).person, clock.now())
    if place.until is not None and place.until < clock.today():
        # Nothing new begins where a place is no more; its page says where to turn.
        shown |= {"may_ask": False, "orders": []}
    return render(request, "portal/community.html", context | shown)
