"""Finance sets the money of the year; everybody at a desk reads it; nobody else may touch it."""

import pytest
from django.test import Client

from linli.records.funds.selectors import envelope_of
from tests.journeys.steps import District
from tests.web.desk.cases.office import Clock, Desk
from tests.world import row_counts

pytestmark = pytest.mark.django_db


def _page(desk: Desk, address: str) -> str:
    response = desk.client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _set(desk: Desk, **typed: str) -> tuple[int, str]:
    data = {"amount": "210万", "source": "区财政年度专项", "document": "", "dedicated": "yes", "approved": "yes", **typed}
    response = desk.client.post("/desk/funds/440305001001/?year=2021", data)
    return response.status_code, response.content.decode()


@pytest.mark.requirement("S0-81", how="kept")
def test_finance_sets_the_money_of_a_community_and_it_is_filed_as_a_dedicated_line(district: District, time: Clock) -> None:
    code, _ = _set(Desk(district.finance))
    row = envelope_of(district.place, 2021)
    assert row is not None
    assert (code, row.amount_fen, row.dedicated, row.approved) == (302, 210_000_000, True, True)


def test_what_cannot_be_read_is_kept_and_said(district: District, time: Clock) -> None:
    desk = Desk(district.finance)
    before = row_counts()
    code, page = _set(desk, amount="两百万左右")
    assert code == 422
    assert "两百万左右" in page
    assert "请写成金额" in page
    _, page = _set(desk, amount="两百万左右", source=" ", document="演示·批复", dedicated="", approved="")
    for box in ("amount", "source", "dedicated", "approved"):
        assert f'id="f-{box}-error"' in page
    assert "演示·批复" in page and "有 4 处要补充或更正" in page
    assert row_counts() == before


@pytest.mark.requirement("S0-35", how="refuses")
def test_the_community_reads_the_money_and_may_not_set_it(district: District, time: Clock) -> None:
    desk = Desk(district.secretary)
    assert "2,000,000.00" in _page(desk, "/desk/funds/?year=2021")
    before = row_counts()
    code, page = _set(desk)
    assert (code, row_counts()) == (403, before)
    assert "这件事由市财政部门、区财政部门、街道财政所、街道办事处来办，您的岗位不在其中。" in page
    assert '<a class="button" href="/desk/">回到待办</a>' in page


def test_the_page_costs_the_same_for_one_place_and_for_many(
    district: District, time: Clock, django_assert_max_num_queries: object
) -> None:
    desk = Desk(district.finance)
    _page(desk, "/desk/funds/?year=2021")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        _page(desk, "/desk/funds/?year=2021")


def test_it_speaks_english_too(district: District, time: Clock) -> None:
    desk = Desk(district.finance)
    desk.client.cookies["django_language"] = "en"
    assert "Money" in _page(desk, "/desk/funds/?year=2021")


def test_a_stranger_is_sent_to_sign_in(district: District, time: Clock) -> None:
    response = Client().get("/desk/funds/")
    assert (response.status_code, "sign-in" in response["Location"]) == (302, True)
