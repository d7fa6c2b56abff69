"""A worker opens the pages most readers open first, before the first of them comes."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from linli.config.first_pages import open_first_pages
from linli.records.notices.models import Notice
from tests.web.portal.world import Street

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """That of the test, which a server would close between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_home_and_the_lists_are_opened_and_one_page_that_each_leads_to(street: Street) -> None:
    case, notice = street.hung(), Notice.objects.get()

    opened = open_first_pages(WSGIHandler(), "testserver")

    assert opened == [
        "/",
        "/c/440305/",
        "/projects/?place=",
        f"/projects/{case.code}/",
        "/notices/?place=",
        f"/notices/{notice.pk}/",
    ]


def test_lists_of_nothing_are_opened_as_well(db: None) -> None:
    assert open_first_pages(WSGIHandler(), "testserver") == ["/", "/projects/?place=", "/notices/?place="]


def test_any_of_the_hosts_it_may_be_asked_for_by_will_do(db: None) -> None:
    assert [len(open_first_pages(WSGIHandler(), host)) for host in ("testserver", ".testserver")] == [3, 3]


def test_what_cannot_be_opened_is_logged_and_keeps_no_worker_from_its_readers(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: dict[str, Any], answer: Any) -> Any:
        raise RuntimeError(environ["PATH_INFO"])

    with caplog.at_level(logging.ERROR, logger="linli.config.first_pages"):
        assert open_first_pages(broken, "testserver") == []

    assert [record.getMessage() for record in caplog.records] == [
        "/ could not be opened",
        "/projects/?place= could not be opened",
        "/notices/?place= could not be opened",
    ]
