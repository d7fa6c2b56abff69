"""A matter that a level cannot settle goes to the level above, and the answer comes down."""

from datetime import date

import pytest

from linli.records.cases.models import Case
from linli.records.cases.services import file_case_evidence, fill_case_form, open_case, take_act
from linli.records.evidence.selectors import pieces
from linli.records.places.services import load_places
from linli.records.rulebook.models import Passage
from linli.records.rulebook.services import adopt_pack
from linli.rules.plain.refusals import Refused
from tests.records.people import world as people
from tests.records.rulebook.world import at, place, row_counts

ROWS = (
    ("35", "福建省", "province", ""),
    ("3505", "泉州市", "city", "35"),
    ("350582", "晋江市", "district", "3505"),
    ("350582001", "青阳街道", "subdistrict", "350582"),
    ("350582001001", "演示社区", "community", "350582001"),
    ("350582001001-01", "第一网格", "grid", "350582001001"),
)
GRID, COMMUNITY = "350582001001-01", "350582001001"


@pytest.fixture
def tables(db: None) -> tuple[people.Person, people.Person]:
    load_places(
        rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in ROWS], source="演示", at=at(2021, 1, 1)
    )
    adopt_pack(place=place("350582"), pack="jinjiang", since=date(2021, 1, 1), by="system", at=at(2021, 1, 1))
    return people.officer("council", GRID), people.officer("council", COMMUNITY)


def raised(code: str, by: people.Person) -> Case:
    case = open_case(procedure="deliberation", place=place(code), title="演示·充电桩放哪里", by=by, at=at(2024, 3, 1))
    fill_case_form(case=case, form="matter_form", data=_matter(), by=by, at=at(2024, 3, 1))
    return case


def _matter() -> dict[str, object]:
    return {
        "matter": "充电桩放哪里",
        "mode": "micro",
        "channel": "council",
        "concerned": ["residents"],
    }


@pytest.mark.requirement("S2-21", how="kept")
def test_what_a_grid_cannot_settle_is_opened_at_the_community_and_its_answer_comes_down(tables) -> None:
    grid, community = tables
    case = raised(GRID, grid)
    take_act(case=case, act="pass_up", by=grid, at=at(2024, 3, 2))
    above = Case.objects.get(parent=case)
    assert (above.place_id, above.owner_office) == (COMMUNITY, "community.council")
    with pytest.raises(Refused):
        take_act(case=case, act="hear_back", by=grid, at=at(2024, 3, 3))

    file_case_evidence(
        case=above, slot="feedback", kind="reply", facts={}, by=community, at=at(2024, 3, 4), summary="放在东门，已答复"
    )
    take_act(case=above, act="decline", by=community, at=at(2024, 3, 5))
    answer = pieces(case.subject)["upper_answer"]
    assert (answer.kind, answer.facts) == ("outcome", {"state": "declined", "code": above.code})
    take_act(case=case, act="hear_back", by=grid, at=at(2024, 3, 6))
    assert Passage.objects.get(pk=case.passage_id).state == "agreed"


def test_from_the_top_level_nothing_goes_up(tables) -> None:
    _, community = tables
    case = raised(COMMUNITY, community)
    before = row_counts()
    with pytest.raises(Refused, match="请在本级办结"):
        take_act(case=case, act="pass_up", by=community, at=at(2024, 3, 2))
    assert row_counts() == before
