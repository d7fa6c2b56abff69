"""English is complete: on an English page no Chinese stands but what people wrote, names, and what is marked as Chinese."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

import linli.demonstration
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.meetings.models import Meeting
from linli.records.needs.models import Need
from linli.records.notices.models import Notice
from linli.records.people.models import Person
from linli.records.people.services import account_of
from linli.records.places.models import Place
from linli.records.texts.models import Document
from tests.demonstration.district.walk import walk

pytestmark = [pytest.mark.timeout(900), pytest.mark.django_db]

_CHINESE = re.compile("[\u3001-\u303f\u3400-\u9fff\uff01-\uffef]")
_SPOKEN = ("alt", "title", "aria-label", "placeholder")
_ALONE = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_UNSEEN = {"script", "style", "datalist"}

# Names of places and people, and what residents and offices wrote themselves. What the demonstration has them say is
# read from its own files beside (`said_by_the_demonstration`).
WRITTEN = {
    "places.Place": ("name",),
    "people.Person": ("name",),
    "people.Organisation": ("name",),
    "people.Household": ("label",),
    "bodies.Body": ("name",),
    "evidence.File": ("name",),
    "evidence.Filling": ("data",),
    "cases.Case": ("title",),
    "needs.Need": ("what", "where"),
    "notices.Notice": ("contact",),
    "notices.NoticeContent": ("title", "body"),
    "notices.Posting": ("where",),
    "meetings.Meeting": ("title", "venue"),
    "meetings.AgendaItem": ("title",),
    "scorecards.Scoring": ("title",),
    "registers.Row": ("data",),
    "registers.Version": ("data",),
    "funds.Envelope": ("source", "document"),
    "texts.Document": ("title",),
    "texts.Paragraph": ("words",),
    "rulebook.LocalSetting": ("document",),
}


class _Words(HTMLParser):
    """What a page says outside of what it marks as Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool]] = []
        self.said: list[str] = []

    @property
    def _skipped(self) -> bool:
        return any(skip for _, skip in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marked = tag != "html" and (dict(attrs).get("lang") or "").startswith("zh")
        if not self._skipped and not marked:
            self.said += [value for name, value in attrs if name in _SPOKEN and value]
        if tag not in _ALONE:
            self._open.append((tag, marked or tag in _UNSEEN))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for n in range(len(self._open) - 1, -1, -1):
            if self._open[n][0] == tag:
                del self._open[n:]
                return

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.said.append(data.strip())


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line.strip() for line in [value, *value.splitlines()])
    elif isinstance(value, dict):
        for each in value.values():
            yield from _lines(each)
    elif isinstance(value, list):
        for each in value:
            yield from _lines(each)


def said_by_the_demonstration() -> Iterator[str]:
    for file in Path(linli.demonstration.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from _lines(node.value)


def written_by_people() -> re.Pattern[str]:
    """Longest first: a part of a sentence never leaves the rest of it standing."""
    known = set(said_by_the_demonstration())
    for label, columns in WRITTEN.items():
        for row in apps.get_model(label)._default_manager.values_list(*columns).iterator():
            known.update(_lines(list(row)))
    known.update(place.short_name for place in Place.objects.all())
    words = sorted((words for words in known if len(words) > 1 and _CHINESE.search(words)), key=len, reverse=True)
    cut = [f"{re.escape(words[:n])}…" for words in known if len(words) > 8 for n in (7, 8)]  # as a map cuts a long name
    return re.compile("|".join([*cut, *map(re.escape, words)]))


@pytest.fixture(scope="module")
def people(world: World) -> re.Pattern[str]:
    return written_by_people()


def pages_of(reader: Client) -> dict[str, str]:
    """One page of every kind, and every project: each procedure says other things."""
    reader.cookies["django_language"] = "en"
    found = {one.address: one.html for one in walk(reader, "/places/", most=120, deep=4, within=("portal:", "shared:"))}
    addresses = [reverse("portal:project", args=[code]) for code in Case.objects.values_list("code", flat=True)]
    for model, name in ((Notice, "notice"), (Meeting, "meeting"), (Document, "text")):
        addresses += [reverse(f"portal:{name}", args=[pk]) for pk in model.objects.values_list("pk", flat=True)[:20]]
    answered = Need.objects.filter(answers__isnull=False).values_list("code", flat=True)[:10]
    addresses += [reverse("portal:need", args=[code]) for code in answered]
    for address in addresses:
        answer = reader.get(address)
        if answer.status_code == 200:
            found[address] = answer.content.decode()
    return found


def chinese_of_the_house(html: str, people: re.Pattern[str]) -> list[str]:
    parser = _Words()
    parser.feed(html)
    return [said for said in parser.said if _CHINESE.search(said) and _CHINESE.search(people.sub("", said))]


def chinese_on(pages: dict[str, str], people: re.Pattern[str]) -> dict[str, str]:
    """Each piece of it, with a page it stands on."""
    return {chinese: address for address, html in pages.items() for chinese in chinese_of_the_house(html, people)}


def test_a_stranger_reads_no_chinese_of_the_house_on_an_english_page(world: World, people: re.Pattern[str]) -> None:
    pages = pages_of(Client())
    assert len(pages) > 120
    assert chinese_on(pages, people) == {}


def test_nor_does_a_resident_of_their_own_matters(world: World, people: re.Pattern[str]) -> None:
    asker = Person.objects.filter(kind="resident", needs__answers__isnull=False).first()
    assert asker is not None
    reader = Client()
    reader.force_login(account_of(asker), backend="django.contrib.auth.backends.ModelBackend")
    assert chinese_on(pages_of(reader), people) == {}
