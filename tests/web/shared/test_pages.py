"""The shell of every page: language, large print, refusals, safe switches."""

from datetime import date

import html5lib
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.samples import Samples

pytestmark = pytest.mark.django_db


@door(may=PUBLIC)
def turned(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "refused": Samples(date(2026, 11, 21)).refused,
        "not_allowed": NotAllowed(Text("不由您办", "Not yours")),
        "not_found": NotFound(),
        "invalid": Invalid(Text("请改一下", "Please mend")),
        "broken": RuntimeError("boom"),
        "evil": Refused(Text("<script>alert(1)</script>", "<img src=x onerror=alert(1)>")),
    }[how]


urlpatterns = [
    path("turned/<str:how>/", turned),
    path("desk/", include("linli.web.desk.urls")),
    path("", include("linli.config.urls")),
]
handler500 = "linli.web.shared.turned_down.failed"
handler404 = "linli.web.shared.turned_down.not_found"


@pytest.mark.parametrize("address", ["/desk/pieces/", "/sign-in/", "/sign-in/household/", "/accounts/login/", "/outbox/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_valid_html(client: Client, address: str, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(address)
    assert page.status_code == 200
    html5lib.HTMLParser(strict=True).parse(page.content)


def test_chinese_is_first_whatever_the_browser_asks_for(client: Client) -> None:
    page = client.get("/sign-in/", headers={"accept-language": "en-US,en"})
    assert 'lang="zh-Hans"' in page.text
    assert "手机号" in page.text
    assert page.headers["Content-Language"] == "zh-hans"


def test_the_switch_to_english_is_remembered(client: Client) -> None:
    answer = client.post("/switch/language/", {"language": "en", "next": "/sign-in/"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/"
    page = client.get("/sign-in/")
    assert 'lang="en"' in page.text
    assert "Mobile number" in page.text


def test_large_print_is_remembered(client: Client) -> None:
    client.post("/switch/size/", {"large": "1", "next": "/sign-in/"})
    assert 'data-size="large"' in client.get("/sign-in/").text
    client.post("/switch/size/", {"large": "0"})
    assert 'data-size="large"' not in client.get("/sign-in/").text


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", "", "/\\evil.example"]
)
def test_a_switch_never_leads_off_the_site(client: Client, next_page: str) -> None:
    assert client.post("/switch/size/", {"large": "1", "next": next_page}).headers["Location"] == "/"


def test_switches_do_not_answer_to_links(client: Client) -> None:
    assert client.get("/switch/size/?large=1").status_code == 405


def test_an_address_that_only_takes_forms_says_so_instead_of_nothing(client: Client) -> None:
    answer = client.get("/switch/size/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这个地址只收表单，不能直接打开。请回到原来的页面，从那里再办。" in answer.content.decode()


def test_an_unknown_language_means_chinese(client: Client) -> None:
    client.cookies["django_language"] = "fr<script>"
    assert 'lang="zh-Hans"' in client.get("/sign-in/").text


@override_settings(ROOT_URLCONF="tests.web.shared.test_pages")
@pytest.mark.parametrize(("how", "status"), [("refused", 409), ("not_allowed", 403), ("not_found", 404), ("invalid", 422)])
def test_the_four_refusals_are_pages(client: Client, how: str, status: int) -> None:
    page = client.get(f"/turned/{how}/")
    assert page.status_code == status
    html5lib.HTMLParser(strict=True).parse(page.content)


@override_settings(ROOT_URLCONF="tests.web.shared.test_pages")
def test_a_refusal_names_everything_missing_and_what_mends_it(client: Client) -> None:
    page = client.get("/turned/refused/").text
    assert "还差两步，现在还不能确定这个项目。" in page
    assert "公示期间收到的 1 条异议还没有答复" in page
    assert "逐条答复异议；答复后公示接着计时。" in page
    assert "52.0 万元 &gt; 上限 50.0 万元" in page
    assert "第3条" in page


@override_settings(ROOT_URLCONF="tests.web.shared.test_pages")
def test_htmx_gets_only_the_panel(client: Client) -> None:
    page = client.get("/turned/refused/", headers={"hx-request": "true"})
    assert page.status_code == 409
    assert page.text.lstrip().startswith("<section")
    assert "<html" not in page.text


@override_settings(ROOT_URLCONF="tests.web.shared.test_pages")
def test_words_of_a_refusal_are_never_markup(client: Client) -> None:
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        page = client.get("/turned/evil/").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@override_settings(ROOT_URLCONF="tests.web.shared.test_pages")
def test_our_own_fault_says_so_and_hides_the_cause(client: Client) -> None:
    client.raise_request_exception = False
    page = client.get("/turned/broken/")
    assert page.status_code == 500
    assert "不是您的操作有误" in page.text
    assert "boom" not in page.text
    html5lib.HTMLParser(strict=True).parse(page.content)


def test_a_stale_form_says_what_to_do() -> None:
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {"phone": "13800000000"})
    assert page.status_code == 403
    assert "这一页打开太久了" in page.text
    assert ">登录</a></p>" not in page.text


def test_a_stale_form_leads_back_to_itself_and_shows_what_was_typed_there() -> None:
    client, typed = (
        Client(enforce_csrf_checks=True),
        {"phone": "13800000000", "text": "灯太亮，<b>睡不着</b>。", "next": "/places/"},
    )
    here = {"Origin": "http://testserver", "Referer": "http://testserver/sign-in/?next=/places/"}
    page = client.post("/sign-in/", typed, headers=here).text
    assert '<a class="button" href="/sign-in/?next=/places/">重新打开这一页</a>' in page
    assert "灯太亮，&lt;b&gt;睡不着&lt;/b&gt;。" in page
    assert "13800000000" not in page
    abroad = {"Origin": "https://elsewhere.example", "Referer": "https://elsewhere.example/"}
    assert "灯太亮" not in client.post("/sign-in/", typed, headers=abroad).text


def test_an_address_that_is_not_there(client: Client) -> None:
    page = client.get("/nothing/here/")
    assert page.status_code == 404
    assert "没有找到这一页" in page.text


def test_the_policy_of_content_allows_nothing_inline(client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_anonymous_page_costs_no_query(client: Client, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        client.get("/desk/pieces/")


def test_the_living_page_keeps_what_was_typed_when_a_row_is_added(client: Client) -> None:
    page = client.post("/desk/pieces/", {"title": "换灯", "budget-rows": "1", "budget-0-item": "灯管", "_add_row": "budget"})
    assert 'value="换灯"' in page.text
    assert 'value="灯管"' in page.text
    assert 'name="budget-1-item"' in page.text
