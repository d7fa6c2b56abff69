"""A secret nobody set is made once, whole, and readable by its owner alone."""

import os
from pathlib import Path

import pytest

from linli.config.secrets import site_secret


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    made = site_secret(tmp_path / "var", "secret-key", "")
    assert len(made) == 64 and site_secret(tmp_path / "var", "secret-key", "") == made
    assert [(file.name, file.stat().st_mode & 0o777) for file in (tmp_path / "var").iterdir()] == [("secret-key", 0o600)]
    assert site_secret(tmp_path, "secret-key", "given") == "given"


def test_whoever_reads_while_it_is_written_finds_none_or_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, sync = [], os.fsync

    def look(handle: int) -> None:
        seen.append((tmp_path / "secret-key").exists())
        sync(handle)

    monkeypatch.setattr(os, "fsync", look)
    made = site_secret(tmp_path, "secret-key", "")
    assert (seen, len(made)) == ([False], 64)


def test_the_secret_of_a_faster_process_is_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: (tmp_path / "secret-key").write_text("theirs"))
    assert site_secret(tmp_path, "secret-key", "") == "theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
