"""Choosing the best of many: ranking, places, quotas, ties; and what a grade does to next year's places."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from linli.rules.plain.texts import Text
from linli.rules.policy.choosing import Candidate, Choice, choose, next_change, next_places
from linli.rules.policy.errors import PackErrors
from linli.rules.policy.load import load_packs
from linli.rules.policy.models import Quota

GOOD = Path(__file__).parent / "good"
QUOTA = Quota("towns", Text("名额", "Places"), "subdistrict", "places", "step", "card", ("district.office",), ("good",), ("bad",))


def of(*said: tuple[str, int | str, str]) -> list[Candidate]:
    return [Candidate(id, Fraction(score), part) for id, score, part in said]


def test_the_best_are_taken_best_first_however_they_were_handed_in() -> None:
    assert choose(of(("c", 70, ""), ("a", 90, ""), ("b", 80, "")), 2) == Choice(("a", "b"))


def test_no_limit_takes_everybody() -> None:
    assert choose(of(("a", 90, ""), ("b", 80, "")), None).chosen == ("a", "b")


def test_no_places_take_nobody() -> None:
    assert choose(of(("a", 90, "")), 0) == Choice(())


def test_a_tie_at_the_last_place_is_named_and_not_broken() -> None:
    assert choose(of(("b", 80, ""), ("a", 90, ""), ("c", 80, "")), 2) == Choice(("a",), ("b", "c"), 1)


def test_a_tie_that_fits_is_no_tie() -> None:
    assert choose(of(("b", 80, ""), ("a", 90, ""), ("c", 80, "")), 3) == Choice(("a", "b", "c"))


def test_scores_are_compared_exactly() -> None:
    third = "1/3"
    assert choose(of(("a", third, ""), ("b", "0.333333333333333", "")), 1) == Choice(("a",))


def test_a_part_over_its_quota_gives_way_to_its_neighbour() -> None:
    assert choose(of(("a", 90, "x"), ("b", 80, "x"), ("c", 70, "y")), 2, {"x": 1}) == Choice(("a", "c"), over_quota=("b",))


def test_a_tie_inside_one_quota_leaves_the_others_of_that_score_alone() -> None:
    found = choose(of(("a", 90, "x"), ("b", 90, "x"), ("c", 90, "y")), 3, {"x": 1})
    assert found == Choice(("c",), ("a", "b"), 1)


def test_what_a_tie_leaves_is_never_more_than_the_places() -> None:
    found = choose(of(("a", 90, "x"), ("b", 90, "x"), ("c", 90, "x"), ("d", 95, "y")), 2, {"x": 2})
    assert found == Choice(("d",), ("a", "b", "c"), 1)


def test_a_grade_gives_more_or_fewer_places_or_the_same() -> None:
    assert [next_change(QUOTA, grade) for grade in ("good", "bad", "middling")] == ["more", "fewer", "same"]
    assert [next_places(2, 1, "more"), next_places(2, 1, "fewer"), next_places(2, 1, "same")] == [3, 1, 2]


def test_a_place_nobody_has_graded_keeps_no_answer() -> None:
    assert next_change(QUOTA, "") is None


def test_there_are_never_fewer_places_than_none() -> None:
    assert next_places(1, 3, "fewer") == 0


# ── what a pack writes about it ─────────────────────────────────────────────────────────────────────────────────────

SELECTION = """
best:
  title: {zh: 遴选, en: Choice}
  procedure: matter
  candidates: {procedure: matter, state: STATE}
  rank_by: card
  places: report_due
  ties: {decided_by: [district.office]}
  clause: T0 §1
"""
CARD = "card: {title: {zh: 评分, en: Score}, items: {worth: {title: {zh: 价值, en: Worth}}}, clause: T0 §1}\n"


def packs(folder: Path, path: str, text: str) -> Path:
    shutil.copytree(GOOD, folder / "packs")
    (folder / "packs" / "upper" / "scorecards").mkdir()
    (folder / "packs" / "upper" / "scorecards" / "all.yaml").write_text(CARD, encoding="utf-8")
    target = folder / "packs" / "upper" / path
    target.write_text((target.read_text(encoding="utf-8") if target.exists() else "") + text, encoding="utf-8")
    return folder / "packs"


def said_of(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(PackErrors) as raised:
        load_packs(folder)
    return [(error.kind, error.reason.en) for error in raised.value.errors]


def test_a_selection_is_read_as_written(tmp_path: Path) -> None:
    rules = load_packs(packs(tmp_path, "selections.yaml", SELECTION.replace("STATE", "draft"))).rules("lower")
    selection = rules.selections(rules.days_of_change()[-1])["best"]
    assert (selection.candidates, selection.places, selection.ties_decided_by) == (
        ("matter", "draft"),
        "report_due",
        ("district.office",),
    )
    assert (selection.clause, selection.ties_clause) == ("T0 §1", "T0 §1")


def test_candidates_stand_in_a_state_that_exists(tmp_path: Path) -> None:
    found = said_of(packs(tmp_path, "selections.yaml", SELECTION.replace("STATE", "scored")))
    assert [kind for kind, _ in found] == ["unknown_reference"]
    assert "scored" in found[0][1]


def test_a_quota_knows_only_grades_that_somebody_gives(tmp_path: Path) -> None:
    quota = (
        "towns: {title: {zh: 名额, en: Places}, per: district, places: report_due, step: report_due, graded_by: card, "
        "more: [splendid], decided_by: [district.office], clause: T0 §1}\n"
    )
    found = said_of(packs(tmp_path, "quotas.yaml", quota))
    assert [kind for kind, _ in found] == ["unknown_reference"]
    assert "splendid" in found[0][1]


def test_an_obligation_lasts_while_a_matter_is_in_a_stage_that_exists(tmp_path: Path) -> None:
    def written(stage: str) -> str:
        return (
            f"visit: {{title: {{zh: 走访, en: Visit}}, by: [district.office], for_each: {{level: district}}, every: month, "
            f"while: {{procedure: matter, stages: [{stage}]}}, clause: T0 §4}}\n"
        )

    rules = load_packs(packs(tmp_path / "good", "obligations.yaml", written("after"))).rules("upper")
    visit = rules.obligation("visit", rules.days_of_change()[-1])
    assert (visit.while_procedure, visit.while_stages) == ("matter", ("after",))
    found = said_of(packs(tmp_path / "bad", "obligations.yaml", written("later")))
    assert [kind for kind, _ in found] == ["unknown_reference"]


def test_a_pack_says_what_its_offices_are_called(tmp_path: Path) -> None:
    titles = "office_titles: {district.office: {zh: 县办, en: County office}}\n"
    rules = load_packs(packs(tmp_path / "good", "pack.yaml", titles)).rules("lower")
    assert rules.office_title("district.office") == Text("县办", "County office")
    assert rules.office_title("community.committee") == rules.vocabulary.office_title("community.committee")
    found = said_of(packs(tmp_path / "bad", "pack.yaml", titles.replace("district.office:", "district.bureau:")))
    assert [kind for kind, _ in found] == ["unknown_office"]
