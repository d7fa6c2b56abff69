"""What residents of a community asked for, and what became of one need."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.records.cases.selectors import cases_for_need, visible_to
from linli.records.duties.selectors import replies_of
from linli.records.duties.services import rate_reply
from linli.records.needs.form import OUTCOMES
from linli.records.needs.models import Need
from linli.records.needs.permissions import READ_NEED
from linli.records.needs.selectors import coverage, how_many_needs, needs_at, needs_in_state, newest_needs
from linli.records.places.models import Place
from linli.records.places.selectors import is_small
from linli.records.reports.overview import scope_of
from linli.records.reports.overview.asked import titles_of
from linli.records.rulebook.selectors import history, standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.web.portal.finding import need_named, person_of, place_named, rules_here
from linli.web.portal.listing import need_rows, project_rows, stamp_of
from linli.web.shared import clock
from linli.web.shared.counting import held
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import at_the_beginning, first_page, page_of
from linli.web.shared.shapes import Entry, Meter, Page, Receipt, Words

_WIDE = Text("征集到的居民（户）", "Residents (households) asked")
_KEY = Text("重点人群家庭", "Priority households")


@door(may=READ_NEED, load=place_named)
def needs(request: HttpRequest, place: Place) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:60]
    asked = {key: request.GET.get(key, "").strip()[:40] for key in ("year", "state", "channel")}
    page, total, said = _page(request, place, words, asked)
    context = {
        "place": place,
        "words": words,
        "total": total,
        "page": page,
        "asked": said,
        "rows": need_rows(page.items),
        "meters": _meters(place, clock.today()),
        "rules": rules_here(place),
    }
    return render(request, "portal/needs.html", context)


def _page(request: HttpRequest, place: Place, words: str, asked: Mapping[str, str]) -> tuple[Page, int, list[Words]]:
    """The part of the list the address asks for, how many there are in all, and what is asked for in words."""
    key = ("needs", place.pk, words, *asked.values())
    if is_small(place) and at_the_beginning(request) and not words and not any(asked.values()):
        total = held(key, lambda: how_many_needs(place))
        return first_page(newest_needs(place), about=f"{total:,}"), total, []
    found, said = _asked(place, asked)
    if words:
        found = found.filter(Q(what__contains=words) | Q(where__contains=words))
    total = held(key, found.count)
    return page_of(found, request, by=("-pk",), about=f"{total:,}"), total, said


def _asked(place: Place, asked: Mapping[str, str]) -> tuple[QuerySet[Need], list[Words]]:
    """Narrowed by what the address asks (year, state, channel), and the same in words."""
    year = int(asked["year"]) if asked["year"].isdecimal() and len(asked["year"]) == 4 else None
    found = needs_in_state(place, asked["state"], year) if asked["state"] else needs_at(place, year)
    if asked["channel"]:
        found = found.filter(channel=asked["channel"])
    titles = titles_of(rules_here(place), scope_of(place, year or clock.today().year, clock.today()))
    words: list[Words] = [str(year)] if year else []
    words += [titles[f"{key}s"].get(asked[key], asked[key]) for key in ("state", "channel") if asked[key]]
    return found, words


def _meters(place: Place, on: date) -> list[Meter]:
    """How far the asking has come this year; whom to visit is not for the public."""
    reached = coverage(place, on.year, on)
    clause = reached.wide.clause if reached.wide else ""
    wide = Meter(_WIDE, reached.sources, reached.needed, unit=Text("人（户）", "people or households"), clause=clause)
    # Nobody on the list is not the same as everybody asked.
    key = [Meter(_KEY, reached.priority_reached, reached.priority_total)] if reached.priority_total else []
    return [wide, *key]


@door(may=READ_NEED, load=need_named)
def need(request: HttpRequest, need: Need) -> HttpResponse:
    """Where it stands, the answer with its reason, the project it led to. Who asked is never shown."""
    now = standing(need.subject)
    state = now.procedure.states[now.passage.state]
    cases = cases_for_need(need).filter(pk__in=visible_to(person_of(request), clock.today()).values("pk"))
    address = request.build_absolute_uri(reverse("portal:need", args=[need.code]))
    context = {
        "need": need,
        "place": need.place,
        "rules": now.rules,
        "stamp": stamp_of(state),
        "ended": bool(state.end),
        "due_on": _due_on(need),
        "answers": _answers(need, now),
        "projects": project_rows(cases),
        "timeline": _timeline(need, now),
        "alike": _alike(need),
        "slip": Receipt(need.code, address, Text("需求回执", "Receipt of a need"), need.raised_at),
        "fresh": request.GET.get("fresh") == "1",
        "own": person_of(request) is not None and person_of(request) == need.person,
        "rated": replies_of(need.subject).filter(answered_at__isnull=False).last(),
    }
    return render(request, "portal/need.html", context)


def found_own(request: HttpRequest, code: str) -> Found:
    """The need, with the asker's relation to it."""
    need, person = need_named(request, code), person_of(request)
    own = person is not None and person.pk == need.person_id
    return Found(need, need.place, frozenset({"proposer"}) if own else frozenset())


@door(may="duties.rate_reply", load=found_own, methods=["POST"])
def rate(request: HttpRequest, need: Need) -> HttpResponse:
    """Whoever asked says whether the answer will do; the last word counts."""
    reply = replies_of(need.subject).filter(answered_at__isnull=False).last()
    if reply is None:
        raise Refused(Text("还没有答复，等答复后再评价。", "There is no answer yet; please rate it once there is one."))
    rate_reply(reply=reply, satisfied=request.POST.get("satisfied") == "yes", by=person_of(request), at=clock.now())
    messages.success(request, _("评价已记下，谢谢。改主意了可以再评一次。"))
    return redirect("portal:need", code=need.code)


def _due_on(need: Need) -> date | None:
    """By when the answer is owed."""
    owed = replies_of(need.subject).filter(answered_at__isnull=True).first()
    return owed.due_on if owed else None


def _answers(need: Need, now: Standing) -> list[dict[str, Any]]:
    outcomes = now.rules.catalogues(now.rules_on).get(OUTCOMES)
    rows = outcomes.entries if outcomes else {}
    return [
        {"verdict": rows[one.verdict].title if one.verdict in rows else one.verdict, "reason": one.said, "at": one.at}
        for one in need.answers.all()
    ]


def _timeline(need: Need, now: Standing) -> list[Entry]:
    """Raised, then every act with the office that took it."""
    entries = [Entry(Text("居民提出", "Raised"), when=need.raised_at)]
    for step in history(need.subject):
        act = now.procedure.acts.get(step.act)
        who = now.rules.office_title(step.office) if step.office else ""
        refused = act is not None and act.kind == "refuse"
        entries.append(
            Entry(
                act.title if act else step.act,
                "refused" if refused else "done",
                who=who,
                when=step.at,
                clause=act.clause[0] if act and act.clause else "",
            )
        )
    return entries


def _alike(need: Need) -> QuerySet[Need] | None:
    """Others that were found to be about the same thing."""
    if need.cluster_id is None:
        return None
    found = Need.objects.filter(cluster=need.cluster_id, withdrawn_at__isnull=True).exclude(pk=need.pk)
    return found.defer("asker_name", "contact", "sealed").order_by("-pk")[:10]
