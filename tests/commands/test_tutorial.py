"""The tutorial's pack, built from the page itself: what a reader types loads, decides, and every example comes out."""

import re
import shutil
from pathlib import Path

import pytest

from linli.commands.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial" / "first-pack.md"
BLOCK = re.compile(r"^`packs/(?P<name>[^`]+)`\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def written(folder: Path) -> None:
    """Every block of the page as the file it names; the register of sources is added to, not replaced."""
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        path = folder / block["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.name == "sources.yaml" else ""
        path.write_text(before + block["text"], encoding="utf-8")


def test_a_reader_who_types_the_page_has_a_sixth_pack_that_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(ROOT / "packs", packs)
    written(packs)

    # The digest is left empty on the page; the check names it, and nothing else is wrong.
    assert main(["pack", "check", "--folder", str(packs), "--language", "en"]) == 1
    complaints = capsys.readouterr().out.splitlines()[:-1]
    (digest,) = [found[0] for line in complaints if (found := re.findall(r"[0-9a-f]{64}", line))]
    assert len(complaints) == 1, complaints
    sources = packs / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace('sha256: ""', f"sha256: {digest}"), encoding="utf-8")

    assert main(["pack", "check", "--folder", str(packs), "--language", "en"]) == 0
    assert main(["pack", "cases", "xinan", "--folder", str(packs), "--language", "en"]) == 0
    assert "5 cases, 0 not as expected." in capsys.readouterr().out
    assert main(["pack", "show", "xinan", "procedure:lamp", "--folder", str(packs)]) == 0
    assert "楼道灯维修" in capsys.readouterr().out
