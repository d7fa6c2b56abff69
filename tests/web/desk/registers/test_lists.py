"""The lists of a place, at the desk of those who keep them and on the page of everybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.records.registers.models import Row
from linli.records.registers.services import enter_row, enter_rows
from tests.records.needs.test_sheets import book, cell
from tests.records.registers.world import COMMUNITY, COUNTY, Cast, at, place
from tests.web.desk.cases.office import Clock, Desk
from tests.world import row_counts

pytestmark = pytest.mark.django_db
LIST = f"/desk/registers/{COMMUNITY}/council_mandate/"
PUBLIC = f"/c/{COMMUNITY}/lists/council_mandate/"


def test_a_keeper_enters_amends_and_strikes_and_everybody_sees_what_holds(cast: Cast, time: Clock) -> None:
    desk = Desk(cast.committee).open("/desk/registers/").click("议事会授权事项清单").click("登记")
    desk.send(**{"matter": "公共收益使用", "granted_on": "2026-03-01", "limits": "五千元以下", "row-since": "2026-03-02"})
    row = Row.objects.get()
    assert "公共收益使用" in Client().get(PUBLIC).content.decode()

    time.at = at("2026-04-08")
    desk.send(**{"limits": "一万元以下", "amend-reason": "会议扩大授权"})
    assert Row.objects.get().data["limits"] == "一万元以下"
    assert "会议扩大授权" in desk.text and "五千元以下" in desk.text
    assert "五千元以下" in Client().get(PUBLIC + "?on=2026-04-01").content.decode()

    time.at = at("2026-05-06")
    desk.send(f"/desk/registers/rows/{row.pk}/strike/", **{"strike-reason": "村民会议收回"})
    assert "村民会议收回" in desk.text and not desk.has_button("保存修改")
    public = Client().get(PUBLIC).content.decode()
    assert "公共收益使用" not in public and '已移出 <span class="count">1</span>' in public
    assert "公共收益使用" in Client().get(PUBLIC + "?state=struck").content.decode()


def test_what_cannot_be_taken_comes_back_with_what_was_typed_and_nothing_changed(cast: Cast, time: Clock) -> None:
    desk, before = Desk(cast.committee).open(LIST + "new/"), row_counts()
    desk.send(status=422, **{"matter": "公共收益使用", "granted_on": "", "row-since": "2026-03-02"})
    assert 'value="公共收益使用"' in desk.html and "授权日期" in desk.text
    assert row_counts() == before


def test_those_who_do_not_keep_a_list_may_read_it_and_strangers_do_not_find_it(cast: Cast, time: Clock) -> None:
    assert Desk(cast.town).open(LIST).has_button("登记") is False
    Desk(cast.town).open(LIST + "new/", status=403)
    Desk(cast.next_door).open(LIST, status=404)
    Desk(cast.resident).open(LIST, status=404)
    assert Client().get(f"/c/{COMMUNITY}/lists/social_workers/").status_code == 404
    assert not Row.objects.exists()


def test_a_sheet_that_reaches_too_far_or_cannot_be_split_is_refused_and_nothing_entered(cast: Cast, time: Clock) -> None:
    far = book(f'<row r="1">{cell("A1", "事项")}</row><row r="1048576">{cell("XFD1048576")}</row>').getvalue()
    torn = '事项,授权日期,限制\n环境整治,2026-03-01,\n"停车,2026/3/1,只议不罚\n'.encode()
    for name, content, said in (
        ("清单.xlsx", far, "第 1,048,576 行、第 16,384 列"),
        ("清单.csv", torn, "第 3 行：这一行的引号不成对"),
    ):
        desk = Desk(cast.committee).open(LIST + "import/")
        desk.page = desk.client.post(LIST + "import/", {"import-file": SimpleUploadedFile(name, content)})
        assert desk.page.status_code == 422 and said in desk.page.content.decode()
    assert not Row.objects.exists()


def test_a_sheet_is_imported_and_the_rest_said_row_by_row(cast: Cast, time: Clock) -> None:
    text = "事项,授权日期,限制\n环境整治,2026-03-01,\n,三月,\n停车管理,2026/3/1,只议不罚\n"
    desk = Desk(cast.committee).open(LIST + "import/")
    upload = SimpleUploadedFile("清单.csv", text.encode("utf-8-sig"))
    desk.page = desk.client.post(LIST + "import/", {"import-file": upload})
    assert "登记了 2 条" in desk.text and "授权日期" in desk.text
    assert set(Row.objects.values_list("key", flat=True)) == {"环境整治", "停车管理"}
    csv = desk.client.get(LIST + "rows.csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("事项,授权日期,限制") and "停车管理" in csv
    assert desk.client.get(LIST + "rows.xlsx").content[:2] == b"PK"
    assert desk.client.get(LIST + "rows.template").content[:2] == b"PK"


def test_a_file_for_spreadsheets_holds_no_formula(cast: Cast, time: Clock) -> None:
    data = {"matter": "=HYPERLINK(1)", "granted_on": "2026-03-01"}
    enter_row(place=cast.place, register="council_mandate", data=data, by=cast.committee, at=at("2026-03-02"))
    assert "'=HYPERLINK(1)" in Client().get(PUBLIC + "rows.csv").content.decode("utf-8-sig")


def test_a_list_falls_into_its_classes(cast: Cast, time: Clock) -> None:
    for number, share in enumerate(("government", "assisted", "assisted", "self_governed")):
        data = {
            "item": f"事项{number}",
            "category": "民政",
            "department": "民政局",
            "basis": "条例",
            "share": share,
            "fee": "100",
        }
        enter_row(place=place(COUNTY), register="access_catalogue", data=data, by=cast.civil, at=at("2026-03-02"))
    page = Client().get(f"/c/{COUNTY}/lists/access_catalogue/?class=assisted").content.decode()
    assert "事项1" in page and "事项2" in page and "事项0" not in page
    shelf = Client().get(f"/c/{COMMUNITY}/lists/").content.decode()
    assert f"/c/{COUNTY}/lists/access_catalogue/" in shelf


@pytest.mark.requirement("S3-36", how="answered")
def test_a_resident_asks_and_is_answered_in_public(cast: Cast, time: Clock) -> None:
    resident = Desk(cast.resident).open(f"/c/{COMMUNITY}/lists/disclosure_queries/").click("我要问一句")
    resident.send(item="集体收支", question="修路花了多少", asked_by="演示·不愿公开的名字")
    row = Row.objects.get()
    assert "待答复" in resident.text and "演示·不愿公开的名字" not in resident.html

    desk = Desk(cast.committee).open("/desk/")
    assert "修路花了多少" in desk.text
    desk.open(f"/desk/registers/rows/{row.pk}/")
    desk.send(f"/desk/registers/rows/{row.pk}/answer/", status=422, **{"answer-verdict": "", "answer-reason": ""})
    desk.send(f"/desk/registers/rows/{row.pk}/answer/", **{"answer-verdict": "done", "answer-reason": "共 12 万元，凭证已公开"})
    public = Client().get(f"/c/{COMMUNITY}/lists/disclosure_queries/?state=all").content.decode()
    assert "共 12 万元，凭证已公开" in public and "演示·不愿公开的名字" not in public
    assert "修路花了多少" not in Desk(cast.committee).open("/desk/").text


@pytest.mark.requirement("S3-47", "S3-49", how="shown")
def test_what_is_due_is_shown_finance_first_and_the_county_sees_who_is_late(cast: Cast, time: Clock) -> None:
    for item, domain in (("低保名单", "affairs"), ("集体收支", "finance")):
        data = {
            "item": item,
            "domain": domain,
            "content": "全部",
            "basis": "统一目录",
            "form": ["web"],
            "time": "month",
            "steps": "审核后公开",
            "phases": ["before", "after"],
        }
        enter_row(place=place(COUNTY), register="disclosure_catalogue", data=data, by=cast.civil, at=at("2026-01-10"))
    done = {"item": "低保名单", "domain": "affairs", "phase": "after", "content": "名单", "channels": ["web", "board"]}
    done["published_on"] = "2026-03-01"
    enter_row(place=cast.place, register="disclosures", data=done, by=cast.committee, at=at("2026-03-01"))
    page = Client().get(f"/c/{COMMUNITY}/disclosures/").content.decode()
    assert page.index("集体收支") < page.index("低保名单")
    assert "共 2 项，分 4 个阶段；本期已办 1 个，逾期 3 个。" in page and "1–2月" in page
    assert "滨江社区" in Desk(cast.civil).open(f"/desk/registers/{COUNTY}/disclosure_catalogue/").text


def test_pages_cost_the_same_with_three_rows_and_with_thirty(cast: Cast, time: Clock, django_assert_max_num_queries) -> None:
    desk = Desk(cast.committee)
    counted = []
    for many in (3, 27):
        rows = [{"matter": f"事项{many}-{number}", "granted_on": "2026-03-01"} for number in range(many)]
        enter_rows(place=cast.place, register="council_mandate", rows=rows, by=cast.committee, at=at("2026-03-02"))
        for client, address in ((Client(), PUBLIC), (desk.client, LIST), (Client(), f"/c/{COMMUNITY}/lists/")):
            client.get(address)
            with django_assert_max_num_queries(40) as queries:
                client.get(address)
            counted.append(len(queries))
    assert counted[:3] == counted[3:]
