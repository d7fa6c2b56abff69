"""The entries follow the trail: after every act they say what the records say, and what is hidden is not in them."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.records.cases.services import open_case
from linli.records.needs.services import withdraw_need
from linli.records.notices.models import Notice
from linli.records.places.models import Place
from linli.records.places.services import rename_place
from linli.records.reports.search import indexing
from linli.records.reports.search.finding import Asked, find
from linli.records.reports.search.indexing import end_notices, rebuild, refresh
from linli.records.reports.search.models import SearchCursor, SearchEntry
from linli.records.trail.models import Stream
from tests.journeys.steps import on
from tests.web.portal.world import COMMUNITY, Street

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
TODAY = date(2021, 4, 13)


def state() -> list[Row]:
    return list(SearchEntry.objects.order_by("pk").values())


def found(text: str) -> list[str]:
    return [entry.ref for entry in find(Asked(text)).entries]


@pytest.fixture
def street(db: None) -> Street:
    return Street()


def test_read_on_from_the_trail_it_is_what_it_would_be_made_anew(street: Street) -> None:
    """Chapter by chapter, a whole project from need to archive."""
    street.asked()
    refresh(TODAY)
    assert found("路灯") == [street.life.need.code]
    street.on_notice_from_here()
    refresh(TODAY)
    step_by_step = state()
    rebuild(TODAY)
    assert state() == step_by_step
    assert {row["kind"] for row in step_by_step} >= {"need", "project", "meeting"}


def test_a_whole_life_ends_in_the_entries(street: Street) -> None:
    case, later = street.archived(), date(2021, 9, 1)
    refresh(later)
    step_by_step = state()
    rebuild(later)
    assert state() == step_by_step
    entry = SearchEntry.objects.get(kind="project", number=case.pk)
    assert (entry.ref, entry.state, entry.word_zh) == (case.code, "done", "已归档")
    assert {row["state"] for row in step_by_step if row["kind"] == "notice"} == {"done"}


def test_nothing_new_costs_one_question(street: Street) -> None:
    refresh(TODAY)
    with CaptureQueriesContext(connection) as asked:
        assert refresh(TODAY) == 0
    assert len(asked) == 1
    assert all(SearchCursor.objects.get(pk=one.pk).seq == one.seq for one in Stream.objects.exclude(pk="checkpoints"))


def test_a_draft_and_a_need_taken_back_are_not_in_it(street: Street) -> None:
    need = street.asked()
    drafted = open_case(
        procedure="micro_project", place=need.place, title="演示·夜莺项目", by=street.team.secretary, at=on("2021-03-19")
    )
    refresh(TODAY)
    assert found("夜莺") == [] and not SearchEntry.objects.filter(kind="project", number=drafted.pk).exists()
    assert found(need.code) == [need.code]
    withdraw_need(need=need, by=street.team.secretary, at=on("2021-03-20"), reason="已经自己修好了。")
    refresh(TODAY)
    assert found(need.code) == [] and not SearchEntry.objects.filter(kind="need", number=need.pk).exists()


def test_a_changed_notice_is_found_by_what_it_says_now(street: Street) -> None:
    street.hung()
    refresh(TODAY)
    notice = Notice.objects.get()
    assert found(notice.content.title)[0] == str(notice.pk)
    assert SearchEntry.objects.get(kind="notice").state == "running"
    assert notice.ends_on is not None
    assert end_notices(notice.ends_on) == 0
    assert end_notices(notice.ends_on + timedelta(days=1)) == 1
    assert SearchEntry.objects.get(kind="notice").state == "done"


def test_a_community_with_a_new_name_is_found_by_it(street: Street) -> None:
    need = street.asked()
    refresh(TODAY)
    rename_place(
        place=Place.objects.get(pk=COMMUNITY),
        name="演示·新榕社区居委会",
        since=on("2021-06-01").date(),
        document="演示〔2021〕1号",
        by="system",
        at=on("2021-06-01"),
    )
    refresh(TODAY)
    assert found("新榕社区") == [need.code]


def test_an_act_at_a_page_is_found_at_once_and_a_failing_index_fails_no_act(
    street: Street, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    street.asked()
    assert found("路灯") == []
    client.post("/switch/size/", {"large": "1"})
    assert found("路灯") == [street.life.need.code]

    def broken(on: date) -> None:
        raise RuntimeError("演示")

    monkeypatch.setattr(indexing, "refresh", broken)
    with caplog.at_level(logging.CRITICAL):
        assert client.post("/switch/size/", {"large": "1"}).status_code == 302
