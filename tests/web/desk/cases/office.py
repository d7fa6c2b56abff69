"""Somebody at the desk with a mouse: opens pages, fills what is there, presses buttons. The people are made up (演示)."""

import re
from datetime import datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils.html import strip_tags

from linli.records.people.models import Account, Person
from linli.web.shared import clock


class Desk:
    """One person's browser. Each answer is kept as `page`; `text` is what a reader sees of it."""

    def __init__(self, person: Person) -> None:
        self.person, self.client = person, Client()
        self.client.force_login(account_of(person), backend="django.contrib.auth.backends.ModelBackend")

    def open(self, address: str, status: int = 200) -> "Desk":
        self.page = self.client.get(address)
        assert self.page.status_code == status, (address, self.page.status_code, self.text[:2000])
        return self

    def click(self, words: str) -> "Desk":
        """Follows the first link with these words; KeyError if there is none."""
        return self.open(self.link(words))

    def link(self, words: str) -> str:
        found = [address for address, said in self.links if words in said]
        assert found, f"no link {words!r} among {[said for _, said in self.links]}"
        return found[0]

    def send(self, address: str = "", status: int = 302, **typed: object) -> "Desk":
        """Sends a form as a browser does: what stands in it, with what was typed over it; follows to the next page."""
        here = address or self.page.wsgi_request.get_full_path()
        filled = {**self.filled(), **typed}
        self.page = self.client.post(here, {key: value for key, value in filled.items() if value is not None})
        assert self.page.status_code == status, (self.page.status_code, self.text[:3000])
        return self.open(self.page.headers["Location"]) if status == 302 else self

    def filled(self) -> dict[str, object]:
        """What the page's forms hold already, so that sending keeps what a browser would send."""
        return Boxes.read(self.page.content.decode())

    @property
    def html(self) -> str:
        return self.page.content.decode()

    @property
    def text(self) -> str:
        body = re.sub(r"(?s)<(head|nav|header class=\"top\"|footer).*?</\1.*?>", " ", self.html)
        return re.sub(r"\s+", " ", unescape(strip_tags(body)))

    @property
    def links(self) -> list[tuple[str, str]]:
        found = re.findall(r'(?s)<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.html)
        return [(unescape(address), unescape(strip_tags(words)).strip()) for address, words in found]

    def has_button(self, words: str) -> bool:
        return any(words in strip_tags(inner) for inner in re.findall(r"(?s)<button\b[^>]*>(.*?)</button>", self.html))


class Boxes(HTMLParser):
    """The values of inputs, selects and text areas."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, object] = {}
        self._area = self._select = ""

    @classmethod
    def read(cls, html: str) -> dict[str, object]:
        boxes = cls()
        boxes.feed(html)
        return boxes.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        name, value = named.get("name") or "", named.get("value") or ""
        if tag == "input" and name and named.get("type") not in ("file", "submit", "search"):
            if named.get("type") in ("checkbox", "radio"):
                if "checked" in named:
                    self._several(name, value) if named["type"] == "checkbox" else self.found.update({name: value})
            else:
                self.found[name] = value
        elif tag == "textarea":
            self._area = name
            self.found[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in named and self._select:
            self.found[self._select] = value

    def _several(self, name: str, value: str) -> None:
        before = self.found.setdefault(name, [])
        assert isinstance(before, list)
        before.append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] = str(self.found[self._area]) + data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


def account_of(person: Person) -> Account:
    account, _ = Account.objects.get_or_create(person=person, defaults={"username": f"desk-{person.pk}"})
    return account


class Clock:
    """The clock of the web, set by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @classmethod
    def stopped(cls, monkeypatch: pytest.MonkeyPatch, at: datetime) -> "Clock":
        """It stands still until the test moves it."""
        stands = cls(at)
        monkeypatch.setattr(clock, "now", stands)
        return stands

    def __call__(self) -> datetime:
        return self.at
