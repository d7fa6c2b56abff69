"""Packs on the command line."""

import shutil
from pathlib import Path

import pytest

from linli.commands.main import main
from linli.rules.policy.load import load_packs

GOOD = str(Path(__file__).parents[1] / "rules" / "policy" / "good")
PACKS = Path(__file__).parents[2] / "packs"


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", "--folder", GOOD, "--language", "en"]) == 0
    assert lines(capsys) == ["2 packs, 7 clauses; 0 mistakes, 0 notes."]


def test_check_fails_on_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sources.yaml").write_text("{}\n")
    assert main(["pack", "check", "--folder", str(tmp_path)]) == 1
    assert "vocabulary/levels.yaml:1: 缺少文件 vocabulary/levels.yaml。 补上这个文件。" in lines(capsys)


def test_show_a_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "show", "lower", "parameter:cap", "--folder", GOOD]) == 0
    assert lines(capsys) == [
        "金额上限  cap  [yuan]",
        "  2020-01-01  service  1,000 元  T0 §2  upper",
        "  2020-01-01  works  1,000 元  T0 §2  upper",
        "  2021-01-01  service  800 元  T1 §1  lower",
    ]


def test_show_an_unknown_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "show", "middle", "--folder", GOOD]) == 2
    assert lines(capsys) == ["没有规则包“middle”。有：lower, upper。"]


def test_diff_of_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "diff", "lower@2020-06-01", "lower@2021-06-01", "--folder", GOOD, "--language", "en"]) == 0
    assert lines(capsys)[0] == "· Ceiling (Service): 1,000 yuan → 800 yuan (T1 §1)"


def test_diff_of_a_folder_and_a_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "diff", "lower", f"{GOOD}/lower", "--folder", GOOD]) == 0
    assert lines(capsys) == ["两者没有差别。"]


def test_diff_with_something_that_is_no_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "diff", "lower", "middle", "--folder", GOOD, "--language", "en"]) == 2


def test_cases_that_come_out_as_expected_and_one_that_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = tmp_path / "lower" / "cases"
    cases.mkdir(parents=True)
    for path in (Path(GOOD) / "lower").rglob("*.yaml"):
        target = tmp_path / "lower" / path.relative_to(Path(GOOD) / "lower")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text())
    (cases / "caps.yaml").write_text(
        "_bases:\n  cap: {kind: value, parameter: cap, key: service, day: 2021-06-01}\n"
        "right: {like: cap, expect: {value: 800, clause: T1 §1}}\n"
        "wrong: {like: cap, expect: {value: 900}}\n"
    )
    assert main(["pack", "cases", "lower", "--folder", GOOD, "--draft", str(tmp_path), "--language", "en"]) == 1
    assert lines(capsys) == [
        "lower/cases/caps.yaml:4: wrong",
        "  value: expected 90000, got 80000",
        "2 cases, 1 not as expected.",
    ]


def test_a_pack_that_stands_alone_is_a_whole_example_that_passes_its_check_and_its_cases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(PACKS, tmp_path / "packs")
    folder = str(tmp_path / "packs")
    assert main(["pack", "new", "town", "--folder", folder, "--language", "en"]) == 0
    assert main(["pack", "check", "--folder", folder, "--language", "en"]) == 0
    assert main(["pack", "cases", "town", "--folder", folder, "--language", "en"]) == 0
    assert lines(capsys)[-1] == "5 cases, 0 not as expected."
    made = {path.name if path.parent.name == "town" else path.parent.name for path in (tmp_path / "packs/town").rglob("*.yaml")}
    wanted = {"registers", "scorecards", "sessions", "bodies", "texts.yaml", "obligations.yaml", "responsibilities.yaml"}
    assert wanted | {"selections.yaml", "procedures", "forms", "checklists", "catalogues", "parameters", "cases"} <= made


def test_a_new_pack_loads_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "new", "town", "--folder", str(tmp_path), "--level", "district", "--extends", "upper"]) == 0
    assert main(["pack", "new", "town", "--folder", str(tmp_path)]) == 2
    assert "town" in load_packs(Path(GOOD), draft=tmp_path / "town").packs
