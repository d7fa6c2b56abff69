"""The main screens in a real browser: three widths, both languages, large print, with and without scripts."""

import pytest

from linli.records.meetings.models import Meeting
from linli.records.needs.models import Need
from linli.records.notices.models import Notice
from linli.records.trail.services import take_checkpoint
from linli.web.shared.reader import PLACE_COOKIE
from tests.browser import WIDTHS, Visitor, axe_clean, no_sideways_scroll, screenshot, turn_to
from tests.journeys.steps import on
from tests.web.portal.world import COMMUNITY, DISTRICT, Street

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "places": "/places/?q=南头",
    "community": f"/c/{COMMUNITY}/",
    "area": f"/c/{DISTRICT}/",
    "needs": f"/c/{COMMUNITY}/needs/",
    "raise": f"/c/{COMMUNITY}/needs/new/",
    "projects": "/projects/?place=",
    "project": "/projects/NS-2021-0001/",
    "notices": "/notices/?place=",
    "meetings": "/meetings/?place=",
    "money": f"/money/{DISTRICT}/",
    "rules": "/rules/",
    "values": "/rules/nanshan/?part=values",
    "ways": "/rules/nanshan/?part=ways",
    "clause": "/rules/nanshan/clauses/S1 ¶6.1/",
    "trail": "/trail/",
    "receipt": "/receipts/",
}


def pages() -> dict[str, str]:
    notice, meeting = Notice.objects.get(), Meeting.objects.get(session="evaluation_session")
    numbered = {
        "notice": f"/notices/{notice.pk}/",
        "object": f"/notices/{notice.pk}/object/",
        "meeting": f"/meetings/{meeting.pk}/",
    }
    return PAGES | numbered


@pytest.fixture
def there(transactional_db: None) -> Street:
    street = Street()
    street.hung()
    take_checkpoint(at=on("2021-04-13"))
    return street


WAYS = [(language, large, WIDTHS if not large else (390,)) for language in ("zh-hans", "en") for large in (False, True)]


@pytest.mark.parametrize(("language", "large", "widths"), WAYS)
def test_every_screen_is_open_to_everyone(
    there: Street, visitor: Visitor, language: str, large: bool, widths: tuple[int, ...]
) -> None:
    page = visitor.open("/receipts/", language=language, large=large)
    page.context.add_cookies([{"name": PLACE_COOKIE, "value": COMMUNITY, "url": visitor.server}])
    for name, address in pages().items():
        page.goto(visitor.server + address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width in widths:
            turn_to(page, width)
            axe_clean(page)
            screenshot(page, f"portal-{name}-{width}-{language}{'-large' if large else ''}")
            no_sideways_scroll(page)


def test_a_draft_that_cannot_be_saved_by_itself_says_so_and_is_saved_later(there: Street, visitor: Visitor) -> None:
    page = visitor.open(f"/c/{COMMUNITY}/needs/new/")
    page.route("**/drafts/", lambda route: route.abort())
    page.fill("#f-what", "三栋楼道的灯坏了")
    page.get_by_text("没有存上：网站没有回应").wait_for()
    page.unroute("**/drafts/")
    page.route("**/drafts/", lambda route: route.fulfill(status=500, body=""))
    with page.expect_response("**/drafts/"):
        page.fill("#f-what", "三栋楼道的灯坏了，很暗")
    assert "没有存上：网站没有回应" in page.inner_text(".draft-bar")
    page.unroute("**/drafts/")
    page.fill("#f-what", "三栋楼道的灯坏了，很暗，老人怕摔")
    page.get_by_text("草稿存于").wait_for()


def test_nothing_on_any_page_breaks_the_policy_of_content(there: Street, visitor: Visitor) -> None:
    said: list[str] = []
    page = visitor.open("/receipts/")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in pages().values():
        page.goto(visitor.server + address)
    assert said == []


def test_similar_needs_appear_while_somebody_types(there: Street, visitor: Visitor) -> None:
    page = visitor.open(PAGES["raise"], width=390)
    page.get_by_label("希望解决什么").press_sequentially("巷子里没有路灯，晚上黑")
    page.locator("#similar .card").wait_for()
    assert "巷子里没有路灯，晚上老人出门看不清路" in page.locator("#similar").inner_text()
    axe_clean(page)


@pytest.mark.parametrize("js", [True, False])
def test_a_need_is_raised_by_keyboard_alone(there: Street, visitor: Visitor, js: bool) -> None:
    page = visitor.open(PAGES["raise"], width=390, js=js)
    for label, typed in (("希望解决什么", "楼道灯坏了"), ("在什么地方", "三栋"), ("联系电话", "13800138000")):
        page.get_by_label(label).focus()
        page.keyboard.type(typed)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # Return is the first button of the form: it looks for similar needs. Nothing is lost; the last button sends.
    sending = page.get_by_role("button", name="提交")
    if sending.count():
        assert page.get_by_label("在什么地方").input_value() == "三栋"
        sending.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert Need.objects.filter(what="楼道灯坏了").count() == 1
    assert "收到了" in page.locator("main").inner_text()
