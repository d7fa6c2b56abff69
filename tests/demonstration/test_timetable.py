"""Days, names and the timetable: what makes two builds of the same day the same."""

from datetime import date

from linli.demonstration.days import Clock, Days, moment
from linli.demonstration.names import Names
from linli.demonstration.timetable import Story, Timetable
from linli.rules.plain.days import Calendar

MAY = Days(date(2021, 5, 10), Calendar.of(off=[date(2021, 5, day) for day in (3, 4, 5)], work=[date(2021, 5, 8)]))


def test_working_days_are_counted_back_over_a_holiday() -> None:
    # 10 May is a Monday; the 8th, a Saturday, was worked; the 3rd to the 5th were off.
    assert [MAY.ago(days) for days in (1, 2, 3, 4)] == [date(2021, 5, 8), date(2021, 5, 7), date(2021, 5, 6), date(2021, 4, 30)]
    assert MAY.later(date(2021, 4, 30), 3) == date(2021, 5, 8)


def test_a_clock_only_goes_forward() -> None:
    clock = Clock(MAY, date(2021, 4, 30))
    assert clock.at(9) < clock.after(1) < clock.at(19)
    assert clock.ahead(1, 8) > clock.now


def test_stories_are_told_in_the_order_of_their_moments_and_stop_before_today() -> None:
    told: list[str] = []

    def story(name: str, *days: int) -> Story:
        for day in days:
            yield moment(date(2021, 5, day))
            told.append(f"{name}{day}")

    table = Timetable(MAY.end)
    for each in (story("a", 3, 7, 12), story("b", 3, 5, 10)):
        table.add(each)
    assert table.run() == 4
    assert told == ["a3", "b3", "b5", "a7"]


def test_the_same_seed_gives_the_same_names_and_nobody_has_one_twice() -> None:
    first, second, other = (Names(seed) for seed in (1, 1, 2))
    names = [first.person() for _ in range(300)]
    assert names == [second.person() for _ in range(300)]
    assert names != [other.person() for _ in range(300)]
    assert len(set(names)) == 300
    assert all(name.endswith("（演示）") for name in names)
    assert {len(first.phone()) for _ in range(50)} == {11}
