"""An application on paper: a cover that says how many copies, then letter, plan and opinion; and the electronic file."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from tests.journeys.steps import on
from tests.journeys.test_zones import (
    Zone,
    party_committee_and_government_apply_together,
    the_county_writes_its_application,
    the_prefecture_reviews_and_reports,
)
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def zone(db: None, monkeypatch: pytest.MonkeyPatch) -> Zone:
    return Zone(Clock.stopped(monkeypatch, on("2019-07-01")))


def pages(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.requirement("S4-53", "S4-54", how="shown")
def test_the_set_has_a_cover_letter_plan_and_opinion_on_pages_of_their_own(zone: Zone) -> None:
    the_county_writes_its_application(zone)
    early = pages(zone.county.client.get(zone.page("set.pdf")).content)
    assert "市州审核意见还没有填写" in early[0]
    party_committee_and_government_apply_together(zone)
    the_prefecture_reviews_and_reports(zone)

    desk = zone.prefecture.open(zone.page())
    assert desk.link("打印整套申报材料") == zone.page("set.pdf")
    answered = desk.client.get(zone.page("set.pdf"))
    assert (answered.status_code, answered.headers["Content-Type"]) == (200, "application/pdf")
    printed = pages(answered.content)
    cover = printed[0]
    assert "演示·小区议事实验区" in cover
    assert "申报单位（党委、政府）南关区" in cover
    assert "报省民政厅2019-09-30" in cover
    assert "纸质材料一式三份，附电子版" in cover
    assert "2地方申请文件" in cover
    assert "3实验方案第2版，3000字（不少于3000字）" in cover
    assert "4市州审核意见" in cover

    def at(words: str) -> int:
        return next(number for number, text in enumerate(printed) if text.startswith(words) or words in text[:80])

    letter, plan, opinion = at("2.地方申请文件"), at("3.实验方案"), at("4.市州审核意见")
    assert 0 < at("1.省级社区治理和服务创新实验区申报表") < letter < plan < opinion
    assert "愿先行先试" in printed[letter]
    counted = re.findall(r"(实验背景|实验主题|实验内容|实验保障)（(\d+)字）", "".join(printed[plan:opinion]))
    assert [name for name, _ in counted] == ["实验背景", "实验主题", "实验内容", "实验保障"]
    assert sum(int(number) for _, number in counted) == 3000
    assert "材料齐全，同意上报。" in printed[opinion]
    assert f"{len(printed)}/{len(printed)}" in printed[-1]
    fonts = PdfReader(io.BytesIO(answered.content)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert all("NotoSansCJK" in str(fonts[key].get_object()["/BaseFont"]) for key in fonts)


@pytest.mark.requirement("S4-53", how="kept")
def test_the_electronic_file_of_a_running_application_holds_the_set(zone: Zone) -> None:
    the_county_writes_its_application(zone)
    answered = zone.county.client.get(zone.page("package.zip"))
    assert answered.status_code == 200
    package = zipfile.ZipFile(io.BytesIO(answered.getvalue()))
    assert {"set.pdf", "index.pdf", "index.json", "manifest.json", "trail/verifier.py"} <= set(package.namelist())
    assert "forms/zone_plan-v2.pdf" in package.namelist()
    assert "纸质材料一式三份" in pages(package.read("set.pdf"))[0]


def test_a_stranger_gets_neither(zone: Zone) -> None:
    the_county_writes_its_application(zone)
    stranger = Desk(zone.jilin.neighbour)
    stranger.open(zone.page("set.pdf"), status=404).open(zone.page("package.zip"), status=404)
