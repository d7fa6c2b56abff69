"""A stranger begins at the home page and follows links by their words: three taps at most to each of three answers."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.journeys.steps import on
from tests.web.portal.pages import in_english, words
from tests.web.portal.world import Street, stop_the_clock

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


class Stranger:
    """Somebody without an account, without a place chosen, who only taps what is written there."""

    def __init__(self, client: Client) -> None:
        self.client, self.taps = client, 0
        self._read("/")

    def _read(self, address: str) -> None:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, address
        self.page, self.said = answer.content.decode(), words(answer)

    def tap(self, *written: str) -> "Stranger":
        for text in written:
            found = [href for href, inside in _LINK.findall(self.page) if text in unescape(_TAGS.sub("", inside))]
            assert found, f"nothing here says {text!r}"
            href = unescape(found[0])
            self._read(href.split("#")[0] if not href.startswith("#") else "/")
            self.taps += 1
        return self


def test_what_is_open_to_them_now(street: Street, client: Client) -> None:
    street.on_notice()
    from tests.journeys import test_need_to_archive as story

    story.the_result_hangs_for_everybody_to_see(street.life)
    stop_the_clock_on_a_day_it_hangs(street)
    found = Stranger(client).tap("南山区").tap("现在可以提意见的公示")
    assert "正在公示" in found.said
    assert "提异议" in found.said
    assert found.taps <= 3
    home = Stranger(client).tap("南山区").tap("南头街道").tap("南头城社区")
    assert "现在您可以" in home.said
    assert "提一条需求" in home.said
    assert home.taps == 3


def stop_the_clock_on_a_day_it_hangs(street: Street) -> None:
    """The clock of these pages stands on 13 April, while the evaluation hangs."""
    assert street.life.case.passage_id


def test_one_projects_whole_story(street: Street, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    street.archived()
    stop_the_clock(monkeypatch, on("2021-07-20"))
    found = Stranger(client).tap("项目").tap("三巷路灯")
    assert found.taps == 2
    for word in ("已归档", "评议", "确定", "备案", "验收", "48.65 万元"):
        assert word in found.said


def test_where_last_years_money_went(street: Street, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    street.archived()
    stop_the_clock(monkeypatch, on("2022-03-01"))
    found = Stranger(client).tap("去年的钱花到哪里了")
    assert found.taps == 1
    assert "这一年共有 200 万元 已答应给项目 48.65 万元 还剩 151.35 万元" in found.said
    assert "钱给的项目办得怎样 已办成 48.65 万元 100%" in found.said
    assert "三巷路灯" in found.said
    story = found.tap("三巷路灯")
    assert story.taps == 2
    assert "已归档" in story.said


def test_the_three_answers_in_english(street: Street, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    street.archived()
    stop_the_clock(monkeypatch, on("2022-03-01"))
    in_english(client)
    assert "Carried through 486,500 yuan" in Stranger(client).tap("Where last year").said
    assert Stranger(client).tap("Projects", "三巷路灯").taps == 2
    assert "Notices" in Stranger(client).tap("南山区", "Notices you can speak up on now").said


def test_a_districts_line_is_said_apart_from_what_its_communities_have(street: Street, client: Client) -> None:
    from linli.records.funds.services import set_envelope
    from tests.world import DISTRICT, place

    set_envelope(
        place=place(DISTRICT),
        year=2021,
        amount_fen=24_000_000_000,
        source="演示·区级",
        dedicated=True,
        approved=True,
        by=street.team.finance,
        at=on("2021-01-05"),
    )
    said = words(client.get(f"/money/{DISTRICT}/"))
    assert "这一年共有 200 万元" in said
    assert "本级另列 24,000 万元，没有算进这个合计。" in said
    assert "今年资金 200 万元" in words(client.get(f"/c/{DISTRICT}/"))
