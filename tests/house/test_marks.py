"""A mark on a test names a real sentence and one of the ways a sentence is carried."""

import pytest

from tests.requirements import HOWS, every_sentence, sentences


def test_every_mark_names_a_sentence_and_how_it_is_carried(request: pytest.FixtureRequest) -> None:
    known = every_sentence()
    wrong = [
        (item.nodeid, mark.args, mark.kwargs)
        for item in request.session.items
        for mark in item.iter_markers("requirement")
        if not mark.args or any(each not in known for each in mark.args) or mark.kwargs.get("how") not in HOWS
    ]
    assert wrong == []


def test_the_list_of_sentences_is_complete() -> None:
    per_regulation = {name: sum(each.startswith(f"{name}-") for each in sentences()) for name in ("S0", "S1", "S2", "S3", "S4")}
    assert set(per_regulation) == {"S0", "S1", "S2", "S3", "S4"}
    assert per_regulation["S0"] > 70
    assert per_regulation["S1"] > 40
