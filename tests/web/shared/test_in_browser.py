"""The living page in a real browser: every width, both languages, large print, dark, without scripts."""

import pytest
from django.test import override_settings

from tests.browser import WIDTHS, Visitor, axe_clean, no_sideways_scroll, screenshot, turn_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIECES = "/desk/pieces/"


# Every width in both languages; large print and the dark at each width too, each with one of the languages.
WAYS = [
    ("zh-hans", False, False, WIDTHS),
    ("en", False, False, WIDTHS),
    ("zh-hans", True, True, (390,)),
    ("zh-hans", True, False, (768,)),
    ("en", True, False, (390,)),
    ("en", True, True, (1440,)),
    ("en", False, True, (768,)),
]


@pytest.mark.parametrize(("language", "large", "dark", "widths"), WAYS)
def test_the_pieces_are_open_to_everyone(
    visitor: Visitor, language: str, large: bool, dark: bool, widths: tuple[int, ...]
) -> None:
    page = visitor.open(PIECES, language=language, large=large, dark=dark)
    for chip in page.locator("details").all():
        chip.evaluate("one => one.open = true")
    for width in widths:
        turn_to(page, width)
        axe_clean(page)
        no_sideways_scroll(page)
        screenshot(page, f"pieces-{width}-{language}{'-large' if large else ''}{'-dark' if dark else ''}")


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/household/", "/accounts/login/", "/outbox/", "/nothing/"])
def test_the_shared_pages_are_open_to_everyone(visitor: Visitor, address: str) -> None:
    page = visitor.open(address)
    for width in WIDTHS:
        turn_to(page, width)
        axe_clean(page)
        no_sideways_scroll(page)


def test_nothing_breaks_the_policy_of_content(visitor: Visitor) -> None:
    said: list[str] = []
    page = visitor.open("/sign-in/")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(visitor.server + PIECES)
    page.wait_for_load_state("networkidle")
    assert said == []
    assert page.evaluate("typeof htmx") == "object"


@pytest.mark.parametrize("js", [True, False])
def test_a_row_is_added_by_keyboard_and_nothing_typed_is_lost(visitor: Visitor, js: bool) -> None:
    page = visitor.open(PIECES, js=js)
    page.get_by_label("项目名称").fill("换灯")
    rows = page.locator(".lines > li").count()
    button = page.get_by_role("button", name="再加一行")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".lines > li").count() == rows + 1
    assert page.get_by_label("项目名称").input_value() == "换灯"


def test_return_in_a_field_sends_the_form_and_drops_no_row(visitor: Visitor) -> None:
    page = visitor.open(PIECES)
    rows = page.locator(".lines > li").count()
    with page.expect_navigation():
        page.get_by_label("项目名称").press("Enter")
    assert page.locator(".lines > li").count() == rows


def test_the_skip_link_comes_first(visitor: Visitor) -> None:
    page = visitor.open(PIECES)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("large", "least"), [(False, 24), (True, 44)])
def test_targets_are_large_enough(visitor: Visitor, large: bool, least: int) -> None:
    page = visitor.open(PIECES, width=390, large=large)
    small = page.evaluate(
        """least => [...document.querySelectorAll(
                'button, .button, summary, select, .switch, .tabs a, input:not([type=hidden], [type=checkbox], [type=radio])')]
            .filter(one => !one.classList.contains('heard') && one.checkVisibility())
            .filter(one => one.getBoundingClientRect().height < least).map(one => one.outerHTML.slice(0, 90))""",
        least,
    )
    assert small == []


@override_settings(DEMONSTRATION=False)
def test_a_page_stays_light(visitor: Visitor) -> None:
    sizes: list[int] = []
    page = visitor.open("/outbox/")
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(visitor.server + "/sign-in/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 100_000
