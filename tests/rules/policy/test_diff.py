"""A change of rules, said in words."""

from datetime import date
from pathlib import Path

import pytest

from linli.rules.policy.diff import Side, changes
from linli.rules.policy.load import load_packs
from tests.real_packs import real_packs

RULES = load_packs(Path(__file__).parent / "good").rules("lower")
PACKS = real_packs()


def said(before: Side, after: Side, language: str) -> list[str]:
    return [change.in_language(language) for change in changes(before, after)]


def test_what_a_day_changes_in_chinese() -> None:
    assert said(Side(RULES, date(2020, 6, 1)), Side(RULES, date(2021, 6, 1)), "zh") == [
        "金额上限（服务类）：1,000 元 → 800 元（T1 §1）",
        "小事：新增状态“已查看”",
        "小事：新增状态“先办”",
        "小事：新增步骤“现场查看”（T1 §2）",
        "小事：新增步骤“先办”（T1 §3）",
        "小事：“同意”的起点：拟议 → 已查看（T0 §1）",
        "小事：“办结”的起点：已同意 → 已同意、先办（T0 §3）",
    ]


def test_what_a_day_changes_in_english() -> None:
    found = said(Side(RULES, date(2020, 6, 1)), Side(RULES, date(2021, 6, 1)), "en")
    assert found[0] == "Ceiling (Service): 1,000 yuan → 800 yuan (T1 §1)"
    assert found[-1] == "Small matter: “Finish” starts from Agreed, Done first, not from Agreed (T0 §3)"


def test_nothing_changes_between_two_days_of_the_same_rules() -> None:
    assert changes(Side(RULES, date(2021, 6, 1)), Side(RULES, date(2022, 6, 1))) == []


def test_nanshan_2019_and_2021() -> None:
    rules = PACKS.rules("nanshan")
    found = said(Side(rules, date(2019, 1, 1)), Side(rules, date(2021, 1, 1)), "zh")
    assert "单项资金上限（服务类）：20 万元 → 50 万元（S1 ¶6）" in found
    assert "单项资金上限（工程类）：50 万元 → 100 万元（S1 ¶6）" in found
    assert not any("单项资金上限（货物类）" in line for line in found)


def test_two_packs_over_all_time() -> None:
    found = said(Side(PACKS.rules("shenzhen")), Side(PACKS.rules("nanshan")), "zh")
    assert "自2017年1月1日起，单项资金上限（服务类）：没有规定 → 20 万元（S1 ¶6.1）" in found


@pytest.mark.parametrize("before", sorted(PACKS.packs))
@pytest.mark.parametrize("after", sorted(PACKS.packs))
def test_any_two_packs_can_be_compared(before: str, after: str) -> None:
    found = said(Side(PACKS.rules(before)), Side(PACKS.rules(after)), "zh")
    assert (found == []) == (before == after)


def test_what_the_other_pack_has_no_value_for_is_said_once() -> None:
    found = said(Side(PACKS.rules("jinjiang")), Side(PACKS.rules("nanchong")), "zh")
    assert [line for line in found if "名额一次增减数" in line] == ["不再有数值“名额一次增减数”"]
