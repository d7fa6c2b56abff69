"""A matter that is stopped: who must answer has it on the desk with its day, who must know hears of it."""

from datetime import date

import pytest

from linli.records.cases.models import Case, Message
from linli.records.cases.services import answer_case_hold, fill_case_form, open_case, place_case_hold, take_act
from linli.records.duties.models import Duty
from linli.records.duties.selectors import todo_of
from linli.records.rulebook.models import Hold
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.registers.world import COMMUNITY, Cast, at, build

pytestmark = pytest.mark.django_db
ANSWERS = [("community.residents_committee", COMMUNITY)]


@pytest.fixture
def cast(db: None) -> Cast:
    return build()


def matter(cast: Cast) -> Case:
    case = open_case(procedure="council_matter", place=cast.place, title="河边清淤", by=cast.committee, at=at("2026-03-03"))
    data = {"matter": "环境整治", "content": "清一段河", "proposal": "请人清两天"}
    fill_case_form(case=case, form="council_matter", data=data, by=cast.committee, at=at("2026-03-03"))
    return case


def stopped(cast: Cast, case: Case, day: str = "2026-03-12") -> Hold:
    return place_case_hold(case=case, kind="supervision", reason="报价没有公开", by=cast.supervision, at=at(day))


@pytest.mark.requirement("S3-44", how="due")
def test_the_committee_owes_supervision_an_answer_by_the_day_set_for_it(cast: Cast) -> None:
    """Stopped on Thursday the 12th: Friday and the four next working days."""
    stopped(cast, matter(cast))
    [todo] = todo_of(ANSWERS, date(2026, 3, 12))
    assert isinstance(todo.owed, Duty)
    assert (todo.owed.title.zh, todo.owed.due_on) == ("答复：村（居）务监督委员会叫停", date(2026, 3, 19))
    assert (todo.owed.clause, todo.owed.unset) == ("S3 §3.1.7.3", "")


def test_where_nobody_has_set_the_time_the_answer_is_owed_without_a_day_and_says_so() -> None:
    cast = build(local=False)
    stopped(cast, matter(cast))
    [todo] = todo_of(ANSWERS, date(2026, 3, 12))
    assert isinstance(todo.owed, Duty)
    assert (todo.owed.due_on, todo.owed.unset) == (None, "hold_answer_within")


@pytest.mark.requirement("S3-44", how="answered")
def test_answered_nothing_is_owed_and_what_was_late_is_known(cast: Cast) -> None:
    case = matter(cast)
    hold = stopped(cast, case)
    with pytest.raises(NotAllowed):
        answer_case_hold(case=case, hold=hold, answer="已公开", by=cast.council, at=at("2026-03-20"))
    with pytest.raises(Invalid):
        answer_case_hold(case=case, hold=hold, answer=" ", by=cast.committee, at=at("2026-03-20"))
    assert len(todo_of(ANSWERS, date(2026, 3, 20))) == 1
    answer_case_hold(case=case, hold=hold, answer="已公开", by=cast.committee, at=at("2026-03-20"))
    assert todo_of(ANSWERS, date(2026, 3, 20)) == []
    [duty] = Duty.objects.filter(source="stopped")
    assert (duty.outcome, duty.settled_by) == ("done", cast.committee)


def test_the_offices_to_be_told_are_told_once_of_each_stop(cast: Cast) -> None:
    stopped(cast, matter(cast))
    told = {(each.office, each.place_id, each.act): each.zh for each in Message.objects.all()}
    assert set(told) == {
        ("community.party_committee", COMMUNITY, "stopped"),
        ("subdistrict.office", cast.place.parent_id, "stopped"),
    }
    assert all(words.endswith("河边清淤：村（居）务监督委员会叫停") for words in told.values())


def test_a_matter_that_ends_while_stopped_awaits_no_answer(cast: Cast) -> None:
    case = matter(cast)
    stopped(cast, case)
    take_act(case=case, act="hand_up", note="没有授权", by=cast.committee, at=at("2026-03-13"))
    case.refresh_from_db()
    assert case.passage is not None and case.passage.ended_at is not None
    assert [duty.outcome for duty in Duty.objects.filter(source="stopped")] == ["lapsed"]


def test_a_stop_that_is_refused_asks_nobody_and_tells_nobody(cast: Cast) -> None:
    case = matter(cast)
    stopped(cast, case)
    with pytest.raises(Refused, match="已经叫停"):
        stopped(cast, case)
    with pytest.raises(NotAllowed):
        place_case_hold(case=case, kind="supervision", reason="演示", by=cast.committee, at=at("2026-03-12"))
    assert (Duty.objects.filter(source="stopped").count(), Message.objects.count()) == (1, 2)
