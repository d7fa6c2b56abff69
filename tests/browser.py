"""A real browser for tests: Chromium against the live server. Absent, tests skip; in CI that is a failure."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# The browser's own loop runs in this thread, which makes Django think it is in async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SCREENSHOTS = Path(__file__).resolve().parents[1] / "docs" / "_screenshots"
# Axe makes and forgets a great many small things: a larger nursery for them. No page stays long enough for machine code to pay.
_SCRIPTS = "--js-flags=--min-semi-space-size=32 --max-semi-space-size=64 --no-maglev --no-turbofan"
# The first asks less of the machine: the same browser without a frame around its pages.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WIDTHS = (390, 768, 1440)
HEIGHTS = {390: 844, 768: 1024, 1440: 900}
# What axe keeps privately about a thing it keeps in a WeakMap, several for every colour it meets, which the collector of garbage
# pays for dearly: inside of axe such a map keeps it with the thing itself.
_KEPT_WITH_THE_THING = """(() => {
    class Kept {
        constructor() { this.name = Symbol(); }
        has(thing) { return this.name in thing; }
        get(thing) { return thing[this.name]; }
        set(thing, value) { thing[this.name] = value; return this; }
        add(thing) { return this.set(thing, true); }
        delete(thing) { return this.has(thing) && delete thing[this.name]; }
    }
    (function (WeakMap, WeakSet) { %s
    }).call(window, Kept, Kept);
})()"""
# axe reads the same few words for colours ("rgb(31, 41, 51)") thousands of times a page, which is half of its work:
# what a word says is worked out once, by axe itself.
_COLOURS_ONCE = """(() => {
    const Color = axe.commons.color.Color, read = Color.prototype.parseString, known = new Map();
    Color.prototype.parseString = function (words) {
        if (!known.has(words)) known.set(words, read.call(new Color(0, 0, 0, 1), words));
        const said = known.get(words);
        [this.r, this.g, this.b, this.alpha] = [said.r, said.g, said.b, said.alpha];
        return this;
    };
})()"""
_AXE = f"{_KEPT_WITH_THE_THING % AXE_SCRIPT};{_COLOURS_ONCE}"
# Only what is wrong is described node by node: a page that is in order is read in half the time. Of what axe can fetch before
# it begins, these rules read sounds and films; sheets of style it would copy for nobody.
_READ = """async () => (await axe.run({
    preload: {assets: ["media"]},
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    resultTypes: ["violations"],
})).violations"""


def chromium() -> str:
    """Where Chromium is. Skips without it; fails in CI, where nothing may be skipped."""
    if found := _found():
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("Chromium is missing; in CI every browser test must run")
    pytest.skip("no Chromium here")


def has_chromium() -> bool:
    return _found() is not None


def _found() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", _SCRIPTS])
        yield launched
        launched.close()


class Visitor:
    """A person with a browser. `open` gives a page at an address of the live server."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []

    def open(
        self, path: str, *, width: int = 1440, language: str = "", large: bool = False, dark: bool = False, js: bool = True
    ) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            has_touch=width < 768,
        )
        self.contexts.append(context)
        wished = {"django_language": language, "linli_large": "1" if large else ""}
        context.add_cookies([{"name": name, "value": value, "url": self.server} for name, value in wished.items() if value])
        page = context.new_page()
        page.goto(self.server + path)
        return page


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Visitor]:  # type: ignore[no-untyped-def]
    somebody = Visitor(browser, live_server.url)
    yield somebody
    for context in somebody.contexts:
        context.close()


def sign_in_as(page: Page, account, server: str) -> None:  # type: ignore[no-untyped-def]
    """Puts this account's session into the page's browser, without the sign-in pages."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": server}]
    )


def complaints(page: Page) -> list[str]:
    """What axe finds under WCAG 2.2 AA, one line each with the first elements concerned."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_AXE)
    found = page.evaluate(_READ)
    return [f"{one['id']}: {one['help']} | " + " ; ".join(node["html"][:160] for node in one["nodes"][:3]) for one in found]


def axe_clean(page: Page) -> None:
    assert complaints(page) == []


def turn_to(page: Page, width: int) -> None:
    """The page that is open, in a window of another width.

    Loading it anew would show the same: neither style nor scripts ask a window for more than its width, and scripts not
    even for that (tests/house/test_windows.py).
    """
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    if page.evaluate("window.innerWidth") != width:
        page.wait_for_function("width => window.innerWidth === width", arg=width)


def no_sideways_scroll(page: Page) -> None:
    """Nothing sticks out at this width."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def screenshot(page: Page, name: str, *, whole: bool = True) -> Path | None:
    """What the window shows, into docs/_screenshots (never committed). Whole pages are slow: only with LINLI_WHOLE_PAGES=1."""
    if whole and not os.environ.get("LINLI_WHOLE_PAGES"):
        return None
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    return path
