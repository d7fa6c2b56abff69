"""The same engine carries a round of a community and a fund year of a district; nothing is written for either."""

from datetime import date

import pytest

from linli.records.cases.models import Case
from linli.records.cases.selectors import story
from linli.records.cases.services import fill_case_form, open_case, take_act
from linli.records.evidence.services import file_piece
from linli.records.funds.services import set_envelope
from linli.records.needs.services import raise_need
from linli.records.people.models import Person
from linli.records.rulebook.models import Passage
from linli.rules.plain.refusals import Refused
from tests.records.cases.life import Life
from tests.records.rulebook.world import DISTRICT, Cast, at, officer, place, row_counts


def refused(case: Case, act: str, by: Person, day: object) -> list[str]:
    before = row_counts()
    with pytest.raises(Refused) as no:
        take_act(case=case, act=act, by=by, at=day)  # type: ignore[arg-type]
    assert row_counts() == before
    return [reason.key for reason in no.value.reasons]


def state(case: Case) -> str:
    return Passage.objects.get(subject_kind="case", subject_id=str(case.pk)).state


@pytest.mark.requirement("S0-53", how="refuses")
@pytest.mark.requirement("S1-32", how="refuses")
@pytest.mark.requirement("S1-22", how="refuses")
def test_a_round_closes_only_when_enough_residents_were_asked(cast: Cast) -> None:
    round_ = open_case(
        procedure="collection_round", place=place(), title="演示·2021 年征集", by=cast.secretary, at=at(2021, 1, 15)
    )
    take_act(case=round_, act="open_collection", by=cast.secretary, at=at(2021, 1, 16))
    data = {"what": "演示·路灯不亮", "where": "榕树广场", "mode": "centralised", "asker": "resident", "channel": "online"}
    raise_need(place=place(), data=data, by=cast.resident, at=at(2021, 2, 1))
    assert refused(round_, "close_collection", cast.secretary, at(2021, 6, 1)) == ["coverage_wide", "coverage.offline"]
    assert state(round_) == "collecting"


@pytest.mark.requirement("S0-81", how="refuses")
def test_money_is_arranged_only_from_a_line_of_its_own_in_the_districts_budget(cast: Cast) -> None:
    round_ = open_case(procedure="collection_round", place=place(), title="演示", by=cast.secretary, at=at(2021, 1, 15))
    Passage.objects.update(state="balanced", stage="funding", frozen={"funding": {"on": "2021-06-16", "roles": {}}})
    file_piece(subject=round_.subject, slot="allocation", kind="document", facts={}, by=None, at=at(2021, 6, 16), place=place())
    assert refused(round_, "allocate", cast.working, at(2021, 6, 17)) == ["budget_line.dedicated"]
    for dedicated, answer in ((False, ["budget_line.dedicated"]), (True, [])):
        set_envelope(
            place=place(DISTRICT),
            year=2021,
            amount_fen=1,
            source="演示",
            dedicated=dedicated,
            approved=True,
            by=cast.finance,
            at=at(2021, 6, 17),
        )
        if answer:
            assert refused(round_, "allocate", cast.working, at(2021, 6, 17)) == answer
    take_act(case=round_, act="allocate", by=cast.working, at=at(2021, 6, 18))
    assert state(round_) == "allocated"


@pytest.mark.requirement("S0-83", how="refuses")
def test_last_years_use_is_reviewed_by_both_city_offices_and_in_time(cast: Cast) -> None:
    civil, organisation = officer("civil_affairs", "4403"), officer("organisation", "4403")
    reporter = officer("organisation", DISTRICT)
    year = open_case(procedure="fund_year", place=place(DISTRICT), title="演示·区年度经费", by=cast.civil, at=at(2021, 1, 4))
    use = _plain_form(year, date(2021, 1, 4))
    fill_case_form(case=year, form=use[0], data=use[1], by=reporter, at=at(2021, 3, 1))
    take_act(case=year, act="report_use", by=reporter, at=at(2021, 3, 2))
    first = take_act(case=year, act="review_use", by=civil, at=at(2021, 3, 30))
    assert (first.step.moved, state(year)) == (False, "use_reported")
    assert "last_year_use_due" in refused(year, "review_use", organisation, at(2021, 4, 1))
    take_act(case=year, act="review_use", by=organisation, at=at(2021, 3, 31))
    assert state(year) == "use_reviewed"


def _plain_form(case: Case, on: date) -> tuple[str, dict[str, object]]:
    """The form the first act asks for, answered plainly."""
    from linli.records.rulebook.selectors import standing

    now = standing(case.subject)
    (form_id,) = [check.name for check in now.procedure.acts["report_use"].checks if check.source == "form"]
    plain: dict[str, object] = {"money": "100", "number": 1, "flag": True, "date": on.isoformat(), "share": "1/2"}
    form = now.rules.form(form_id, on)
    data: dict[str, object] = {}
    for field in form.fields.values():
        if field.type == "lines":
            data[field.key] = [{key: plain.get(kind, "演示") for key, _, kind in field.columns}]
        elif field.type in ("choice", "choices"):
            first = next(iter(now.rules.catalogue(field.catalogue, on).entries))
            data[field.key] = first if field.type == "choice" else [first]
        else:
            data[field.key] = plain.get(field.type, "演示")
    return form_id, data


@pytest.mark.requirement("S0-87", how="shown")
def test_the_story_tells_acts_and_published_evidence_in_the_order_of_days(cast: Cast) -> None:
    life = Life(cast).determined()
    told = story(life.fresh())
    assert told[0].kind == "opened" and told[-1].title.zh == "归档" and told[-1].at is None
    past = [entry.at for entry in told if entry.at is not None]
    assert past == sorted(past)
    assert [entry.title.zh for entry in told if entry.kind == "act"] == ["项目设计", "项目遴选", "提交评议", "评议", "确定"]
    assert "评议结果公示" in [entry.title.zh for entry in told if entry.kind == "evidence"]
    assert all(entry.clause for entry in told if entry.kind in ("act", "ahead", "evidence"))
