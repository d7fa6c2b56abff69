"""What the API says of itself is what it does: every operation is called with real things and checked against its shape."""

import json
from typing import Any

import pytest
from django.test import Client

from linli.records.meetings.models import Meeting
from linli.records.notices.models import Notice
from linli.records.reports.search.indexing import rebuild
from linli.records.trail.services import take_checkpoint
from linli.web.shared import clock
from tests.journeys.steps import on
from tests.web.portal.pages import in_english, words
from tests.web.portal.world import COMMUNITY, Street

pytestmark = pytest.mark.django_db
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


@pytest.fixture
def street(db: None) -> Street:
    street = Street()
    street.archived()
    rebuild(clock.today())
    take_checkpoint(at=on("2021-07-19"))
    return street


def wrong(value: Any, shape: dict[str, Any], schemas: dict[str, Any], where: str = "$") -> list[str]:
    """What of an answer is not as its shape says: a small reading of JSON Schema, as far as ours goes."""
    if "$ref" in shape:
        return wrong(value, schemas[shape["$ref"].rpartition("/")[2]], schemas, where)
    if "anyOf" in shape:
        tried = [wrong(value, one, schemas, where) for one in shape["anyOf"]]
        return [] if any(not found for found in tried) else tried[0]
    if "type" in shape and not _is(value, shape["type"]):
        return [f"{where}: {value!r} is no {shape['type']}"]
    found = []
    if isinstance(value, dict) and "properties" in shape:
        found += [f"{where}: {name} is missing" for name in shape.get("required", ()) if name not in value]
        found += [f"{where}: {name} is not said" for name in value if name not in shape["properties"]]
        for name, part in shape["properties"].items():
            if name in value:
                found += wrong(value[name], part, schemas, f"{where}.{name}")
    if isinstance(value, list) and "items" in shape:
        for number, one in enumerate(value):
            found += wrong(one, shape["items"], schemas, f"{where}[{number}]")
    return found


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and not (kind in ("integer", "number") and isinstance(value, bool))


def test_every_operation_answers_as_it_says(street: Street, client: Client) -> None:
    said = json.loads(client.get("/api/openapi.json").content)
    schemas = said["components"]["schemas"]
    case, need = street.life.case, street.life.need
    names = {
        "/projects/{code}": case.code,
        "/needs/{code}": need.code,
        "/notices/{id}": Notice.objects.latest("pk").pk,
        "/meetings/{id}": Meeting.objects.latest("pk").pk,
    }
    checked = []
    for path, methods in said["paths"].items():
        short = path.replace("/api/v1", "")
        address = path.replace("{code}", str(names.get(short, ""))).replace("{id}", str(names.get(short, "")))
        address = address.replace("{pack}", "nanshan").replace("{id}", "nanshan")
        asks = {"stream": COMMUNITY} if short == "/trail/events" else {"q": "灯"} if short == "/search" else {}
        answer = client.get(address, asks)
        assert answer.status_code == 200, address
        shape = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        found = json.loads(answer.content)
        assert wrong(found, shape, schemas) == [], address
        assert found if isinstance(found, list) else found.get("items", True), (
            f"{address} answers with an empty list: nothing was checked"
        )
        checked.append(short)
    assert len(checked) == len(said["paths"]) == 16


def test_every_field_every_parameter_and_every_no_is_described(client: Client, db: None) -> None:
    said = json.loads(client.get("/api/openapi.json").content)
    fields = [
        (f"{name}.{field}", field, told["description"])
        for name, shape in said["components"]["schemas"].items()
        for field, told in shape.get("properties", {}).items()
    ]
    missing = [where for where, field, told in fields if told == f"{field} · {field}"]
    assert missing == [], "say in linli/web/api/words.py what these mean"
    for path, methods in said["paths"].items():
        for parameter in methods["get"].get("parameters", ()):
            assert parameter.get("description"), f"{path}?{parameter['name']}"
        assert "422" in methods["get"]["responses"] and "404" in methods["get"]["responses"], path


def test_the_page_of_the_api_speaks_the_language_of_its_reader(client: Client, db: None) -> None:
    said = json.loads(client.get("/api/openapi.json").content)
    [search] = [one["get"] for path, one in said["paths"].items() if path.endswith("/search")]
    assert search["summary"].startswith("按文字找需求") and "description" not in search
    page = words(client.get("/api/"))
    assert page.count("会议，最近的在前。") == 1 and "Meetings, the latest first." not in page
    assert "与这个地方有关的" in page and "回执编号" in page
    english = words(in_english(client).get("/api/"))
    assert english.count("Meetings, the latest first.") == 1 and "会议，最近的在前。" not in english


def test_lists_say_how_to_turn_the_page(client: Client, db: None) -> None:
    said = json.loads(client.get("/api/openapi.json").content)
    for path in ("/needs", "/projects", "/search", "/money/commitments"):
        names = {parameter["name"] for parameter in said["paths"][f"/api/v1{path}"]["get"]["parameters"]}
        assert {"after", "before"} <= names, path


def test_whoever_has_the_answer_already_is_told_so(street: Street, client: Client) -> None:
    first = client.get(f"/api/v1/needs?place={COMMUNITY}")
    again = client.get(f"/api/v1/needs?place={COMMUNITY}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/needs?year=1999", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_one_thing_is_what_the_list_says_of_it(street: Street, client: Client) -> None:
    for path, key in (("needs", "code"), ("notices", "id"), ("meetings", "id")):
        row = json.loads(client.get(f"/api/v1/{path}").content)["items"][0]
        assert json.loads(client.get(f"/api/v1/{path}/{row[key]}").content) == row
    for path in ("needs/7K3F9-2XQ4M", "notices/999999", "meetings/999999"):
        assert client.get(f"/api/v1/{path}").status_code == 404


def test_search_by_the_api_finds_what_the_page_finds(street: Street, client: Client) -> None:
    found = json.loads(client.get("/api/v1/search", {"q": "路灯", "kind": "project"}).content)["items"]
    assert [one["id"] for one in found] == [street.life.case.code]
    assert client.get("/api/v1/search", {"q": "灯", "kind": "cat"}).status_code == 422
    assert client.get("/api/v1/search", {"q": "灯", "after": "x"}).status_code == 422
