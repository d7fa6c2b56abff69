"""Bad input: every refusal says what to mend at its field and keeps everything typed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.demonstration.hands import papers, words
from linli.records.cases.models import Case
from linli.records.evidence.models import File, Filling, Piece
from linli.records.evidence.selectors import pieces
from tests.journeys.steps import District, on, row_counts
from tests.web.desk.cases.office import Clock, Desk
from tests.web.desk.cases.test_life import state_of, typed_plan

pytestmark = pytest.mark.django_db


def photo(name: str) -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "green").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


@pytest.fixture
def bench(district: District, time: Clock) -> Case:
    return district.project("榕树下的长椅", on("2021-03-08"))


def test_a_matter_without_a_name_is_asked_for_one(secretary: Desk) -> None:
    secretary.open("/desk/cases/new/")
    secretary.send(status=422, procedure="micro_project", title=" ", summary="一排长椅", year="二〇二一")
    assert secretary.filled()["summary"] == "一排长椅"
    assert secretary.filled()["year"] == "二〇二一"
    assert Case.objects.count() == 0
    secretary.send(status=422, procedure="micro_project", title="", year="")
    assert "请写一个名称" in secretary.text


def test_a_plan_with_mistakes_names_each_of_them_at_its_box(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/forms/project_plan/"
    secretary.open(address)
    wrong = typed_plan() | {"budget": "很多", "where": "", "budget_lines-0-amount": "一些", "highly_professional": "yes"}
    before = row_counts()
    secretary.send(status=422, **wrong)
    assert row_counts() == before
    filled = secretary.filled()
    assert (filled["budget"], filled["budget_lines-0-amount"], filled["what"]) == ("很多", "一些", wrong["what"])
    for box in ("f-budget-error", "f-where-error", "f-budget_lines-0-amount-error", "f-professional_reason-error"):
        assert f'id="{box}"' in secretary.html


def test_rows_are_added_and_taken_away_without_sending_the_form(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/forms/project_plan/"
    secretary.open(address)
    secretary.send(status=200, **typed_plan(), _add_row="budget_lines")
    assert secretary.filled()["budget_lines-rows"] == "2"
    assert secretary.filled()["what"] == typed_plan()["what"]
    assert Filling.objects.count() == 0
    secretary.send(status=200, _drop_row="budget_lines-1")
    assert secretary.filled()["budget_lines-rows"] == "1"


def test_a_draft_may_be_incomplete_and_waits_on_the_desk(secretary: Desk, bench: Case) -> None:
    secretary.open(f"/desk/cases/{bench.code}/forms/project_plan/")
    secretary.send(what="一排长椅", draft="1")
    assert "已存为草稿" in secretary.text
    assert Filling.objects.get().complete is False
    secretary.open("/desk/")
    assert secretary.link("项目方案与初步预算") == f"/desk/cases/{bench.code}/forms/project_plan/"


def test_what_changed_between_versions_is_shown_side_by_side(secretary: Desk, district: District, bench: Case) -> None:
    papers.fill(bench, "project_plan", words.plan("长椅", "广场", 180_000), by=district.secretary, at=on("2021-03-08", 9))
    papers.fill(bench, "project_plan", words.plan("长椅", "广场", 170_000), by=district.secretary, at=on("2021-03-08", 10))
    secretary.open(f"/desk/cases/{bench.code}/forms/project_plan/")
    assert "<del>180,000.00 元</del>" in secretary.html
    assert "<ins>170,000.00 元</ins>" in secretary.html


def test_all_that_is_missing_of_a_new_matter_is_said_at_once(secretary: Desk, district: District) -> None:
    secretary.open("/desk/cases/new/").send(status=422, title="", procedure=None)

    assert "请选择要办的事。" in secretary.text
    assert "请写一个名称。" in secretary.text
    assert not Case.objects.exists()


def test_another_way_on_that_lacks_much_is_folded_and_the_first_stands_open(secretary: Desk, district: District) -> None:
    secretary.open("/desk/cases/new/").send(procedure="micro_project", title="三巷路灯", year="")

    first, other = secretary.html.split("<h3>先行实施</h3>")
    assert "看还差哪些" not in first
    assert '<details class="passed"><summary>看还差哪些</summary>' in other
    assert "特殊性、应急性项目先行实施登记表" in other  # still there to be unfolded


def test_what_an_act_makes_void_is_said_once_with_everything_it_is_said_of(secretary: Desk, bench: Case) -> None:
    secretary.open(f"/desk/cases/{bench.code}/acts/send_back/")

    assert secretary.text.count("作废，重新办") == 1
    assert "评议结果、评议结果公示" in secretary.text


def test_an_act_to_send_back_wants_its_reason(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/acts/withdraw/"
    secretary.open(address).send(status=422, note="  ")
    assert "请写明理由" in secretary.text
    assert state_of(bench) == "draft"
    secretary.send(address, note="居民另有打算")
    assert state_of(bench) == "withdrawn"


def test_a_refused_act_lists_everything_at_once_and_where_to_mend_it(secretary: Desk, bench: Case) -> None:
    secretary.open(f"/desk/cases/{bench.code}/acts/design/").send(status=409, note="请办")
    for words_ in ("项目方案与初步预算", "方案征求居民意见", "对应居民需求"):
        assert words_ in secretary.text
    assert secretary.link("对应居民需求") == f"/desk/cases/{bench.code}/needs/"
    assert secretary.link("去填写") == f"/desk/cases/{bench.code}/forms/project_plan/"


def test_a_checklist_keeps_answers_and_asks_for_the_missing_reason(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/checklists/exclusions/"
    secretary.open(address).send(status=422, **{"a-others_duty": "yes", "a-government_project": "no"})
    assert secretary.filled()["a-others_duty"] == "yes"
    assert "请写明理由" in secretary.text
    assert "请回答" in secretary.text
    answers = {"a-others_duty": "yes", "r-others_duty": "在小区外", "a-government_project": "no", "a-other_fiscal_money": "no"}
    secretary.send(address, **answers)
    secretary.open(address)
    assert secretary.filled()["r-others_duty"] == "在小区外"


def test_evidence_that_cannot_be_read_keeps_the_files_that_were_taken(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/slots/contract/"
    secretary.open(address)
    secretary.send(status=422, **{"f-amount": "很多", "summary": "合同", "files": photo("合同.png")})
    assert secretary.filled()["f-amount"] == "很多"
    kept = File.objects.get()
    assert secretary.filled()["kept"] == [str(kept.pk)]
    assert not Piece.objects.filter(slot="contract").exists()
    secretary.send(**{"f-amount": "47.92万"})
    piece = pieces(bench.subject)["contract"]
    assert piece.facts == {"amount": 47_920_000}
    assert list(piece.files.all()) == [kept]


def test_a_file_of_a_kind_that_is_not_taken_is_named(secretary: Desk, bench: Case) -> None:
    secretary.open(f"/desk/cases/{bench.code}/slots/contract/")
    program = SimpleUploadedFile("启动.exe", b"MZ" + b"\0" * 64, "application/octet-stream")
    secretary.send(status=422, **{"f-amount": "100", "summary": "合同", "files": program})
    assert "启动.exe" in secretary.text
    assert secretary.filled()["summary"] == "合同"


def test_a_public_copy_must_cover_something(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/slots/contract/"
    secretary.open(address).send(**{"f-amount": "1000", "summary": "合同", "files": photo("合同.png")})
    secretary.open(address)
    original = File.objects.get()
    copy = f"{address}files/{original.pk}/copy/"
    secretary.send(copy, status=422)
    assert "请选择遮盖后的文件" in secretary.text
    secretary.send(copy, status=422, copy=photo("合同.png"))
    assert "完全一样" in secretary.text
    covered = BytesIO()
    Image.new("RGB", (64, 48), "black").save(covered, "PNG")
    secretary.send(copy, copy=SimpleUploadedFile("公开.png", covered.getvalue(), "image/png"))
    assert File.objects.get(redacted_from=original).name.startswith("公开")
    assert "公开副本：" in secretary.text


def test_evidence_is_voided_with_a_reason_and_stays_readable(secretary: Desk, district: District, bench: Case) -> None:
    papers.put(bench, "contract", "contract", amount="1000", summary="旧合同", by=district.secretary, at=on("2021-03-08"))
    address = f"/desk/cases/{bench.code}/slots/contract/"
    secretary.open(address)
    secretary.send(f"{address}void/", status=422, reason=" ")
    assert "contract" in pieces(bench.subject)
    secretary.send(f"{address}void/", reason="金额写错")
    assert "contract" not in pieces(bench.subject)
    assert "作废：金额写错" in secretary.text
    assert "旧合同" in secretary.text


def test_what_a_meeting_files_cannot_be_typed(secretary: Desk, bench: Case) -> None:
    address = f"/desk/cases/{bench.code}/slots/evaluation_notice/"
    secretary.open(address)
    assert not secretary.has_button("提交")
    before = row_counts()
    secretary.send(address, status=409, kind="notice", summary="假的")
    assert row_counts() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_both_languages_say_the_same_things(secretary: Desk, bench: Case, language: str) -> None:
    secretary.client.cookies["django_language"] = language
    secretary.open(f"/desk/cases/{bench.code}/")
    said = {"zh-hans": ("现在能办什么", "还差 3 项"), "en": ("What can be done now", "Design")}[language]
    for words_ in said:
        assert words_ in secretary.text


def test_a_filled_form_prints(secretary: Desk, district: District, bench: Case) -> None:
    secretary.open(f"/desk/cases/{bench.code}/forms/project_plan/print.pdf", status=404)
    papers.fill(bench, "project_plan", words.plan("长椅", "广场", 180_000), by=district.secretary, at=on("2021-03-08"))
    page = secretary.client.get(f"/desk/cases/{bench.code}/forms/project_plan/print.pdf")
    assert page.content.startswith(b"%PDF")


def test_a_local_value_lacking_everything_is_told_so_at_each_box_and_keeps_what_was_typed(district: District) -> None:
    civil = Desk(district.civil).open("/desk/settings/acceptance_residents/")
    before = row_counts()
    civil.send(status=422, value="几个", since="下个月", until="年底", document=" ")
    assert row_counts() == before
    assert "有 4 处要补充或更正" in civil.text
    for box, typed in (("value", "几个"), ("since", "下个月"), ("until", "年底"), ("document", "")):
        assert f'id="f-{box}-error"' in civil.html and civil.filled()[box].strip() == typed
