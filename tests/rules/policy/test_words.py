"""What a check asks for is said in the words of its catalogue, not in codes."""

from datetime import date

import pytest

from linli.rules.plain.texts import Text
from linli.rules.policy.words import check_words
from tests.real_packs import real_packs

LIBRARY = real_packs()
TODAY = date(2026, 11, 21)


def said(pack: str, procedure: str, act: str, key: str) -> Text:
    rules = LIBRARY.rules(pack)
    way = rules.procedure(procedure, TODAY)
    (check,) = [check for check in way.acts[act].checks if check.key == key]
    return check_words(check, way, rules, TODAY)


@pytest.mark.parametrize(
    ("procedure", "act", "key", "words"),
    [
        ("accountability", "order_rectification", "accountability.severity", "情节应为情节轻微"),
        ("access_item", "admit", "access_item.share", "归属不属于基层政府直接提供服务"),
        ("delegated_task", "accept", "access_catalogue.share", "准入目录中的事项归属应为村（社区）依法协助政府"),
        ("demonstration_community", "name_city", "demonstration_application.level", "申报级别应为市级"),
    ],
)
def test_a_code_is_called_by_its_title(procedure: str, act: str, key: str, words: str) -> None:
    assert said("nanchong", procedure, act, key).zh == words


def test_a_code_of_no_catalogue_is_left_as_it_is() -> None:
    assert said("nanchong", "talk_round", "reply", "opinions.unanswered").zh == "意见台账·未答复数应为0"
