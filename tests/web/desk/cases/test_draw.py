"""On the board: a draw announced, read by everybody before and after; the results written as next year's places."""

from datetime import date

import pytest

from linli.records.rounds.models import Draw
from linli.records.rulebook.models import LocalSetting
from linli.records.trail.services import take_checkpoint
from tests.pilots import TOWNS, Jinjiang, on
from tests.records.rounds.test_round import Round
from tests.web.desk.cases.office import Clock, Desk


@pytest.fixture
def jinjiang(db: None, time: Clock) -> Jinjiang:
    made = Jinjiang(villages=14)
    made.weigh()
    return made


@pytest.mark.requirement("S2-54", how="shown")
def test_a_draw_is_announced_on_the_board_and_its_seed_and_numbers_are_public(jinjiang: Jinjiang, time: Clock) -> None:
    round_ = Round(jinjiang, [100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 89])
    board, public = f"/desk/rounds/{round_.call.code}/", f"/rounds/{round_.call.code}/"
    civil, resident = Desk(jinjiang.civil[1]), Desk(jinjiang.resident(jinjiang.villages[12]))
    time.at = on("2023-03-25")
    civil.open(board).send(board, do="rank")
    resident.open(public, status=404)
    civil.open(board).send(board, status=422, do="announce", held_from="明天", why="演示·四项都一样")
    assert "请填写以后的一天" in civil.text
    assert "演示·四项都一样" in civil.text
    civil.send(board, status=422, do="announce", held_from="2023-03-28", why="")
    assert "请写明为什么用抽签" in civil.text
    civil.send(board, do="announce", held_from="2023-03-28", why="演示·四项都一样")
    assert "抽签已公布" in civil.text
    assert not civil.has_button("这样决定")

    # Everybody reads the announcement; the ranking itself is not public yet.
    resident.open(public)
    assert "2 个候选同分，剩 1 个名额，抽签决定。演示·四项都一样" in resident.text
    assert "公布时谁也不知道" in resident.text
    assert "结果还没公布" in resident.text
    assert "得分 100" not in resident.text
    civil.open(board).send(board, status=409, do="lots")
    assert "检查点还没有生成" in civil.text

    take_checkpoint(at=on("2023-03-28"))
    time.at = on("2023-03-28", 11)
    civil.open(board).send(board, do="lots")
    draw = Draw.objects.get()
    resident.open(public)
    assert draw.seed in resident.html
    for place, (case, number) in enumerate(draw.lots):
        drawn = " 抽中" if place < draw.left else ""
        assert f"{case.code} {case.place.short_name} {case.title}{drawn} {number}" in resident.text
    assert f"按2023年3月25日公布的抽签决定，种子是存证第 {draw.checkpoint} 号检查点" in civil.open(board).text


@pytest.mark.requirement("S2-47", "S2-48", how="shown")
def test_next_years_places_are_written_from_the_board_by_civil_affairs_alone(jinjiang: Jinjiang, time: Clock) -> None:
    round_ = Round(jinjiang, [100, 99, 98])
    civil = jinjiang.civil[0]
    jinjiang.set("quota_step", "1")
    for code, grade in zip((code for code, _ in TOWNS), ("marked", "ordinary", "poor"), strict=True):
        jinjiang.set("town_quota", "2", at="2023-03-12", code=code)
        jinjiang.grade_town(code, grade, raters=[civil], at=on("2023-12-22"))
    board = f"/desk/rounds/{round_.call.code}/"
    time.at = on("2023-12-25")
    Desk(jinjiang.finance).open(board).send(board, status=403, do="next")
    desk = Desk(civil)
    desk.open(board).send(board, do="next")
    assert "来年名额已写进各地的设定" in desk.text
    assert "安海镇 · 2024年1月1日(周一)起 3 个" in desk.text
    assert not desk.has_button("写成来年名额")
    rows = LocalSetting.objects.filter(parameter="town_quota", since=date(2024, 1, 1)).order_by("place")
    assert [(row.place_id, row.value) for row in rows] == [(TOWNS[0][0], "3"), (TOWNS[2][0], "1")]
