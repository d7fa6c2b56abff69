"""The archive of a finished project leaves the house as one zip, and a stranger with nothing but Python can check it."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from pypdf import PdfReader

from linli.records.cases.models import Case
from linli.records.needs.events import ImportLeft
from linli.records.reports.archive import archive_package, package
from linli.records.reports.story import Story
from linli.records.trail.services import record
from linli.rules.proof import verifier
from tests.journeys import test_need_to_archive as whole_life
from tests.journeys.steps import on

# The mark has the database made; the fixture below lives in a transaction of its own.
pytestmark = pytest.mark.django_db

NOW = "2021-12-20"


@dataclass(frozen=True)
class Packages:
    """What a stranger and what the community's secretary take home, and names that must not leave the house."""

    public: bytes
    again: bytes
    staff: bytes
    code: str
    residents: tuple[str, ...]


@pytest.fixture(scope="module")
def packages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Packages]:
    """One whole life, packed three times; the database forgets it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        life = whole_life.Life()
        whole_life.test_a_need_becomes_an_archived_project(life)
        public, again, staff = (
            archive_package(case=life.case, reader=reader, at=on(NOW)).read() for reader in (None, None, life.team.secretary)
        )
        nobody_waits(life.case)
        acts_meanwhile(life.case)
        yield Packages(public, again, staff, life.case.code, (life.wang.name, life.tied.name))
        transaction.set_rollback(True)


def nobody_waits(case: Case) -> None:
    """No transaction of the package is open while papers are set and files read."""
    around, seen = len(connection.savepoint_ids), []

    def watched(work: Callable[..., bytes]) -> Callable[..., bytes]:
        def done(*said: Any) -> bytes:
            seen.append(len(connection.savepoint_ids))
            return work(*said)

        return done

    with (
        mock.patch.object(package, "press", watched(package.press)),
        mock.patch.object(package, "read_file", watched(package.read_file)),
    ):
        archive_package(case=case, reader=None, at=on(NOW)).close()
    assert set(seen) == {around} and len(seen) > 3


def acts_meanwhile(case: Case) -> None:
    """What is done while the story is read is in the story and under the seal."""
    told, story = [], package.story

    def slow(*said: Any) -> Story:
        told.append(story(*said))
        if len(told) == 2:
            record(ImportLeft(rows_in=7), stream=case.place_id, subject=case.subject, by="system", at=on(NOW))
        return told[-1]

    with mock.patch.object(package, "story", slow):
        files = _files(archive_package(case=case, reader=None, at=on(NOW)).read())
    assert len(told) == 3
    kinds = [json.loads(line)["kind"] for line in files["trail/proofs.jsonl"].splitlines()]
    assert kinds.count("needs.import_left") == 1


def _checked_alone(package: bytes, folder: Path) -> tuple[int, str]:
    """By the verifier as an outsider runs it: one file, another folder, nothing of ours on the path."""
    path, program = folder / "package.zip", folder / "verifier.py"
    path.write_bytes(package)
    program.write_bytes(Path(verifier.__file__).read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(path)], capture_output=True, text=True, check=False, cwd=folder
    )
    return done.returncode, done.stdout + done.stderr


def _changed(package: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def _files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.requirement("S0-87", how="kept")
def test_the_package_tells_the_whole_life_and_proves_itself(packages: Packages, tmp_path: Path) -> None:
    package = packages.public
    files = _files(package)
    index = json.loads(files["index.json"])
    assert [act["act"] for act in index["acts"]][:3] == ["design", "select", "submit_for_evaluation"]
    assert index["acts"][-1]["act"] == "archive"
    assert all(act["clause"] for act in index["acts"])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["index.pdf"])).pages)
    assert packages.code in text
    assert {name for name in files if name.startswith("forms/project_plan")}
    code, said = _checked_alone(package, tmp_path)
    assert (code, "全部相符" in said, "清单一致" in said) == (0, True, True)


@pytest.mark.parametrize("name", ["index.pdf", "index.json"])
def test_a_changed_file_is_named(packages: Packages, tmp_path: Path, name: str) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[name] = files[name].replace(b"a", b"b", 1)

    code, said = _checked_alone(_changed(packages.public, change), tmp_path)
    assert code == 1
    assert name in said


def test_a_file_slipped_in_is_named(packages: Packages, tmp_path: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        files["files/original/extra.txt"] = b"not ours"

    code, said = _checked_alone(_changed(packages.public, change), tmp_path)
    assert (code, "files/original/extra.txt" in said) == (1, True)


def test_what_a_paper_says_cannot_differ_from_what_was_sealed(packages: Packages, tmp_path: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        lines = files["trail/openings.jsonl"].decode().splitlines()
        opened = [json.loads(line) for line in lines]
        fact = next(each for each in opened if each["value"].get("slot") == "evaluation")
        fact["value"]["facts"]["approve_share"] = "1"
        files["trail/openings.jsonl"] = "\n".join(json.dumps(each) for each in opened).encode()

    code, said = _checked_alone(_changed(packages.public, change), tmp_path)
    assert (code, "材料与封存的记录不符" in said) == (1, True)


def test_the_public_package_names_no_resident_and_holds_no_staff_paper(packages: Packages) -> None:
    public = _files(packages.public)
    everything = b"".join(content for name, content in public.items() if not name.endswith((".pdf", ".png", ".jpg"))).decode()
    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(public["index.pdf"])).pages)
    for name in packages.residents:
        assert name not in everything
        assert name not in pages


def test_the_same_case_gives_the_same_package(packages: Packages) -> None:
    assert packages.again == packages.public
