"""The archive as a meter: parts tick themselves when their slot holds something, and the others say who files them."""

from datetime import date

import pytest

from linli.records.cases.selectors import completeness
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import answers, pieces
from linli.records.evidence.services import file_piece
from linli.records.places.services import load_places
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.services import adopt_pack
from linli.web.shared import clock
from tests.journeys.steps import on
from tests.records.cases.test_levels import COMMUNITY, ROWS
from tests.records.people import world as people
from tests.records.rulebook.world import at, place
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S2-62", "S2-63", "S2-64", "S2-65", "S2-66", "S2-67", "S2-68", "S2-69", how="shown")
def test_the_eight_parts_of_an_archive_tick_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    load_places(
        rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in ROWS], source="演示", at=at(2021, 1, 1)
    )
    adopt_pack(place=place("350582"), pack="jinjiang", since=date(2021, 1, 1), by="system", at=at(2021, 1, 1))
    applicant, civil = people.officer("residents_committee", COMMUNITY), people.officer("civil_affairs", "350582")
    call = open_case(procedure="pilot_call", place=place("350582"), title="演示·申报", by=civil, at=at(2024, 1, 2))
    passage = call.passage
    assert passage is not None
    passage.stage = next(iter(standing(call.subject).rules.procedure("pilot", date(2024, 1, 3)).while_stages), passage.stage)
    passage.frozen = {passage.stage: {"on": "2024-01-02", "roles": {}}}
    passage.save()
    case = open_case(
        procedure="pilot", place=place(COMMUNITY), title="演示·邻里小院", by=applicant, at=at(2024, 1, 3), parent=call
    )

    (meter,) = completeness(standing(case.subject), pieces(case.subject), answers(case.subject))
    assert (meter.checklist.id, meter.there, len(meter.parts)) == ("pilot_archive", 0, 11)
    assert meter.parts[0].by
    file_piece(
        subject=case.subject, slot="fund_use", kind="fund_report", facts={}, by=applicant, at=at(2024, 2, 1), place=case.place
    )
    (meter,) = completeness(standing(case.subject), pieces(case.subject), answers(case.subject))
    assert (meter.there, [part.slot for part in meter.parts if part.there]) == (1, ["fund_use"])

    monkeypatch.setattr(clock, "now", Clock(on("2024-02-02")))
    desk = Desk(applicant).open(f"/desk/cases/{case.code}/")
    assert "项目档案八项 1 / 11" in desk.text
    assert desk.link("村（居）民会议、代表会议等会议记录").endswith("/slots/minutes/")
