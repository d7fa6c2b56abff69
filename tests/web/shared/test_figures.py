"""Money, days and shares as people write them."""

import re
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.utils import translation
from django.utils.html import escape

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.web.shared.tags import figures
from linli.web.shared.tags.following import said_under
from linli.web.shared.tags.rules import clause_label, clauses
from linli.web.shared.tags.words import office_titles, said

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def saturday():
    with patch("django.utils.timezone.now", return_value=NOON):
        yield


def test_a_day_of_this_year_has_its_weekday_and_no_year() -> None:
    assert figures.date_zh(date(2026, 11, 21)) == "11月21日(周六)"
    assert figures.date_zh(date(2025, 3, 1)) == "2025年3月1日(周六)"
    assert figures.day_short(date(2026, 11, 24)) == "11月24日"


def test_in_english_too() -> None:
    with translation.override("en"):
        assert figures.date_zh(date(2026, 11, 21)) == "Sat 21 Nov"
        assert figures.date_zh(date(2025, 3, 1)) == "Sat 1 Mar 2025"
        assert figures.day_short("2026-11-24") == "24 Nov"


def test_a_moment_is_told_in_chinese_time() -> None:
    assert figures.moment_zh(datetime(2026, 11, 20, 17, 5, tzinfo=UTC)) == "11月21日(周六) 01:05"


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2026-11-24", "还剩 3 天", "3 days left"),
        ("2026-11-22", "还剩 1 天", "1 day left"),
        ("2026-11-21", "今天截止", "Closes today"),
        ("2026-11-19", "已过 2 天", "2 days ago"),
        ("2019-05-26", "已过 2,736 天", "2,736 days ago"),
    ],
)
def test_days_left_count_the_last_day_in(day: str, zh: str, en: str) -> None:
    assert figures.days_left(day) == zh
    with translation.override("en"):
        assert figures.days_left(day) == en


def test_money() -> None:
    assert figures.wan(48_650_000) == "48.65 万元"
    assert figures.yuan(48_650_000) == "486,500.00"
    assert figures.wan(None) == figures.yuan(None) == "—"
    with translation.override("en"):
        assert figures.wan(48_650_000) == "486,500 yuan"


@pytest.mark.parametrize(("share", "shown"), [("5/6", "83.3%"), ("1/2", "50%"), (0.5, "50%"), ("1", "100%"), (None, "—")])
def test_shares(share: object, shown: str) -> None:
    assert figures.percent(share) == shown


def test_a_text_is_said_in_the_readers_language_and_nothing_is_said_of_nothing() -> None:
    assert said(Text("需求", "need")) == "需求"
    assert said(None) == ""
    with translation.override("en"):
        assert said(Text("需求", "need")) == "need"


def test_an_office_nobody_knows_shows_its_code_so_that_the_gap_is_seen() -> None:
    assert office_titles(["nowhere.nobody"]) == "nowhere.nobody"


def test_clauses_are_called_by_article_or_paragraph() -> None:
    assert clause_label("S9 §3") == "第3条"
    assert clause_label("S9 ¶4.1") == "第4.1段"


def test_a_clause_of_the_register_is_called_as_the_regulation_calls_it() -> None:
    clause, known = next(iter(library().clauses.items()))
    assert clause_label(clause) == known.at.split()[0]
    with translation.override("en"):
        assert clause_label(clause).isascii()


def test_two_sentences_of_one_article_are_one_chip_that_opens_both() -> None:
    """S0 §6.1 and §6.2 are both called 第6条; other articles keep chips of their own."""
    row = clauses(None, ("S0 §6.1", "S0 §4", "S0 §6.2"))
    assert re.findall(r"</span> (\S+)</summary>", row) == ["第6条", "第4条"]
    book = library()
    assert f"{book.clause_title('S0 §6.1').zh}、出入库" in row
    assert all(str(escape(line)) in row for line in book.clause_text("S0 §6.2").splitlines())
    with translation.override("en"):
        assert clauses(None, ("S0 §6.1", "S0 §6.2")).count("<summary") == 2


def test_a_line_under_its_own_heading_does_not_repeat_it() -> None:
    about = Text("项目“路灯”（NS-1）", "project “Lamps” (NS-1)")
    assert said_under(Text("项目“路灯”（NS-1）：开始公示", "project “Lamps” (NS-1): the notice is up"), about) == "开始公示"
    assert said_under(Text("会议“议事会”：会议结束", "meeting “Council”: it is over"), about) == "会议“议事会”：会议结束"
    with translation.override("en"):
        assert said_under(Text("", "project “Lamps” (NS-1): the notice is up"), about) == "The notice is up"
