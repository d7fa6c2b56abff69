"""Personal data does not leak: canary names, phones and addresses appear in nothing an outsider can get."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from linli.records.reports.search.finding import Asked, find
from linli.records.reports.search.models import KINDS, SearchEntry
from linli.web.api.data.datasets import DATASETS
from linli.web.shared.doors import PUBLIC
from tests.house.ground import COMMUNITY, DISTRICT, SUBDISTRICT, Ground
from tests.house.matrix import Matrix, row_of

pytestmark = pytest.mark.django_db
# Further addresses with lists in them that one example each would not show.
MORE = (
    *(f"/c/{code}/" for code in (DISTRICT, SUBDISTRICT)),
    *(f"/{name}/?place={code}" for name in ("projects", "notices", "meetings") for code in (COMMUNITY, DISTRICT)),
    "/notices/?place=&over=1",
    f"/c/{COMMUNITY}/needs/?q=%E7%81%AF",
    f"/c/{COMMUNITY}/needs/similar/?what=%E6%A5%BC%E9%81%93%E7%9A%84%E7%81%AF%E5%9D%8F%E4%BA%86",
    "/projects/?q=%E5%A4%9C%E8%8E%BA",
    "/api/v1/projects?q=%E5%A4%9C%E8%8E%BA",
    f"/api/v1/needs?place={COMMUNITY}",
    f"/api/v1/meetings?place={COMMUNITY}",
    *(f"/api/v1/trail/events?stream={COMMUNITY}&after={after}" for after in (0, 50, 100, 150)),
    "/api/v1/trail/events?stream=nowhere",
)
# The same rule for everything else that leaves the house: tables, feeds, the search.
MORE += (
    *(f"/api/data/{name}.{form}" for name in DATASETS for form in ("csv", "json")),
    *(f"/c/{code}/feed.atom" for code in (SUBDISTRICT, DISTRICT)),
    *(
        f"/{door}?{urlencode({'q': word})}"
        for door in ("search/", "api/v1/search")
        for word in ("演示", "夜莺", "红嘴鸥", "灯", "yy")
    ),
    *(f"/search/?kind={kind}" for kind in KINDS),
)
OUTSIDERS = ("anonymous", "resident of another community")


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: Any) -> Iterator[Matrix]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Matrix(Ground())
        transaction.set_rollback(True)


def test_no_canary_in_anything_an_outsider_gets(matrix: Matrix) -> None:
    read, hits = 0, []
    for who in OUTSIDERS:
        for address in _open_addresses(matrix):
            for name, text in _texts(matrix, who, address):
                read += 1
                hits += [f"{who}: {name}: {canary}" for canary in _canaries(matrix, who, text)]
    assert read > 80
    assert not hits, "\n".join(hits)


def test_the_canaries_are_alive(matrix: Matrix) -> None:
    """Those who may read them find them; otherwise the test above would prove nothing."""
    ground = matrix.ground
    client = matrix.client_of(ground.who("secretary who opened the case"))
    page = client.get(f"/desk/meetings/{ground.meeting.pk}/").content.decode()
    assert ground.canaries.found_in(page), "the meeting page of the desk names who was there"
    paper = dict(_texts(matrix, "anonymous", f"/notices/{ground.notice.pk}/print.pdf"))
    assert any("长椅" in text for text in paper.values()), "the words of a PDF can be read"
    answer = client.post(f"/desk/notices/{ground.notice.pk}/objections/1/contact/", {"contact1-reason": "演示·约时间"})
    assert answer.status_code == 200
    assert any("objector" in hit for hit in ground.canaries.found_in(answer.content.decode()))


def test_no_canary_stands_in_the_search_index(matrix: Matrix) -> None:
    rows = list(SearchEntry.objects.values())
    assert {row["kind"] for row in rows} == set(KINDS)
    assert [hit for row in rows for hit in matrix.ground.canaries.found_in(" ".join(map(str, row.values())))] == []


def test_the_index_finds_what_is_open_and_not_what_is_hidden(matrix: Matrix) -> None:
    assert matrix.ground.need.code in [entry.ref for entry in find(Asked("楼道的灯")).entries]
    for hidden in ("红嘴鸥", "夜莺", "白头翁", "灰喜鹊", "金丝雀", "百灵鸟巷", "1390000"):
        assert list(find(Asked(hidden)).entries) == [], hidden


def _open_addresses(matrix: Matrix) -> list[str]:
    found = []
    for route in matrix.routes:
        row = row_of(route)
        door = route.door
        if door is not None and "GET" in door.methods and (door.may == PUBLIC or (row is not None and row.anonymous)):
            example = matrix.examples[route.name]
            found.append(f"{matrix.address(route.name)}?{example.asks}" if example.asks else matrix.address(route.name))
    return [*found, *MORE]


def _texts(matrix: Matrix, who: str, address: str) -> Iterator[tuple[str, str]]:
    """Everything readable in an answer: pages and JSON as they are, PDFs as text, zips file by file."""
    client: Client = matrix.client_of(matrix.ground.who(who))
    with transaction.atomic():
        answer = client.get(address, follow=True)
        transaction.set_rollback(True)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    yield f"{address} (headers)", str(dict(answer.headers))
    yield from _read(address, content)


def _read(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        yield name, "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from _read(f"{name} → {inner}", archive.read(inner))
                yield f"{name} → names", inner
    else:
        yield name, content.decode("utf-8", "replace")


def _canaries(matrix: Matrix, who: str, text: str) -> list[str]:
    """One's own name is no leak."""
    own = getattr(matrix.ground.who(who).person, "name", "") or "·"
    return [hit for hit in matrix.ground.canaries.found_in(text) if not hit.startswith(own)]
