"""What a community's page says, gathered: open for me now, changed lately, the money, the projects by stage."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count

from linli.records.cases.selectors import project_list
from linli.records.funds.models import Envelope
from linli.records.needs.models import Need
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.models import Passage
from linli.records.texts.selectors import calls, counted, running
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Procedure, Wording
from linli.rules.policy.rules import Rules
from linli.web.portal.finding import rules_here
from linli.web.portal.listing import around, coming_meetings, need_rows, project_rows, running_notices, titled
from linli.web.portal.projects import project_procedures
from linli.web.portal.shares import Purse, purse_of
from linli.web.shared.shapes import Tab

LATELY = 6
NOW = 5
ROUND = "collection_round"
_COLLECTING = "collecting"


def shown(place: Place, person: Person | None, at: datetime) -> dict[str, Any]:
    """Everything the page shows; empty lists where nothing goes on."""
    on = day_in_china(at)
    rules = rules_here(place, on)
    projects = project_list(viewer=person, on=on, place=place).filter(procedure__in=project_procedures())
    return {
        "rules": rules,
        "may_ask": rules is not None and "need" in rules.procedures(on),
        "collecting": collecting(place),
        "notices": titled(running_notices(on).filter(around(place))).order_by("ends_on", "pk")[:NOW],
        "calls": counted(calls().filter(running(on), around(place, "document__place"))).order_by("ends_on", "pk")[:NOW],
        "meetings": coming_meetings(place, at)[:NOW],
        "lately": project_rows(projects.order_by("-passage__entered_at", "-pk")[:LATELY]),
        "asked": need_rows(_needs(place)[:NOW]),
        "purse": _purse(place, on),
        "stages": _stages(projects, place, rules, on),
        "wordings": wordings(rules, on, "portal"),
    }


def collecting(place: Place) -> bool:
    """Whether the yearly round of asking everybody is open."""
    return Passage.objects.filter(place=place, procedure=ROUND, state=_COLLECTING, ended_at__isnull=True).exists()


def _needs(place: Place) -> Any:
    return Need.objects.filter(place=place, withdrawn_at__isnull=True).select_related("place", "cluster").order_by("-pk")


def _purse(place: Place, on: date) -> Purse | None:
    envelope = Envelope.objects.filter(place=place, year=on.year).first()
    return purse_of(envelope) if envelope else None


def _stages(projects: Any, place: Place, rules: Rules | None, on: date) -> list[Tab]:
    """How many projects stand in which stage, each a way into the list."""
    if rules is None:
        return []
    counts = dict(projects.order_by().values_list("passage__stage").annotate(n=Count("pk")))
    titles = {id: stage.title for known in _projects_of(rules, on) for id, stage in known.stages.items()}
    address = f"/projects/?place={place.code}&stage="
    return [Tab(title, f"{address}{id}", count=counts.get(id, 0)) for id, title in titles.items()]


def _projects_of(rules: Rules, on: date) -> list[Procedure]:
    return [known for known in rules.procedures(on).values() if known.listed]


def wordings(rules: Rules | None, on: date, where: str) -> list[Wording]:
    """The texts the regulations want shown somewhere."""
    return [one for one in rules.wordings(on).values() if where in one.shown] if rules else []
