"""Somebody who has no mouse: Tab, Shift+Tab, Enter, Space, the arrows and what is typed. Nothing is ever clicked."""

from dataclasses import dataclass

from playwright.sync_api import Download, FileChooser, Page

from tests.browser import Visitor

SKIP = "直接看正文"
# So many stops at most from where one stands to what one wants: more than that is no way for a hand.
MOST = 60
_STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const words = (one) => one.innerText.replace(/\\s+/g, " ").trim();
  const drawn = getComputedStyle(at), box = at.getBoundingClientRect();
  const name = at.getAttribute("aria-label") || [...(at.labels || [])].map(words).join(" ") || words(at);
  return {
    name,
    kind: at.localName === "input" ? at.type : at.localName,
    group: at.type === "radio" ? words(at.closest("fieldset").querySelector("legend")) : "",
    checked: at.checked === true,
    ring: (drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) > 0) || drawn.boxShadow !== "none",
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""

_CHOSEN = "() => (document.activeElement.selectedOptions || document.activeElement.labels)[0].innerText.trim()"


@dataclass(frozen=True)
class Stop:
    """Where the focus stands: what a screen reader would call it, what it is, and whether the eye finds it."""

    name: str
    kind: str
    group: str
    checked: bool
    ring: bool
    seen: bool


class Lost(AssertionError):
    """The keyboard does not come there."""


class KeyboardReader:
    """Opens one page by its address; everywhere else it goes by key. `tabs` counts how far that was."""

    def __init__(self, visitor: Visitor, entrance: str, *, language: str = "zh-hans") -> None:
        self.page: Page = visitor.open(entrance, language=language)
        self.page.emulate_media(reduced_motion="reduce")
        # From now on a page that asks for a file is heard; asked for only at the key, the question may come first.
        self.page.on("filechooser", lambda _: None)
        self.tabs = 0
        self._arrive()

    def _arrive(self) -> None:
        """A page begins at its head, unless it puts the focus where one begins to write, or has jumped to a place in it."""
        self._fresh = "#" not in self.page.url and self.stop() is None

    def stop(self) -> Stop | None:
        found = self.page.evaluate(_STOP)
        return Stop(**found) if found else None

    def tab(self, *, back: bool = False) -> Stop | None:
        """One stop on. The first of a page is the way past the head; every stop is visible."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        self.tabs += 1
        stop = self.stop()
        if stop is None:
            return None
        assert stop.ring and stop.seen, f"the eye does not find {stop}"
        if self._fresh and not back:
            assert stop.name == SKIP, f"the first stop is {stop}"
        self._fresh = False
        return stop

    def skip(self) -> None:
        """Past the head of the page, to what it says."""
        self._fresh = True
        self.tab()
        self.page.keyboard.press("Enter")

    def to(self, name: str, kind: str = "", *, back: bool = False) -> Stop:
        """Tab until what stands there begins with this name, and is of this kind where one is asked."""
        passed, stop = [], self.stop()
        for _ in range(MOST):
            if stop and name in (stop.name[: len(name)], stop.group[: len(name)]) and kind in ("", stop.kind):
                return stop
            stop = self.tab(back=back)
            passed.append(f"{stop.kind} {stop.name[:24]}" if stop else "the end of the page")
        raise Lost(f"no {kind} {name} within {MOST} stops of {self.page.url}: {passed}")

    def press(self, key: str = "Enter") -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self._arrive()

    def go(self, name: str, kind: str = "", *, back: bool = False) -> None:
        """To a link or a button in the body of the page, and through it."""
        if self._fresh:
            self.skip()
        self.to(name, kind, back=back)
        self.press()

    def open(self, name: str) -> None:
        """Unfold what is folded."""
        self.to(name, "summary")
        self.page.keyboard.press("Enter")

    def write(self, name: str, text: str, kind: str = "") -> None:
        if self._fresh:
            self.skip()
        self.to(name, kind)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def untick(self, name: str) -> None:
        """A ticked box; one that is not is left as it is."""
        if self.to(name, "checkbox").checked:
            self.page.keyboard.press("Space")

    def choose(self, name: str, wanted: str) -> None:
        """One of several: by the space bar where it has the focus, else by the arrows."""
        stop = self.to(name)
        if stop.name.startswith(wanted):
            self.page.keyboard.press("Space")
            return
        for _ in range(MOST):
            self.page.keyboard.press("ArrowDown")
            if (self.page.evaluate(_CHOSEN) or "").startswith(wanted):
                return
        raise Lost(f"{name} does not offer {wanted}")

    def file(self, name: str, path: str) -> None:
        self.to(name, "file")
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        chooser: FileChooser = asked.value
        chooser.set_files(path)

    def download(self, name: str) -> Download:
        if self._fresh:
            self.skip()
        self.to(name, "a")
        with self.page.expect_download() as coming:
            self.page.keyboard.press("Enter")
        return coming.value

    @property
    def said(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")
