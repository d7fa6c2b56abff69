"""The page about the format of packs is itself a pack that loads, and its cases come out as written."""

import re
import shutil
from pathlib import Path

import pytest

from linli.rules.policy.cases import load_cases, run_case
from linli.rules.policy.load import check_packs

ROOT = Path(__file__).parents[3]
_BLOCK = re.compile(r"```(?:yaml|text)\n# (\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every example of the page, written to the file it names."""
    shutil.copytree(ROOT / "packs" / "vocabulary", tmp_path / "vocabulary")
    for path, text in _BLOCK.findall((ROOT / "docs" / "reference" / "pack-format.md").read_text(encoding="utf-8")):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path


def test_every_example_of_the_page_loads(folder: Path) -> None:
    library, findings = check_packs(folder)
    assert [error.in_language("en") for error in findings.errors] == []
    assert set(library.packs) == {"town", "lane"}


def test_the_cases_of_the_page_come_out_as_written(folder: Path) -> None:
    library, _ = check_packs(folder)
    results = [run_case(case, library) for case in load_cases(folder, library)]
    assert [result.case.name for result in results if not result.passed] == []
    assert len(results) == 8
