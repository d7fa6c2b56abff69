"""What may not stand anywhere in the project: machine paths, registry hosts; and in code: the name of a regulation."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATHS = re.compile(r"(?<![\w.-])/(?:work|root|home)/[a-z]|(?:pypi|pythonhosted|npmjs|debian)\.org", re.IGNORECASE)


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [ROOT / name for name in listed if Path(name).suffix not in {".png", ".csv", ".otf"}]


def test_nothing_names_a_machine_or_a_registry() -> None:
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in _tracked()
        if path != Path(__file__)
        and path.is_file()
        and (match := _PATHS.search(path.read_text(encoding="utf-8", errors="ignore")))
    }
    assert found == {}


def test_rules_and_records_know_no_regulation_and_no_place_by_name() -> None:
    names = re.compile("|".join(path.name for path in (ROOT / "packs").iterdir() if (path / "pack.yaml").exists()), re.IGNORECASE)
    chinese = re.compile("深圳|南山|晋江|南充|吉林|民生微实事")
    files = [
        *(ROOT / "linli" / "rules").rglob("*.py"),
        *(ROOT / "linli" / "records").rglob("*.py"),
        *(ROOT / "linli" / "web").rglob("*.py"),
    ]
    found = {
        f"{path.relative_to(ROOT)}:{number}": line.strip()
        for path in files
        if "migrations" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if names.search(line) or chinese.search(line)
    }
    assert found == {}
