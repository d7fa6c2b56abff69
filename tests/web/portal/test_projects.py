"""The list of projects, and one project's whole story on one page."""

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from django.utils.safestring import SafeString

from linli.records.cases.models import Case
from linli.records.cases.selectors import newest
from linli.records.trail.services import take_checkpoint
from linli.rules.plain.texts import Text
from linli.web.portal import life
from linli.web.portal.line import line
from linli.web.shared.reader import PLACE_COOKIE
from tests.journeys.steps import on
from tests.web.portal.pages import at_home, come_in, in_english, words
from tests.web.portal.world import COMMUNITY, DISTRICT, NOW, OTHER, Street, stop_the_clock

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_found_by_strangers_and_found_by_its_office(street: Street, client) -> None:
    draft = street.team.project("还在拟的项目", on("2021-04-03"))
    for address in (f"/projects/{draft.code}/", f"/projects/{draft.code}/archive.zip", f"/projects/{draft.code}/proof.json"):
        assert client.get(address).status_code == 404
    assert "还在拟的项目" not in words(client.get("/projects/?place="))
    come_in(client, street.team.stranger)
    assert client.get(f"/projects/{draft.code}/").status_code == 404
    come_in(client, street.team.secretary)
    assert "还在拟的项目" in words(client.get(f"/projects/{draft.code}/"))
    assert "还在拟的项目" in words(client.get("/projects/?place="))


def test_filters_stay_in_the_address_and_only_what_occurs_is_offered(street: Street, client) -> None:
    case = street.hung()
    gone = street.move(street.team.project("巷口花箱", on("2021-04-01")))
    everything = client.get("/projects/?place=")
    page = everything.content.decode()
    assert "2 个" in words(everything)
    assert "已评议（1）" in words(everything)
    assert "工程类（1）" in words(everything)
    assert "已归档" not in words(everything)

    def found(query: str) -> set[str]:
        return set(re.findall(r"/projects/(NS-[0-9-]+)/", client.get(f"/projects/?{query}").content.decode()))

    assert found(f"place={COMMUNITY}&state=evaluated") == {case.code}
    assert found("place=&state=withdrawn") == {gone.code}
    assert found("place=&q=路灯") == {case.code}
    assert found(f"place=&q={gone.code.lower()}") == {gone.code}
    assert found("place=&type=works&category=public_facility&year=2021") == {case.code}
    assert found("place=&year=1999") == set()
    assert found(f"place={OTHER}") == set()
    assert found(f"place={DISTRICT}&stage=closing") == {gone.code}
    assert f'name="place" value="{COMMUNITY}"' in client.get(f"/projects/?place={COMMUNITY}").content.decode()
    assert "去掉一个条件再看看" in words(client.get("/projects/?place=&q=没有的"))
    assert page.count("<select") == 4


def test_filters_say_what_they_ask_and_none_stands_there_with_nothing_to_choose(street: Street, client) -> None:
    street.hung()
    page = client.get("/projects/?place=").content.decode()
    assert "类型，如工程类</label>" in page
    assert "类别，如公共设施</label>" in page
    assert "走到哪一步</label>" in page
    assert "共 1 个项目" in page

    chosen = client.get("/projects/?place=&type=works").content.decode()
    assert "类型 工程类（1）" in chosen

    client.cookies["django_language"] = "en"
    page = client.get("/projects/?place=").content.decode()
    assert "Type, such as works</label>" in page
    assert "Field, such as public facilities</label>" in page
    assert "1 project</p>" in page
    assert 'name="type"' not in client.get(f"/projects/?place={OTHER}").content.decode()


def test_a_reader_with_a_community_begins_there(street: Street, client) -> None:
    answer = at_home(client, COMMUNITY).get("/projects/?state=evaluated")
    assert answer.headers["Location"] == f"/projects/?state=evaluated&place={COMMUNITY}"


def test_a_long_list_goes_by_cursor(street: Street, client) -> None:
    for number in range(23):
        street.move(street.team.project(f"项目 {number}", on("2021-04-01")))
    first = client.get("/projects/?place=&state=withdrawn").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = client.get("/projects/" + following[1].replace("&amp;", "&")).content.decode()
    assert "state=withdrawn" in following[1]
    assert (first.count("<td role"), second.count("<td role")) == (20 * 5, 3 * 5)


@pytest.mark.requirement("S0-9", "S0-21", "S0-72", "S0-91", "S0-92", "S1-50", how="shown")
def test_the_page_tells_the_whole_life_with_its_clauses(street: Street, client) -> None:
    case = street.hung()
    page = client.get(f"/projects/{case.code}/")
    said = words(page)
    assert "三巷路灯 已评议" in said
    assert "48.65 万元" in said
    # Where the benefit comes from, in the regulation's words.
    assert "本项目来源于居民提议1条，由民生微实事年度专项经费出资48.65 万元。" in said
    assert "民生微实事项目不纳入固定资产投资项目管理。" in said
    assert "民生微实事实施全流程向社会公示，接受社会监督评价" in said
    # From the need to what is still to come, each act with office and clause.
    done = ["居民提出 1 条需求", "项目设计", "项目遴选", "提交评议", "评议 社区党委"]
    order = [*done, "正在这一步", "以后还要走的步骤", "归档 社区党委"]
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    assert "依据 第4条" in said
    # Needs, votes and comments it stands on.
    assert "巷子里没有路灯，晚上老人出门看不清路" in said
    assert "同意 7，反对 1，弃权 0" in said
    assert "还剩 2 天" in said
    assert "提异议" in said
    assert "按深圳市“民生微实事” 0.1.0 版、南山区“民生微实事” 0.1.0 版办理" in said
    assert "shenzhen@" not in said


def test_what_outsiders_may_not_read_is_not_there(street: Street, client) -> None:
    """The interest form is for the offices; outsiders see that it exists, not whose name is in it."""
    case = street.hung()
    outside = client.get(f"/projects/{case.code}/").content.decode()
    assert street.life.tied.name not in outside
    inside = come_in(client, street.team.secretary).get(f"/projects/{case.code}/").content.decode()
    assert street.life.tied.name in inside


def test_a_project_that_came_to_nothing_says_why(street: Street, client) -> None:
    case = street.move(street.team.project("巷口花箱", on("2021-04-01")))
    said = words(client.get(f"/projects/{case.code}/"))
    assert "已撤回" in said
    assert "为什么没有办成 居民改提别的，以后再议。" in said
    assert "以后还要走的步骤" not in said


@pytest.mark.requirement("S0-87", how="shown")
def test_the_archive_and_the_proofs_are_there_for_anybody(street: Street, client, monkeypatch) -> None:
    case = street.archived()
    stop_the_clock(monkeypatch, on("2021-07-20"))
    said = words(client.get(f"/projects/{case.code}/"))
    assert "已归档" in said
    assert "47.89 万元" in said
    package = client.get(f"/projects/{case.code}/archive.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(package.streaming_content))).namelist()
    assert {"index.json", "index.pdf", "manifest.json", "trail/verifier.py"} <= set(names)
    proof = json.loads(client.get(f"/projects/{case.code}/proof.json").content)
    assert proof["waiting"] == []
    assert len(proof["proofs"]) > 13


def test_every_step_has_a_receipt_that_the_trail_knows(street: Street, client) -> None:
    case = street.hung()
    receipts = re.findall(r"receipt=([^#\"]+)#check", client.get(f"/projects/{case.code}/").content.decode())
    assert len(receipts) == 4
    assert "找到了，和封存的一致" in words(client.get(f"/trail/?receipt={receipts[0]}"))
    assert "等下一个检查点" in words(client.get(f"/trail/?receipt={receipts[0]}"))
    take_checkpoint(at=on("2021-04-13"))
    assert "第 1 个" in words(client.get(f"/trail/?receipt={receipts[0]}"))


def test_names_that_look_like_marks_are_shown_as_words(street: Street, client) -> None:
    case = street.hung()
    Case.objects.filter(pk=case.pk).update(title="<script>alert(1)</script>", summary="{amount} <img src=x>")
    for address in (f"/projects/{case.code}/", "/projects/?place=", f"/c/{COMMUNITY}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_page_speaks_english(street: Street, client) -> None:
    case = street.hung()
    said = words(in_english(client).get(f"/projects/{case.code}/"))
    assert "From need to archive" in said
    assert "This project answers 1 residents' needs." in said
    assert "486,500 yuan" in said


def test_the_page_asks_no_more_often_however_much_hangs_on_it(street: Street, client, asked_times) -> None:
    from linli.demonstration.hands import notices
    from linli.demonstration.hands import words as written
    from linli.records.needs.services import adopt_need, raise_need, verify_need

    case, team = street.on_notice(), street.team

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            asker = team.resident(f"演示·居民乙{number}")
            need = raise_need(place=team.place, data=written.need(f"{number} 巷没有灯", "巷"), by=asker, at=on("2021-04-01"))
            verify_need(need=need, findings="属实", real=True, by=team.committee, at=on("2021-04-02"))
            adopt_need(need=need, subject=case.subject, by=team.secretary, at=on("2021-04-03"))
        for number in range(first, last):
            point = ("evaluation", "determination", "implementation", "acceptance", "fund_use")[number % 5]
            shown = notices.publicise(case, point, by=team.secretary, at=on("2021-04-04"))
            notices.post(shown, f"{number} 号宣传栏", by=team.secretary, at=on("2021-04-04"))
            notices.take_down(shown, by=team.secretary, at=on("2021-04-05"))

    more(0, 3)
    address = f"/projects/{case.code}/"
    client.get(address)
    few = asked_times(client, address)
    more(3, 30)
    assert asked_times(client, address) == few


def test_a_project_costs_twelve_questions_at_most_and_a_list_few(street: Street, client, asked_times) -> None:
    case = street.archived()
    assert asked_times(client, f"/projects/{case.code}/") == 11
    assert asked_times(client, f"/projects/?place={COMMUNITY}") == 5
    client.cookies[PLACE_COOKIE] = OTHER  # whose ways around are shown
    assert asked_times(client, f"/projects/{case.code}/") == 12


@pytest.mark.parametrize(
    "asks",
    [
        "",
        "&state=evaluated",
        "&stage=closing",
        "&type=works",
        "&type=service&state=evaluated",
        "&year=2021&category=public_facility",
        "&way=micro_project",
        "&way=micro_project&state=withdrawn",
        "&q=路灯",
        "&state=nowhere",
    ],
)
def test_read_from_the_newest_on_or_by_an_index_a_list_is_the_same(street: Street, client, monkeypatch, asks: str) -> None:
    street.hung()
    street.move(street.team.project("演示·没有办成的", on("2021-04-01")))
    for place in ("", "4403", DISTRICT):
        lists = []
        for share in (0, 10**9):
            monkeypatch.setattr(newest, "_SHARE", dict.fromkeys(("", "city", "district"), share))
            lists.append(client.get(f"/projects/?place={place}{asks}").content.partition(b"<main")[2])
        assert lists[0] == lists[1] != b""


@pytest.mark.parametrize("place", ["", "44", "4403", DISTRICT, COMMUNITY[:9], COMMUNITY, OTHER])
def test_the_first_page_of_a_place_shows_what_a_search_that_fits_everything_shows(street: Street, client, place: str) -> None:
    street.hung()
    street.move(street.team.project("演示·没有办成的", on("2021-04-01")))

    def codes(asks: str) -> list[str]:
        return re.findall(r"/projects/(NS-[0-9-]+)/", client.get(f"/projects/?place={place}{asks}").content.decode())

    assert codes("") == codes("&q=NS-")
    assert len(codes("")) == (0 if place == OTHER else 2)


def test_what_the_system_says_of_a_meeting_or_an_outcome_reads_in_both_languages(street: Street, client, monkeypatch) -> None:
    case = street.archived()
    stop_the_clock(monkeypatch, on("2021-07-20"))
    address = f"/projects/{case.code}/"
    assert "，议题 1：" in words(client.get(address))
    need = f"/needs/{street.life.need.code}/"
    assert "现在是：已归档。" in words(client.get(need))
    english = words(in_english(client).get(address))
    assert "29 March 2021, 南头城社区居民议事会：三巷路灯, item 1: 评议“三巷路灯”. For 7, against 1, abstaining 0" in english
    assert "议题" not in english
    told = words(client.get(need))
    assert f"({case.code}), now stands at: Archived." in told
    assert "现在是" not in told


def test_a_table_of_a_form_names_its_figures_and_its_places() -> None:
    heads = [Text("街道", "Subdistrict"), Text("社区", "Community"), Text("金额", "Amount")]
    rows = [["演示街道", "演示<甲>社区", Text("200 万元", "2,000,000 yuan")], ["演示街道", "", ""]]
    sheet = life.Sheet(Text("方案", "Plan"), 2, True, [], [(Text("安排", "Plan"), heads, rows)], amended=False)
    filed, nobody = Text("已提交", "Filed"), Text("", "")
    step = life.Step(Text("提交", "Submit"), NOW, True, "", filed, SafeString(""), "done", nobody, "", [sheet], [])
    made = str(line([step], since=None, needs=0))
    place = '<span class="nb"><span class="quiet">社区</span> 演示&lt;甲&gt;社区</span>'
    figure = '<span class="nb"><span class="quiet">金额</span> 200 万元</span>'
    assert f"演示街道\u00a0· {place}\u00a0· {figure}</li>" in made
    assert "<li>演示街道</li>" in made
    long = life.Sheet(Text("方案", "Plan"), 1, True, [], [(Text("安排", "Plan"), heads, [["甲", "", "钱" * 17]])], amended=False)
    made_long = str(line([replace(step, sheets=[long])], since=None, needs=0))
    assert f'甲\u00a0· <span class="quiet">金额</span> {"钱" * 17}</li>' in made_long  # a long one may break
    assert "第 2 版 · 已锁定" in made and 'id="s1"' in made
