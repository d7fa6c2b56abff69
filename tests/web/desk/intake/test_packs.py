"""The rules for staff to read, to compare, and to try."""

import io
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.records.rulebook.selectors import library
from linli.web.desk.diagram import Diagram
from linli.web.desk.pack_parts import cases_said
from tests.records.cases.life import Life
from tests.records.needs.world import Village, row_counts

PACKS, COMPARE, TRY = reverse("desk:packs"), reverse("desk:compare"), reverse("desk:try")
NANSHAN = reverse("desk:pack", args=["nanshan"])


@pytest.fixture
def client(village: Village, desk) -> Client:
    return desk.of(village.host)


def test_every_pack_is_there_with_the_places_that_adopted_it(client: Client) -> None:
    page = client.get(PACKS).content.decode()
    assert "南山区 自 2017年1月1日(周日) 起采用" in page and NANSHAN in page


def test_a_procedure_is_a_picture_with_its_acts_in_words_beside_it(client: Client) -> None:
    page = client.get(NANSHAN, {"procedure": "micro_project", "on": "2021-04-08"}).content.decode()
    assert "<svg" in page and 'role="img"' in page and "由社区党委" in page
    procedure = library().rules("nanshan").procedure("micro_project", date(2021, 4, 8))
    for act in procedure.acts.values():
        assert act.title.zh in page
    assert "公示期满、异议已办结" in page


@pytest.mark.parametrize("pack", ["shenzhen", "nanshan"])
def test_every_procedure_of_the_packs_can_be_drawn(pack: str) -> None:
    for procedure in library().rules(pack).procedures(date(2021, 4, 8)).values():
        diagram = Diagram(procedure)
        assert set(diagram.boxes) == set(procedure.states)
        spots = [(box.x, box.y) for box in diagram.boxes.values()]
        assert len(spots) == len(set(spots))
        assert all(box.x >= 0 and box.right <= diagram.width and box.y < diagram.height for box in diagram.boxes.values())
        drawn = {number for line in diagram.lines for number in line.label.split("、")}
        told = {str(diagram.numbered[act.id]) for act in diagram.told}
        assert drawn | told == {str(number) for number in diagram.numbered.values()}


def test_values_stand_over_time_with_the_clause_of_each(client: Client) -> None:
    page = client.get(NANSHAN, {"part": "parameters", "q": "上限"}).content.decode()
    assert "2017年1月1日" in page and "2020年11月5日" in page
    assert "20 万元" in page and "50 万元" in page and "100 万元" in page


@pytest.mark.parametrize("part", ["procedures", "parameters", "forms", "checklists", "clauses", "cases"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_part_can_be_read_in_both_languages(village: Village, desk, part: str, language: str) -> None:
    answer = desk.of(village.host, language).get(NANSHAN, {"part": part, "on": "2021-04-08"})
    assert answer.status_code == 200


def test_the_examples_of_a_pack_are_decided_on_the_spot(client: Client) -> None:
    page = client.get(NANSHAN, {"part": "cases"}).content.decode()
    assert "全部与预期一致" in page and "nanshan/decision/" in page
    assert "结论：不能办" in page and "refused" not in page.split("<main")[1].replace("tone-refused", "").replace("chip", "")


def test_the_examples_of_a_pack_are_read_a_page_at_a_time(client: Client) -> None:
    """All are decided and counted; twenty are told on one page, none twice and none left out."""
    many, told, asked = len(cases_said(library().rules("nanshan"), date(2021, 4, 8))), [], ""
    while True:
        page = client.get(f"{NANSHAN}?part=cases&on=2021-04-08{asked}").content.decode()
        assert f" {many} 个" in page
        told.append(re.findall(r'<p class="quiet">(nanshan/[a-z_0-9/]+)</p>', page))
        following = re.search(r'rel="next" href="[^"]*after=(\d+)"', page)
        if not following:
            break
        asked = f"&after={following[1]}"
    assert many > 100 and {len(one) for one in told[:-1]} == {20}
    assert len({one for part in told for one in part}) == sum(map(len, told)) == many
    back = client.get(f"{NANSHAN}?part=cases&before=40").content.decode()
    assert re.findall(r'<p class="quiet">(nanshan/[a-z_0-9/]+)</p>', back) == told[1]
    for nonsense in ("x", "-1", "9" * 30, "99999", "２"):
        page = client.get(NANSHAN, {"part": "cases", "after": nonsense}).content.decode()
        assert re.findall(r'<p class="quiet">(nanshan/[a-z_0-9/]+)</p>', page) == told[0]


def test_a_pack_nobody_wrote_is_not_found(client: Client) -> None:
    assert client.get(reverse("desk:pack", args=["atlantis"])).status_code == 404


def test_two_regulations_that_know_nothing_of_each_other_are_compared(client: Client) -> None:
    page = client.get(COMPARE, {"a": "jinjiang", "b": "nanchong"}).content.decode()
    assert "这两套规则不是上下级" in page and "不再有数值“名额一次增减数”" in page and "新增程序“议事会议事”" in page
    assert "其他" not in page.split("处不同")[1].split("<h3>")[1]


def test_a_pack_is_compared_with_itself_on_another_day_in_words(client: Client) -> None:
    asked = {"a": "nanshan", "a_on": "2019-06-01", "b": "nanshan", "b_on": "2021-06-01"}
    page = client.get(COMPARE, asked).content.decode()
    assert "20 万元 → 50 万元" in page and "50 万元 → 100 万元" in page
    same = client.get(COMPARE, {**asked, "b_on": "2019-06-01"}).content.decode()
    assert "两者没有差别" in same
    wrong = client.get(COMPARE, {**asked, "b_on": "去年"})
    assert wrong.status_code == 422 and "请写成日期" in wrong.content.decode()


# ── what if ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def life(village: Village) -> Life:
    one = Life(village.cast, budget="600000", kind="service")
    one.selected()
    return one


def test_a_case_is_decided_under_another_value_and_nothing_is_touched(life: Life, client: Client) -> None:
    client.get(TRY)
    before = row_counts()
    page = client.post(TRY, {"case": life.case.code, "parameter": "project_cap/service", "value": "700000"}).content.decode()
    assert "结果不同" in page and "假设“" in page and "一直是 70 万元" in page
    same = client.post(TRY, {"case": life.case.code, "parameter": "project_cap/goods", "value": "700000"}).content.decode()
    assert "结果不同" not in same
    assert row_counts() == before and life.fresh().passage == life.case.passage


def test_a_value_that_cannot_be_read_comes_back_with_what_was_typed(life: Life, client: Client) -> None:
    answer = client.post(TRY, {"case": life.case.code, "parameter": "project_cap/service", "value": "很多"})
    assert answer.status_code == 422 and 'value="很多"' in answer.content.decode()
    assert client.post(TRY, {"case": "NS-1999-0001", "parameter": "project_cap/service", "value": "1"}).status_code == 422


def zipped(folder: Path) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in folder.rglob("*.yaml"):
            archive.write(path, f"nanshan/{path.relative_to(folder)}")
    return SimpleUploadedFile("nanshan.zip", out.getvalue())


def test_a_whole_draft_is_tried_as_a_zip(life: Life, client: Client, tmp_path: Path) -> None:
    draft = tmp_path / "nanshan"
    shutil.copytree(Path(settings.PACKS) / "nanshan", draft)
    funding = draft / "parameters" / "funding.yaml"
    funding.write_text(funding.read_text("utf-8").replace("service: 500000", "service: 100000"), "utf-8")
    page = client.post(TRY, {"case": life.case.code, "draft": zipped(draft)}).content.decode()
    assert "结果不同" in page and "用草稿“nanshan”代替" in page and "10 万元" in page
    # A district may only go below the city's ceiling: the draft is refused before anything is tried under it.
    funding.write_text(funding.read_text("utf-8").replace("service: 100000", "service: 700000"), "utf-8")
    above = client.post(TRY, {"case": life.case.code, "draft": zipped(draft)})
    assert above.status_code == 422 and "下级只可调低" in above.content.decode()
    funding.write_text("project_cap: {values: nonsense}", "utf-8")
    wrong = client.post(TRY, {"case": life.case.code, "draft": zipped(draft)})
    assert wrong.status_code == 422 and "nanshan/parameters/funding.yaml" in wrong.content.decode()


def test_a_zip_that_is_none_or_climbs_out_is_refused(life: Life, client: Client) -> None:
    none = client.post(TRY, {"case": life.case.code, "draft": SimpleUploadedFile("x.zip", b"no")})
    assert none.status_code == 422 and "这不是 zip 文件" in none.content.decode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../pack.yaml", "id: evil")
    climbing = client.post(TRY, {"case": life.case.code, "draft": SimpleUploadedFile("x.zip", out.getvalue())})
    assert climbing.status_code == 422


def test_the_rules_are_for_staff_here_and_a_matter_elsewhere_cannot_be_tried(life: Life, village: Village, desk) -> None:
    for address in (PACKS, NANSHAN, COMPARE, TRY):
        assert desk.of(village.cast.resident).get(address).status_code == 403
        assert Client().get(address).status_code == 302
    sent = {"case": life.case.code, "parameter": "project_cap/service", "value": "700000"}
    elsewhere = desk.of(village.cast.stranger).post(TRY, sent)
    assert elsewhere.status_code == 422 and "没有这个编号的事项" in elsewhere.content.decode()
