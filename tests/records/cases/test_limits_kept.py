"""Which acts still stand when something is filed later."""

from linli.records.cases.services.limits_kept import _still_standing
from linli.records.rulebook.models import Step


def steps(*taken: tuple[str, str, str]) -> list[Step]:
    rows = enumerate(taken, start=1)
    return [Step(number=number, act=act, from_state=before, to_state=after, moved=True) for number, (act, before, after) in rows]


def standing(*taken: tuple[str, str, str]) -> list[str]:
    return [step.act for step in _still_standing(steps(*taken))]


START, FINISH, REWORK = ("start", "filed", "running"), ("finish", "running", "finished"), ("rework", "finished", "running")


def test_what_was_taken_stands_until_the_matter_comes_to_it_again() -> None:
    assert standing(START) == ["start"]
    assert standing(START, FINISH) == ["start", "finish"]
    # Sent back: the end is decided anew, the beginning is not.
    assert standing(START, FINISH, REWORK) == ["start", "rework"]
    assert standing(START, FINISH, REWORK, FINISH) == ["start", "finish"]


def test_a_signature_that_moved_nothing_is_no_act_taken() -> None:
    waiting = Step(number=1, act="start", from_state="filed", to_state="filed", moved=False)
    assert _still_standing([waiting]) == []
