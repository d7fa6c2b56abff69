"""A place sees that the files of its rules say more than it adopted, what changes, and adopts the new edition from a day on."""

import shutil
from pathlib import Path

import pytest
from django.conf import LazySettings

from linli.records.rulebook.models import Adoption
from linli.web.shared import clock
from tests.journeys.steps import on
from tests.web.desk.cases.office import Clock, Desk
from tests.world import DISTRICT, build

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).resolve().parents[4] / "packs"
WRITTEN, EDITED = "works: 1000000", "works: 900000"
PAGE = f"/desk/packs/nanshan/at/{DISTRICT}/"


def test_a_new_edition_is_read_compared_and_adopted(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = build()
    monkeypatch.setattr(clock, "now", Clock(on("2021-04-20")))
    desk = Desk(cast.civil).open("/desk/packs/")
    assert "还没有采用" not in desk.text
    assert "不用办" in desk.open(PAGE).text

    shutil.copytree(PACKS, tmp_path / "packs")
    file = next(each for each in (tmp_path / "packs/nanshan/parameters").glob("*.yaml") if WRITTEN in each.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace(WRITTEN, EDITED), "utf-8")
    settings.PACKS = tmp_path / "packs"
    desk.open("/desk/packs/").click("看改了什么")
    assert "1 处不同" in desk.text

    desk.send(status=422, since="2021-04-19")
    assert Adoption.objects.count() == 1
    desk.open(PAGE).send(since="2021-05-01")
    assert "还没有采用" not in desk.text
    assert Adoption.objects.latest("pk").since.isoformat() == "2021-05-01"
    Desk(cast.finance).open(PAGE, status=403)
    Desk(cast.secretary).open(PAGE, status=404)
    Desk(cast.resident).open(PAGE, status=404)
