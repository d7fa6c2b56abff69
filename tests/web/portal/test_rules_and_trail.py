"""The regulations as a reader checks them; the seals as an auditor does; files for those who may see them."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.demonstration.hands import notices, papers
from linli.records.evidence.models import File
from linli.records.evidence.services import redact_file, store_file
from linli.records.trail.models import Checkpoint
from linli.records.trail.services import take_checkpoint
from linli.web.portal.clauses import marked
from tests.journeys.steps import on
from tests.web.portal.pages import at_home, come_in, in_english, words
from tests.web.portal.world import COMMUNITY, Street

pytestmark = pytest.mark.django_db


def test_the_rules_in_force_here_are_named_with_their_sources(street: Street, client) -> None:
    said = words(at_home(client, COMMUNITY).get("/rules/"))
    assert "南头城社区现在按这些办" in said
    assert "南山区“民生微实事”" in said
    assert "征求意见稿" in said
    assert "南山区自 2017年1月1日(周日) 起采用" in said


def test_a_value_stands_with_its_days_its_clause_and_what_came_before(street: Street, client) -> None:
    said = words(at_home(client, COMMUNITY).get("/rules/nanshan/?part=values"))
    assert "自 2020年11月5日(周四) 起 服务类 50 万元 货物类 50 万元 工程类 100 万元 第6段" in said
    assert "自 2017年1月1日(周日) 起 服务类 20 万元 货物类 50 万元 工程类 50 万元 第6段" in said
    assert "200 万元左右" in said


def test_what_a_place_set_itself_says_who_when_and_by_which_document(street: Street, client) -> None:
    said = words(at_home(client, COMMUNITY).get("/rules/nanshan/?part=values"))
    assert "本地设定 2/3 南山区 · 区民政局设定 · 演示·设定 · 自 2018年11月20日(周二) 起 · 演示值" in said
    assert "配套工作经费限额 有未设定" in said
    assert "未设定" in said


def test_a_pack_opens_as_its_regulation_with_what_is_done_about_each_sentence(street: Street, client) -> None:
    answer = client.get("/rules/shenzhen/")
    assert "系统据此办" in words(answer) and "发布时间:2018-11-20" not in words(answer)
    page = answer.content.decode()
    assert '<a href="/rules/shenzhen/clauses/S0%20%C2%A7' in page
    assert "单项资金上限" in page  # what rests on it stands under the paragraph


@pytest.mark.requirement("S3-82", how="shown")
def test_who_does_what_stands_by_office_with_its_sentence_and_the_way_to_do_it(street: Street, client) -> None:
    said = words(client.get("/rules/nanchong/?part=offices"))
    start = said.index("县级组织部门 抓总引领，加强基层党组织建设 四(二)")
    assert "办理途径 工作目标分解落实" in said[start : start + 200]
    assert "社区设施用地优先纳入年度供地计划并依法划拨" in said
    assert "这套规则没有写明职责分工" not in said


def test_a_recurring_duty_says_when_it_falls_due(street: Street, client) -> None:
    said = words(client.get("/rules/nanshan/?part=duties"))
    assert "汇总初审各区上一年度资金使用情况 每年 3 月 31 日 市委组织部、市民政局 市级 第10条" in said
    assert "街道专项审计 每年 1 次 街道办事处" in said
    assert "街道普查 多久一次由本地定" in said
    said = words(client.get("/rules/jinjiang/?part=duties"))
    assert "报送试点工作进展 “‘共建共享’试点项目”办理期间，每月，哪一天由本地定" in said
    assert "“‘共建共享’试点项目”办理“落实市级补助”以后，多长时间内由本地定" in said
    assert "Compile and review the districts' use of money last year 31 March of every year" in words(
        in_english(client).get("/rules/nanshan/?part=duties")
    )


def test_a_step_calls_an_entry_by_its_name(street: Street, client) -> None:
    said = words(client.get("/rules/nanshan/?part=ways"))
    assert "采购结果·采购方式应为政府集中采购" in said
    assert "central_procurement" not in said


def test_a_procedure_reads_as_steps(street: Street, client) -> None:
    said = words(client.get("/rules/nanshan/?part=ways&way=micro_project"))
    assert "评议中 → 已评议" in said
    assert "项目评议公示期满、异议已办结" in said
    assert "社区党委（规定情形下由街道党工委）" in said
    assert "可以经批准例外" in said


def test_the_sentence_is_marked_in_its_paragraph_and_what_rests_on_it_is_listed(street: Street, client) -> None:
    answer = client.get("/rules/nanshan/clauses/S1 ¶6.1/")
    sentence = "原《“1+3”文件》中服务类、实物类、工程类单个项目资金分别为20万元、50万元、50万元"
    assert f"<mark>{sentence}</mark>" in answer.content.decode()
    said = words(answer)
    assert "单项资金上限" in said
    assert "区民政局" in said
    assert "2020年11月5日" in said
    assert "《南山区“民生微实事”工作管理办法》解读第6段" in said


def test_words_are_found_whatever_the_white_space() -> None:
    assert marked("一 二\n三四", "二三") == ("一 ", "二\n三", "四")
    assert marked("一二三", "九") == ("一二三", "", "")
    assert marked("一二三", "") == ("一二三", "", "")


def test_the_latest_checkpoint_is_published_whole(street: Street, client) -> None:
    assert "还没有检查点" in words(client.get("/trail/"))
    assert client.get("/trail/checkpoint.json").status_code == 404
    take_checkpoint(at=on("2021-04-13"))
    found = Checkpoint.objects.get()
    said = words(client.get("/trail/"))
    assert found.short_code in said
    assert found.root_sha256 in said
    assert found.root_sm3 in said
    published = json.loads(client.get("/trail/checkpoint.json").content)
    assert published["sha256"] == found.sha256
    assert json.loads(published["body"])["root_sm3"] == found.root_sm3


def test_a_receipt_that_does_not_fit_is_said_to_be_worth_reporting(street: Street, client) -> None:
    said = words(client.get("/trail/?receipt=440305001001/1/0000000000000000"))
    assert "没有这样的回执" in said
    assert "它和封存的不一致" in said
    assert "No such receipt" in words(in_english(client).get("/trail/?receipt=<script>"))


def picture(colour: str) -> SimpleUploadedFile:
    raw = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(raw, "PNG")
    return SimpleUploadedFile(f"{colour}.png", raw.getvalue(), content_type="image/png")


def shown(client, file: File) -> int:
    return client.get(f"/files/{file.pk}/{file.name}").status_code


def test_files_are_seen_by_the_rule_of_their_slot(street: Street, client) -> None:
    """Progress is public, acceptance only as a redacted copy, and a file of nothing only for the offices."""
    case, team, at = street.hung(), street.team, on("2021-04-13")
    files = [store_file(upload=picture(one), by=team.secretary, at=at, place=team.place) for one in ("red", "blue", "grey")]
    progress, acceptance, loose = files
    papers.progress(case, "1/2", by=team.secretary, at=at, files=[progress])
    papers.acceptance(case, residents=2, by=team.secretary, at=at, files=[acceptance])
    covered = redact_file(original=acceptance, upload=picture("green"), by=team.secretary, at=at, place=team.place)

    assert [shown(client, one) for one in (progress, acceptance, covered, loose)] == [200, 404, 200, 404]
    come_in(client, team.stranger)
    assert [shown(client, one) for one in (progress, acceptance, covered, loose)] == [200, 404, 200, 404]
    come_in(client, team.office)
    assert [shown(client, one) for one in (progress, acceptance, covered, loose)] == [200, 200, 200, 200]
    client.logout()
    page = client.get(f"/projects/{case.code}/").content.decode()
    assert f"/files/{progress.pk}/" in page
    assert f"/files/{covered.pk}/" in page
    assert f"/files/{acceptance.pk}/" not in page


def test_a_file_of_a_draft_is_as_unknown_as_the_draft(street: Street, client) -> None:
    team, at = street.team, on("2021-04-13")
    draft = team.project("还在拟的项目", at)
    file = store_file(upload=picture("red"), by=team.secretary, at=at, place=team.place)
    papers.progress(draft, "1/2", by=team.secretary, at=at, files=[file])
    assert shown(client, file) == 404
    assert shown(come_in(client, team.secretary), file) == 200


def test_a_file_cannot_run_anything_and_its_name_must_fit(street: Street, client) -> None:
    case, team, at = street.hung(), street.team, on("2021-04-13")
    photo = store_file(upload=picture("red"), by=team.secretary, at=at, place=team.place)
    shot = notices.publicise(case, "determination", by=team.secretary, at=at)
    notices.post(shot, "南门", by=team.secretary, at=at, photos=[photo])
    answer = client.get(f"/files/{photo.pk}/{photo.name}")
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/files/{photo.pk}/other.jpg").status_code == 404
    assert re.search(rf"/files/{photo.pk}/", client.get(f"/notices/{shot.pk}/").content.decode())
