"""One small broken pack per mistake: the loader says which file, which line, what is wrong and how to mend it.

Each folder of `bad/` holds only the files that differ from `good/`, and what the loader has to say (`expected.json`).
"""

import json
import shutil
from pathlib import Path

import pytest

from linli.rules.plain.texts import Text
from linli.rules.policy.complaints import COMPLAINTS
from linli.rules.policy.errors import PackError, PackErrors
from linli.rules.policy.load import load_packs

HERE = Path(__file__).parent
BAD = sorted(path.name for path in (HERE / "bad").iterdir())


def mistakes(kind: str, folder: Path) -> tuple[PackError, ...]:
    """What the loader says about the good packs with the files of one bad folder laid over them."""
    shutil.copytree(HERE / "good", folder)
    shutil.copytree(HERE / "bad" / kind, folder, dirs_exist_ok=True)
    removed = folder / "removed.txt"
    if removed.exists():
        (folder / removed.read_text().strip()).unlink()
        removed.unlink()
    with pytest.raises(PackErrors) as raised:
        load_packs(folder)
    return raised.value.errors


@pytest.mark.parametrize("kind", BAD)
def test_a_broken_pack_is_refused_with_file_line_reason_and_mend(kind: str, tmp_path: Path) -> None:
    said = json.loads((HERE / "bad" / kind / "expected.json").read_text(encoding="utf-8"))
    expected = PackError(said["file"], said["line"], Text(**said["reason"]), Text(**said["mend"]), kind)
    assert expected in mistakes(kind, tmp_path / "packs")


def test_every_mistake_the_loader_knows_has_a_broken_pack() -> None:
    assert sorted(COMPLAINTS) == BAD


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(HERE / "good", folder)
    for kind in ("unknown_word", "unreachable_state"):
        shutil.copytree(HERE / "bad" / kind, folder, dirs_exist_ok=True)
    (folder / "expected.json").unlink()
    with pytest.raises(PackErrors) as raised:
        load_packs(folder)
    assert {"unknown_word", "unreachable_state"} <= {error.kind for error in raised.value.errors}


def test_the_good_packs_load() -> None:
    library = load_packs(HERE / "good")
    assert list(library.packs) == ["lower", "upper"]
