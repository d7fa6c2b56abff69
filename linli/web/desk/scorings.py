"""Scorings at the desk: those I owe, those under way here, and opening one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.records.cases.models import Case
from linli.records.cases.readings.relations import parties_of
from linli.records.cases.selectors import case_by_code
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import rules_at, standing
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.permissions import OPEN_SCORING, READ_OWED
from linli.records.scorecards.raters import Asked, asked_by_office, by_residents, ties
from linli.records.scorecards.selectors import owed_by, scorings_of
from linli.records.scorecards.services import open_scoring
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.subjects import Subject, place_year
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Scorecard
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import looks_at, me, place_here
from linli.web.desk.loaders import address, held_offices, places_held
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.reader import reader_of
from linli.web.shared.scores import stamp_of
from linli.web.shared.shapes import Column, Link, Table

MOST = 60


@dataclass(frozen=True)
class About:
    """What is to be scored: a slot of a matter, or a card about a place's year."""

    subject: Subject
    slot: str
    place: Place
    title: str
    rules: Rules
    card: Scorecard
    parties: Sequence[str] = ()
    case: Case | None = None

    @property
    def year(self) -> str:
        """Of a place's year."""
        return self.subject.id.rpartition("/")[2] if self.case is None else ""


@door(may=READ_OWED)
def scorings(request: HttpRequest) -> HttpResponse:
    person = me(request)
    places = places_held(held_offices(request))
    here = beneath(places[0], "place")
    for place in places[1:]:
        here |= beneath(place, "place")
    running = list(Scoring.objects.filter(here, closed_at__isnull=True).select_related("place")[:MOST])
    over = list(Scoring.objects.filter(here, closed_at__isnull=False).select_related("place")[:MOST])
    mine, overseen, cards = list(owed_by(person)), reader_of(request).looks_over, card_titles(places)
    context = {
        "mine": [(one, _asked_as(one, cards), address("desk:scoring", one.pk)) for one in mine],
        "running": _table(Text("正在评分", "Under way"), [one for one in running if one not in mine], overseen, cards),
        "over": _table(Text("已截止", "Closed"), over, overseen, cards),
        "yearly": [link for place in places for link in yearly_links(place, person)],
    }
    return render(request, "desk/scores/list.html", context)


def _table(caption: Text, found: Sequence[Scoring], looks_over: frozenset[str], cards: Mapping[str, Text]) -> Table | None:
    """Councils and delegates read scorings where everybody reads them."""
    columns = [
        Column(Text("评什么", "What"), "link"),
        Column(Text("地方", "Place")),
        Column(Text("开始", "Begun"), "date"),
        Column(Text("截止", "Closed"), "date"),
        Column(Text("状态", "State"), "stamp"),
    ]
    doors = ["desk:scoring" if looks_over.intersection(one.place.ancestor_codes) else "portal:scoring" for one in found]
    rows = [
        [
            Link(one.title, address(name, one.pk), _asked_as(one, cards)),
            one.place.short_name,
            day_in_china(one.opened_at),
            day_in_china(one.closed_at) if one.closed_at else None,
            stamp_of(one),
        ]
        for one, name in zip(found, doors, strict=True)
    ]
    return Table(caption, columns, rows, hide_caption=True) if rows else None


def card_titles(places: Sequence[Place]) -> dict[str, Text]:
    """What the cards of these places are called: the same matter is often scored by several. A card that serves several
    slots is also called after each of them, as `card/slot`."""
    on = clock.today()
    found: dict[str, Text] = {}
    for place in places:
        with suppress(TurnedDown):
            rules = rules_at(place, on)
            found |= {id: card.title for id, card in rules.scorecards(on).items()}
            slots = [slot for each in rules.procedures(on).values() for slot in each.slots.values() if slot.scorecard]
            used = Counter(slot.scorecard for slot in slots)
            found |= {f"{slot.scorecard}/{slot.id}": slot.title for slot in slots if used[slot.scorecard] > 1}
    return found


def _asked_as(one: Scoring, cards: Mapping[str, Text]) -> Text | str:
    return cards.get(f"{one.card}/{one.slot}", cards.get(one.card, ""))


def yearly_links(place: Place, person: Person) -> list[Link]:
    """Cards about the year of this place that its offices may open."""
    on = clock.today()
    try:
        rules = rules_at(place, on)
    except TurnedDown:
        return []
    wanted = {owed.scorecard for owed in rules.obligations(on).values() if owed.scorecard and owed.for_each_level == place.level}
    return [
        Link(card.title, address("desk:open_scoring", place=place.pk, card=card.id), place.short_name)
        for card in rules.scorecards(on).values()
        if card.about == "place_year" and card.id in wanted
    ]


def found_about(request: HttpRequest) -> Found:
    """What the address names. Raises NotFound for those who do not look at its place."""
    code = _asked_for(request, "case")
    about = _of_case(request, code, _asked_for(request, "slot")) if code else _of_year(request, _asked_for(request, "card"))
    if not looks_at(reader_of(request).person, about.place):
        raise NotFound
    return Found(about, about.place)


def _asked_for(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name) or ""


def _of_case(request: HttpRequest, code: str, slot: str) -> About:
    case = case_by_code(code, reader_of(request).person, clock.today())
    now = standing(case.subject)
    wanted = now.procedure.slots.get(slot)
    if wanted is None or not wanted.scorecard:
        raise NotFound
    parties = parties_of(case, now.procedure)
    refs = {one.ref for one in (*parties.suppliers, *parties.applicants, *parties.interested)}
    card = now.rules.scorecard(wanted.scorecard, now.rules_on)
    return About(case.subject, slot, case.place, case.title, now.rules, card, sorted(refs), case)


def _of_year(request: HttpRequest, card: str) -> About:
    place, on = place_here(request).thing, clock.today()
    year = _asked_for(request, "year")
    wanted = int(year) if year.isdecimal() and len(year) == 4 else on.year
    try:
        rules = rules_at(place, on)
    except Refused as error:
        raise NotFound from error
    known = rules.scorecards(on).get(card)
    if known is None or known.about != "place_year":
        raise NotFound
    return About(place_year(place.pk, wanted), card, place, f"{place.short_name} {wanted} 年 {known.title.zh}", rules, known)


@door(may=OPEN_SCORING, load=found_about, methods=["GET", "POST"])
def open_(request: HttpRequest, about: About) -> HttpResponse:
    running = next((one for one in scorings_of(about.subject) if one.slot == about.slot and one.open), None)
    if running is not None:
        return redirect("desk:scoring", running.pk)
    if request.method != "POST":
        return render(request, "desk/scores/open.html", _context(request, about))
    try:
        made = _open(request, about)
    except TurnedDown as turned_down:
        context = _context(request, about) | {"turned_down": turned_down}
        return render(request, "desk/scores/open.html", context, status=turned_down.status)
    told(request, Text("评分已开始，评分人的待办里已经有了。", "The scoring is open and on the raters' lists."))
    return redirect("desk:scoring", made.pk)


def _open(request: HttpRequest, about: About) -> Scoring:
    asked = [one.person for one in _asked(about)]
    chosen = [person for person in asked if str(person.pk) in request.POST.getlist("raters")]
    if asked and not chosen and not by_residents(about.card):
        wrong = Text("请至少选一位评分人。", "Choose at least one rater.")
        raise Invalid(wrong, fields={"raters": wrong})
    return open_scoring(
        subject=about.subject,
        slot=about.slot,
        card=about.card.id,
        place=about.place,
        title=request.POST.get("title", "") or about.title,
        by=me(request),
        at=clock.now(),
        raters=chosen if asked else None,
        parties=about.parties,
        public=_public(about),
        demonstration=about.case.demonstration if about.case else False,
    )


def _public(about: About) -> bool:
    if about.case is None:
        return True
    return standing(about.subject).procedure.slots[about.slot].public in ("public", "redacted")


def _asked(about: About) -> list[Asked]:
    return asked_by_office(about.card, about.place, clock.today())


def _context(request: HttpRequest, about: About) -> dict[str, Any]:
    asked = _asked(about)
    aside = ties([one.person for one in asked], about.parties, clock.today())
    posted = request.POST.getlist("raters") if request.method == "POST" else None
    return {
        "about": about,
        "place": about.place,
        "rules": about.rules,
        "raters": [
            (one, about.rules.office_title(one.office), aside.get(one.person), posted is None or str(one.person.pk) in posted)
            for one in asked
        ],
        "by_residents": by_residents(about.card),
        "weights": _weights(about),
        "weighted": bool(about.card.weights),
        "title": request.POST.get("title", about.title),
        "case_url": address("desk:dossier", about.case.code) if about.case else "",
    }


def _weights(about: About) -> list[tuple[Text, str, str]]:
    """Each item with its weight, or where it is set."""
    if not about.card.weights:
        return [(item.title, "", "") for item in about.card.items.values()]
    rows = []
    for key, item in about.card.items.items():
        reading = about.rules.read(about.card.weights, on=clock.today(), key=key)
        known = reading.state == "known"
        url = "" if known else address("desk:local_setting", about.card.weights, key=key)
        rows.append((item.title, str(reading.value) if known else "", url))
    return rows
