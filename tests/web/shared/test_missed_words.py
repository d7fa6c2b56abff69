"""The parts of a year somebody let pass, in words."""

import pytest

from linli.web.shared.carried import missed_words


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        (("2026-01", "2026-02", "2026-03"), "1–3月", "Jan–Mar"),
        (("2026-01", "2026-03", "2026-04"), "1月、3–4月", "Jan, Mar–Apr"),
        (("2026-Q2",), "二季度", "Q2"),
        (("2026-Q1", "2026-Q2", "2026-Q3"), "一至三季度", "Q1–Q3"),
        (("2026-H1",), "上半年", "H1"),
        (("2025",), "2025", "2025"),
    ],
)
def test_runs_of_months_and_quarters_are_said_as_one(names: tuple[str, ...], zh: str, en: str) -> None:
    said = missed_words(names)
    assert said is not None and (said.zh, said.en) == (zh, en)


def test_nothing_missed_is_nothing_said() -> None:
    assert missed_words(()) is None
