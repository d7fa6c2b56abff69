"""The money of the district's year, between community, district and city, by the days of the regulation (31 March, 30 June)."""

from datetime import date

from linli.demonstration.days import moment
from linli.demonstration.hands import papers
from linli.demonstration.timetable import Story
from linli.demonstration.world import DISTRICT, World
from linli.records.cases.services import open_case, take_act


def fund_year(world: World, year: int) -> Story:
    """Last year's use by March, next year's plan by June, settlement, subsidy, budget, allotment. Two sign where two must."""
    held, place = world.officers, world.places[DISTRICT]
    yield (at := moment(date(year, 1, 12), 9))
    civil = held["nanshan.civil"]
    case = open_case(
        procedure="fund_year", place=place, title=f"{year} 年度区民生微实事经费", by=civil, at=at, year=year, demonstration=True
    )
    world.cases[f"fund_year_{year}"] = case
    yield (at := moment(date(year, 2, 24), 10))
    papers.fill(case, "fund_use", _use(world, year - 1), by=civil, at=at)
    take_act(case=case, act="report_use", by=civil, at=at)
    for day, officer in ((11, "shenzhen.organisation"), (18, "shenzhen.civil")):
        yield (at := moment(date(year, 3, day), 10))
        take_act(case=case, act="review_use", by=held[officer], at=at)
    yield (at := moment(date(year, 5, 20), 10))
    papers.fill(case, "expenditure_plan", _plan(world, year + 1), by=civil, at=at)
    take_act(case=case, act="report_plan", by=civil, at=at)
    for day, officer in ((9, "shenzhen.organisation"), (16, "shenzhen.civil")):
        yield (at := moment(date(year, 6, day), 10))
        take_act(case=case, act="review_plan", by=held[officer], at=at)
    yield (at := moment(date(year, 9, 8), 10))
    finance = held["shenzhen.finance"]
    papers.put(case, "settlement_opinion", "opinion", by=finance, at=at, favourable=True, summary="结算复审意见（演示）")
    for day, officer in ((9, "shenzhen.finance"), (10, "nanshan.finance")):
        yield (at := moment(date(year, 9, day), 10))
        take_act(case=case, act="settle", by=held[officer], at=at)
    yield (at := moment(date(year, 10, 14), 10))
    papers.put(case, "pre_issue_document", "document", by=finance, at=at, summary="预下达文件（演示）")
    take_act(case=case, act="pre_issue", by=finance, at=at)
    district = held["nanshan.finance"]
    yield (at := moment(date(year, 12, 3), 10))
    take_act(case=case, act="budget", by=district, at=at)
    yield (at := moment(date(year, 12, 15), 10))
    papers.put(case, "allotment", "score", by=district, at=at, complete=True, summary="资金倾斜测算（演示）")
    take_act(case=case, act="allot", by=district, at=at)


def _use(world: World, year: int) -> dict[str, object]:
    rows = [
        {
            "community": team.place.pk,
            "arranged": "2000000",
            "spent": str(1_700_000 + 30_000 * number),
            "projects": str(6 + number),
        }
        for number, team in enumerate(world.teams.values())
    ]
    return {"year": str(year), "communities": rows}


def _plan(world: World, year: int) -> dict[str, object]:
    rows = [
        {"subdistrict": team.place.ancestor_codes[-2], "community": team.place.pk, "amount": "2000000"}
        for team in world.teams.values()
    ]
    return {"year": str(year), "communities": rows}
