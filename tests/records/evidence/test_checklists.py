"""Checklists: a person answers yes or no, with a reason where the answer is not the one asked for."""

from collections.abc import Mapping

import pytest

from linli.records.evidence.forms.facts import checklist_facts
from linli.records.evidence.models import Answers
from linli.records.evidence.selectors import answers, answers_history
from linli.records.evidence.services import answer_checklist
from linli.records.evidence.services.papers import asked_items
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid
from linli.rules.policy.models import Catalogue, Checklist, ChecklistItem
from tests.records.evidence.makers import AT, PROJECT, a_catalogue, a_checklist, a_text

PRINCIPLES = a_checklist(people_first="yes", property_duty="no", suitable="answered")


@pytest.fixture
def answer(place: Place, clerk: Person):  # type: ignore[no-untyped-def]
    def answer(
        checklist: Checklist, reasons: Mapping[str, str] | None = None, catalogue: Catalogue | None = None, **given: str
    ) -> Answers:
        return answer_checklist(
            subject=PROJECT,
            checklist=checklist,
            answers=given,
            reasons=reasons or {},
            by=clerk,
            at=AT,
            place=place,
            catalogue=catalogue,
        )

    return answer


def test_answers_as_asked_need_no_reason(answer) -> None:  # type: ignore[no-untyped-def]
    row = answer(PRINCIPLES, people_first="yes", property_duty="no", suitable="no")
    assert checklist_facts(answers(PROJECT)["principles"]) == {"people_first": "yes", "property_duty": "no", "suitable": "no"}
    assert (row.version, row.reasons) == (1, {})


def test_an_answer_not_asked_for_is_kept_with_its_reason(answer) -> None:  # type: ignore[no-untyped-def]
    row = answer(
        PRINCIPLES, {"property_duty": " 属物业职责 ", "people_first": ""}, people_first="yes", property_duty="yes", suitable="yes"
    )
    assert row.answers["property_duty"] == "yes"
    assert row.reasons == {"property_duty": "属物业职责"}


def test_an_answer_not_asked_for_without_reason_is_refused(answer) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        answer(PRINCIPLES, people_first="no", property_duty="yes", suitable="no")
    assert set(refused.value.fields) == {"people_first", "property_duty"}
    assert not Answers.objects.exists()


@pytest.mark.parametrize("word", ["", "maybe", "YES"])
def test_every_item_is_answered_yes_or_no(answer, word: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        answer(PRINCIPLES, people_first=word, property_duty="no", suitable="yes")
    assert set(refused.value.fields) == {"people_first"}


def test_each_entry_of_a_catalogue_is_asked(answer) -> None:  # type: ignore[no-untyped-def]
    checklist, negative = a_checklist(id="negative", each_of="negative_list"), a_catalogue("wages", "debts", id="negative_list")
    with pytest.raises(Invalid) as refused:
        answer(checklist, catalogue=negative, wages="no")
    assert set(refused.value.fields) == {"debts"}
    assert answer(checklist, catalogue=negative, wages="no", debts="no").answers == {"wages": "no", "debts": "no"}


def test_an_empty_catalogue_asks_nothing(answer) -> None:  # type: ignore[no-untyped-def]
    assert answer(a_checklist(id="negative", each_of="negative_list"), catalogue=a_catalogue(id="negative_list")).answers == {}


def test_items_that_tick_themselves_are_not_asked() -> None:
    items = {
        "minutes": ChecklistItem("minutes", a_text("有会议纪要"), slot="evaluation"),
        "seen": ChecklistItem("seen", a_text("已看现场")),
    }
    assert asked_items(Checklist(id="file", title=a_text("档案"), items=items)) == {"seen": "yes"}


def test_answering_again_keeps_both(answer) -> None:  # type: ignore[no-untyped-def]
    answer(PRINCIPLES, people_first="yes", property_duty="no", suitable="no")
    answer(PRINCIPLES, people_first="yes", property_duty="no", suitable="yes")
    assert [(row.version, row.answers["suitable"]) for row in answers_history(PROJECT, "principles")] == [(1, "no"), (2, "yes")]
    assert answers(PROJECT)["principles"].version == 2
