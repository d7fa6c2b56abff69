"""What is dear to count is held for a moment; what is cheap, or is one reader's own, never for long."""

from collections.abc import Iterator

import pytest

from linli.web.shared import counting


class Time:
    """A clock that each counting moves on."""

    def __init__(self) -> None:
        self.now, self.counted = 0.0, 0

    def count(self, seconds: float) -> int:
        self.now, self.counted = self.now + seconds, self.counted + 1
        return self.counted


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Time]:
    settings.HOLD_FIGURES = True
    made = Time()
    monkeypatch.setattr(counting, "monotonic", lambda: made.now)
    counting.forget()
    yield made
    counting.forget()


def test_half_a_second_is_held_for_fifty(time: Time) -> None:
    assert counting.held("projects", lambda: time.count(0.5)) == 1
    time.now += 49.9
    assert counting.held("projects", lambda: time.count(0.5)) == 1
    time.now += 0.2
    assert counting.held("projects", lambda: time.count(0.5)) == 2


def test_a_millisecond_is_held_for_a_tenth_of_a_second(time: Time) -> None:
    assert counting.held("needs", lambda: time.count(0.001)) == 1
    time.now += 0.11
    assert counting.held("needs", lambda: time.count(0.001)) == 2


def test_nothing_is_held_longer_than_a_minute(time: Time) -> None:
    counting.held("all", lambda: time.count(30))
    time.now += 60.1
    assert counting.held("all", lambda: time.count(30)) == 2


def test_figures_of_one_reader_are_counted_for_each(time: Time) -> None:
    assert [counting.held("own", lambda: time.count(9), public=False) for _ in range(2)] == [1, 2]


def test_figures_about_different_things_are_kept_apart(time: Time) -> None:
    assert [counting.held(key, lambda: time.count(9)) for key in ("a", "b", "a")] == [1, 2, 1]
