"""What a community's page says, gathered: open for me now, changed lately, the money, the projects by stage or kind."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from linli.records.cases.models import Case
from linli.records.cases.money import spends_money
from linli.records.cases.selectors import project_list, visible_to
from linli.records.funds.selectors import envelope_of
from linli.records.made_rows import shown_rows
from linli.records.needs.gate import takes_needs
from linli.records.needs.models import Need
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import bounds, within
from linli.records.prepared import Prepared
from linli.records.rulebook.models import Passage
from linli.records.scorecards.selectors import open_at
from linli.records.texts.models import Document
from linli.records.texts.selectors import being_signed, calls, counted, replaced, running
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules
from linli.web.portal.finding import rules_here
from linli.web.portal.listing import coming_meetings, near, need_rows, notice_cards, project_rows, running_notices, titled
from linli.web.portal.orders import Order, orders_of, own_of
from linli.web.portal.projects import project_procedures
from linli.web.portal.shares import Purse, purse_of
from linli.web.shared.shapes import RuleText, Tab
from linli.web.shared.tags.rules import clause

LATELY = 6
NOW = 5
ROUND = "collection_round"


def shown(place: Place, person: Person | None, at: datetime) -> dict[str, Any]:
    """Everything the page shows; empty lists where nothing goes on."""
    on = day_in_china(at)
    rules = rules_here(place, on)
    projects = project_list(viewer=person, on=on, place=place).filter(procedure__in=project_procedures())
    orders = orders_of(place)
    here = (*bounds(place), place.ancestor_codes[:-1] or [""])
    return {
        "rules": rules,
        "may_ask": rules is not None and takes_needs(rules, on),
        "collecting": collecting(place),
        "orders": orders,
        **_mine(place, person, orders),
        "scorings": _APPRAISED(place.ancestor_codes),
        "notices": notice_cards(_HANGING(on, *here)),
        "calls": _OPEN_CALLS(on, *here),
        "meetings": _COMING(at, *here),
        "lately": project_rows(_lately(projects, place, person)),
        "asked": need_rows(_ASKED(place.pk)),
        "covenants": _AGREED(place.pk),
        "purse": _purse(place, on),
        "has_money": rules is not None and spends_money(rules, on),
        **_standing(projects, place, rules, on),
        "rule_texts": general_texts(rules, on, "portal"),
    }


def _mine(place: Place, person: Person | None, orders: Sequence[Order]) -> dict[str, Any]:
    """What this reader asked for and began here, and where it stands. A stranger is asked nothing more of the database."""
    if person is None:
        return {}
    asked = Need.objects.filter(person=person, place=place, withdrawn_at__isnull=True).order_by("-pk")[:NOW]
    begun = own_of(person, place, orders).select_related("place", "passage").order_by("-pk")[:NOW] if orders else []
    return {"mine_asked": need_rows(asked), "mine_begun": project_rows(begun)}


_HANGING = Prepared(lambda on, *here: titled(running_notices(on).filter(near(*here))).order_by("ends_on", "pk")[:NOW])
_OPEN_CALLS = Prepared(
    lambda on, *here: counted(calls().filter(running(on), near(*here, through="document__place"))).order_by("ends_on", "pk")[:NOW]
)
_COMING = Prepared(lambda at, *here: coming_meetings(near(*here), at)[:NOW])
_APPRAISED = Prepared(lambda places: open_at(places)[:NOW])


def _lately(projects: QuerySet[Case], place: Place, person: Person | None) -> list[Case]:
    """What moved last: a prepared question for whoever sees what everybody may see."""
    if person is None:
        return _MOVED(*bounds(place), sorted(project_procedures()))
    return shown_rows(_moved(projects))


def _moved(projects: QuerySet[Case]) -> QuerySet[Case]:
    return projects.order_by("-passage__entered_at", "-pk")[:LATELY]


_MOVED = Prepared(
    lambda path, until, names: _moved(
        visible_to(None, date.min).filter(within(path, until, "place", small=True), procedure__in=names)
    )
)


def collecting(place: Place) -> bool:
    """Whether the yearly round of asking everybody is open."""
    return _COLLECTING.first(place.pk) is not None


_COLLECTING = Prepared(
    lambda place: Passage.objects.filter(place=place, procedure=ROUND, state="collecting", ended_at__isnull=True)[:1]
)
_ASKED = Prepared(
    lambda place: (
        Need.objects.filter(place=place, withdrawn_at__isnull=True).select_related("place", "cluster").order_by("-pk")[:NOW]
    )
)


def _purse(place: Place, on: date) -> Purse | None:
    envelope = envelope_of(place, on.year)
    return purse_of(envelope) if envelope else None


def _agreed(place: str) -> QuerySet[Document]:
    """What the residents have agreed on and still hold to; `signing` where it is being signed."""
    found = Document.objects.filter(place=place, kind="covenant", adopted_at__isnull=False)
    signing = being_signed().filter(pk=OuterRef("pk"))
    return found.filter(~replaced()).annotate(signing=Exists(signing)).order_by("-adopted_at", "-pk")[:NOW]


_AGREED = Prepared(_agreed)


def _standing(projects: Any, place: Place, rules: Rules | None, on: date) -> dict[str, list[Tab]]:
    """Where there is one kind of matter, how many stand in which stage; else how many there are of each kind that occurs."""
    known = _projects_of(rules, on) if rules else []
    if len(known) > 1:
        counts = dict(projects.order_by().values_list("procedure").annotate(n=Count("pk")))
        address = f"/projects/?place={place.code}&way="
        return {"kinds": [Tab(one.title, f"{address}{one.id}", count=counts[one.id]) for one in known if one.id in counts]}
    counts = dict(projects.order_by().values_list("passage__stage").annotate(n=Count("pk")))
    titles = {id: stage.title for one in known for id, stage in one.stages.items()}
    address = f"/projects/?place={place.code}&stage="
    return {"stages": [Tab(title, f"{address}{id}", count=counts.get(id, 0)) for id, title in titles.items()]}


def _projects_of(rules: Rules, on: date) -> list[Procedure]:
    return [known for known in rules.procedures(on).values() if known.listed]


def general_texts(rules: Rules | None, on: date, where: str) -> list[RuleText]:
    """The texts the regulations want shown somewhere; one with blanks to fill in belongs to a single matter."""
    known = rules.wordings(on).values() if rules else ()
    shown = [one for one in known if where in one.shown and not one.has_blanks]
    return [RuleText(one.title, one.body, clause(rules, one.clause)) for one in shown]
