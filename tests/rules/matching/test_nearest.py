"""Similar needs are suggested: same thing, other words; never decided."""

import random
import time

import pytest

from linli.rules.matching.nearest import FLOOR, Index, index_of
from linli.rules.matching.words import common_synonyms, pieces, plain, read_synonyms

NEEDS = [
    ("lamp", "3栋楼道照明灯坏了,晚上太暗"),
    ("charging", "小区门口加装电动车充电棚"),
    ("ramp", "社区广场台阶改成无障碍坡道"),
    ("canteen", "希望开办长者饭堂,解决老人吃饭问题"),
    ("bin", "垃圾桶太少,异味重"),
    ("water", "下雨天南门路面积水严重"),
    ("summer", "暑假孩子没人照看,想办托管班"),
]


@pytest.fixture
def index() -> Index[str]:
    return index_of(NEEDS)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("三号楼楼梯间的路灯不亮了", "lamp"),
        ("电瓶车没地方充电", "charging"),
        ("老年人食堂", "canteen"),
        ("垃圾箱旁边臭味大", "bin"),
        ("南门一下雨就水浸", "water"),
        ("暑期小朋友托管", "summer"),
        ("轮椅上不去,要个斜坡", "ramp"),
    ],
)
def test_the_same_wish_in_other_words_is_found_first(index: Index[str], asked: str, found: str) -> None:
    assert index.nearest(asked)[0].key == found


def test_something_else_altogether_finds_nothing(index: Index[str]) -> None:
    assert index.nearest("希望举办羽毛球比赛") == []
    assert index.nearest("希望解决停车难") == []


def test_an_empty_text_finds_nothing_and_an_empty_index_too(index: Index[str]) -> None:
    assert index.nearest("  !? ") == []
    assert index.nearest("希望解决一下") == []
    assert Index[str]().nearest("路灯") == []


def test_the_same_text_is_alike_by_one(index: Index[str]) -> None:
    assert index.nearest(NEEDS[0][1])[0].likeness == 1.0


def test_width_case_and_punctuation_do_not_count() -> None:
    assert plain("ＡＢ 3栋,路灯!") == "ab3栋路灯"


def test_no_more_than_asked_for_and_none_below_the_floor() -> None:
    index = index_of([(n, f"路灯坏了{n}") for n in range(20)])
    matches = index.nearest("路灯坏了")
    assert len(matches) == 5
    assert all(match.likeness >= FLOOR for match in matches)
    assert [match.likeness for match in matches] == sorted((match.likeness for match in matches), reverse=True)


def test_a_need_is_not_suggested_to_itself(index: Index[str]) -> None:
    assert "lamp" not in [match.key for match in index.nearest(NEEDS[0][1], apart_from={"lamp"})]


def test_it_says_which_pieces_both_share(index: Index[str]) -> None:
    assert "楼道" in index.nearest("楼道路灯")[0].shared


def test_what_is_added_later_is_found_with_the_same_weights_as_from_the_start(index: Index[str]) -> None:
    index.nearest("路灯")
    index.add("bench", "河边加装休息长椅")
    assert index.nearest("河边加两张凳子") == index_of([*NEEDS, ("bench", "河边加装休息长椅")]).nearest("河边加两张凳子")


def test_longer_words_win_over_shorter() -> None:
    assert common_synonyms().unified("楼梯间") == "楼道"
    assert common_synonyms().unified("飞线充电") == "飞线"


@pytest.mark.parametrize("bad", ["路灯: 灯", "- 路灯", "- [路灯]"])
def test_a_list_of_synonyms_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="list of lists"):
        read_synonyms(bad)


def test_a_place_can_bring_its_own_words() -> None:
    own = read_synonyms("- [骑楼, 五脚基]")
    assert index_of([("arcade", "骑楼漏水")], own).nearest("五脚基")[0].key == "arcade"


def test_pieces_are_single_characters_and_pairs() -> None:
    assert pieces("路灯灯") == {"路": 1, "灯": 2, "路灯": 1, "灯灯": 1}


def test_five_thousand_candidates_are_compared_in_under_twenty_milliseconds() -> None:
    draw = random.Random(3)
    words = "路灯 充电桩 楼道 坏了 希望 加装 老人 小区 门口 广场 停车 垃圾桶 异味 积水 栋 太暗 修 的 了".split()  # noqa: SIM905
    index = index_of((n, "".join(draw.choices(words, k=9)) + str(n)) for n in range(5000))
    index.nearest("路灯")
    spent = []
    for _ in range(5):
        began = time.process_time()
        index.nearest("希望在小区门口加装电动车充电桩,老人楼道的路灯也坏了")
        spent.append(time.process_time() - began)
    assert min(spent) < 0.02
