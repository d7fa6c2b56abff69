"""Whole tables: what a spreadsheet and a program read, tied to the trail, nothing of persons in them."""

import csv
import io
import json

import pytest
from django.test import Client, override_settings

from linli.records.needs.models import Need
from linli.records.trail.services import take_checkpoint
from linli.web.api.data import downloads
from linli.web.api.data.columns import columns
from linli.web.api.data.datasets import DATASETS
from tests.grounds import as_built, built_once
from tests.journeys.steps import on
from tests.web.portal.world import COMMUNITY, Street
from tests.world import OTHER

pytestmark = pytest.mark.django_db


def archived() -> Street:
    street = Street()
    street.archived()
    take_checkpoint(at=on("2021-07-19"))
    return street


archive = built_once(archived)


@pytest.fixture
def street(archive: Street, db: None) -> Street:
    return as_built(archive)


def table(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.mark.parametrize("name", list(DATASETS))
def test_both_files_hold_the_columns_of_the_dictionary(street: Street, client: Client, name: str) -> None:
    said = json.loads(client.get("/api/data/dictionary.json").content)
    fields = next(one["schema"]["fields"] for one in said["resources"] if one["name"] == name)
    rows = table(client, f"/api/data/{name}.csv")
    assert rows and list(rows[0]) == [field["name"] for field in fields]
    whole = json.loads(b"".join(client.get(f"/api/data/{name}.json").streaming_content))  # type: ignore[attr-defined]
    assert len(whole["rows"]) == len(rows)
    assert rows[0]["as_of"] == whole["checkpoint"]["short_code"] != ""
    for field in fields:
        if field["type"] == "integer" and rows[0][field["name"]]:
            int(rows[0][field["name"]])
        if field["constraints"]["required"]:
            assert rows[0][field["name"]] != "" or field["type"] == "string"


def test_a_place_and_a_year_narrow_it(street: Street, client: Client) -> None:
    assert [row["code"] for row in table(client, f"/api/data/needs.csv?place={COMMUNITY}&year=2021")] == [street.life.need.code]
    assert table(client, f"/api/data/needs.csv?place={OTHER}") == table(client, "/api/data/needs.csv?year=1999") == []


@pytest.mark.parametrize(
    ("asks", "field"),
    [
        ("needs.csv?place=999", "place"),
        ("needs.csv?year=x", "year"),
        ("needs.csv?year=20211", "year"),
        ("notices.csv?year=0000", "year"),
        ("meetings.json?year=0001", "year"),
        ("notices.csv?year=2201", "year"),
        ("needs.csv?year=" + "9" * 40, "year"),
        ("places.csv?year=2021", "year"),
        ("needs.csv?after=x", "after"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_name_as_json(street: Street, client: Client, asks: str, field: str) -> None:
    answer = client.get(f"/api/data/{asks}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/json")
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize("path", ["cats.csv", "needs.xml", "persons.csv"])
def test_tables_and_forms_there_are_not(client: Client, db: None, path: str) -> None:
    answer = client.get(f"/api/data/{path}")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_a_text_a_spreadsheet_would_take_for_a_formula_is_quoted(street: Street, client: Client) -> None:
    Need.objects.update(what='=HYPERLINK("http://example.com")', where="-1")
    (row,) = table(client, "/api/data/needs.csv")
    assert (row["what"], row["where"]) == ('\'=HYPERLINK("http://example.com")', "'-1")


def test_files_of_a_long_table_join_without_gap_or_repeat(street: Street, client: Client, monkeypatch) -> None:
    whole = [row["code"] for row in table(client, "/api/data/places.csv")]
    monkeypatch.setattr(downloads, "ROWS_AT_MOST", 3)
    monkeypatch.setattr(downloads, "_CHUNK", 2)
    found, address = [], "/api/data/places.csv"
    while address:
        answer = client.get(address)
        text = b"".join(answer.streaming_content).decode()[1:]  # type: ignore[attr-defined]
        part = [row["code"] for row in csv.DictReader(io.StringIO(text))]
        assert len(part) <= 3
        found += part
        address = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert found == whole and len(whole) > 3


def test_a_draft_is_in_no_table(street: Street, client: Client) -> None:
    from linli.records.cases.services import open_case

    drafted = open_case(
        procedure="micro_project",
        place=street.life.need.place,
        title="演示·夜莺项目",
        by=street.team.secretary,
        at=on("2021-04-12"),
    )
    assert drafted.code not in [row["code"] for row in table(client, "/api/data/projects.csv")]


def test_the_page_names_every_table_every_column_and_the_licence_nobody_gave(street: Street, client: Client) -> None:
    page = client.get("/api/data/").content.decode()
    for dataset in DATASETS.values():
        assert f"/api/data/{dataset.id}.csv" in page and dataset.left_out.zh in page
        assert all(f"<code>{column.name}</code>" in page for column in columns(dataset.shape))
    assert "发布单位还没有指定" in page
    with override_settings(DATA_LICENCE="演示许可"):
        assert "使用许可：演示许可" in client.get("/api/data/").content.decode()
