"""A made-up pack laid over the real ones, for what the real ones do not have: joint acts and stops."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from linli.records.rulebook.services import adopt_pack
from tests.records.rulebook import world

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def probe_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("probe") / "packs"
    shutil.copytree(settings.PACKS, folder)
    shutil.copytree(HERE / "probe", folder / "probe")
    return folder


@pytest.fixture
def probe(db: None, settings: object, probe_folder: Path) -> Iterator[world.Cast]:
    settings.PACKS = probe_folder  # type: ignore[attr-defined]
    cast = world.build()
    street = world.place(world.SUBDISTRICT)
    adopt_pack(place=street, pack="probe", since=date(2018, 1, 1), by="system", at=world.at(2018, 1, 1))
    yield cast
