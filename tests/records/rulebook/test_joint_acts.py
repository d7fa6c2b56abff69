"""A joint act collects signatures; the last one takes the step."""

from dataclasses import dataclass

import pytest

from linli.records.people.models import OfficeHeld
from linli.records.rulebook import selectors
from linli.records.rulebook.models import Passage
from linli.records.rulebook.services import open_passage, take
from linli.rules.gates.model import Readings
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from tests.records.rulebook.world import SUBDISTRICT, Cast, at, officer, place, row_counts

PERMIT = Subject("case", "1")
BOTH = ("subdistrict.office", "subdistrict.working_committee")


@dataclass
class Permit:
    def __post_init__(self) -> None:
        open_passage(subject=PERMIT, procedure="probe_permit", place=place(), by="system", at=at(2021, 4, 8))

    def take(self, act: str, by: object, day: int = 9) -> object:
        return take(subject=PERMIT, act=act, by=by, at=at(2021, 4, day), readings=Readings())  # type: ignore[arg-type]

    @property
    def state(self) -> str:
        return Passage.objects.get().state


def test_the_first_signature_moves_nothing_and_says_who_is_still_to_sign(probe: Cast) -> None:
    permit = Permit()
    step = permit.take("allow", probe.office)
    assert (step.moved, step.from_state, step.to_state) == (False, "asked", "asked")  # type: ignore[attr-defined]
    assert step.decision.verdict == "signed"  # type: ignore[attr-defined]
    assert permit.state == "asked"
    assert [each.office for each in selectors.standing(PERMIT).signed("allow")] == ["subdistrict.office"]


def test_the_last_signature_takes_the_step(probe: Cast) -> None:
    permit = Permit()
    permit.take("allow", probe.working)
    step = permit.take("allow", probe.office)
    assert (step.moved, step.to_state, step.office) == (True, "allowed", "subdistrict.office")  # type: ignore[attr-defined]
    assert permit.state == "allowed"
    assert [step.number for step in selectors.history(PERMIT)] == [1, 2]


def test_an_office_signs_once_and_a_person_never_signs_for_two(probe: Cast) -> None:
    permit = Permit()
    colleague = officer("office", SUBDISTRICT)
    permit.take("allow", probe.office)
    OfficeHeld.objects.create(person=probe.office, office="working_committee", place_id=SUBDISTRICT, since="2020-01-01")
    before = row_counts()
    with pytest.raises(Refused, match="一个人不能替两个单位签署"):
        permit.take("allow", probe.office)
    with pytest.raises(Refused, match="您的单位已经签署过"):
        permit.take("allow", colleague)
    assert row_counts() == before
    assert permit.state == "asked"


def test_who_holds_both_offices_still_signs_for_one(probe: Cast) -> None:
    permit = Permit()
    OfficeHeld.objects.create(person=probe.office, office="working_committee", place_id=SUBDISTRICT, since="2020-01-01")
    permit.take("allow", probe.office)
    assert permit.state == "asked"
    permit.take("allow", probe.working)
    assert permit.state == "allowed"


def test_sent_back_the_signatures_are_void_and_both_sign_anew(probe: Cast) -> None:
    permit = Permit()
    permit.take("allow", probe.office)
    permit.take("allow", probe.working)
    permit.take("look_again", probe.office, 10)
    assert list(selectors.standing(PERMIT).signed("allow")) == []
    permit.take("allow", probe.office, 11)
    assert permit.state == "asked"


def test_whoever_allowed_it_does_not_close_it(probe: Cast) -> None:
    permit = Permit()
    permit.take("allow", probe.office)
    permit.take("allow", probe.working)
    before = row_counts()
    with pytest.raises(Refused) as refused:
        permit.take("close", probe.office)
    assert [reason.key for reason in refused.value.reasons] == ["apart_from"]
    assert row_counts() == before
    permit.take("close", officer("office", SUBDISTRICT))
    passage = Passage.objects.get()
    assert (passage.state, passage.end, passage.ended_at) == ("closed", "done", at(2021, 4, 9))
