"""The read API: what the portal shows to somebody who is not signed in, as JSON."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.records.cases.services import open_case
from linli.records.needs.services import Details, raise_need
from linli.records.trail.models import Event
from linli.records.trail.services import take_checkpoint
from tests.records.cases.life import Life
from tests.world import COMMUNITY, OTHER, Cast, at, place

V1 = "/api/v1"


def get(client: Client, path: str, status: int = 200) -> dict:  # type: ignore[type-arg]
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:500]
    assert answer.headers["Content-Type"].startswith("application/json")
    return json.loads(answer.content)


def codes(page: dict) -> list[str]:  # type: ignore[type-arg]
    return [one["code"] for one in page["items"]]


def need(number: int) -> str:
    data = {"what": f"演示·第{number}盏灯坏了", "where": "榕树广场", "mode": "daily", "asker": "resident", "channel": "online"}
    return raise_need(place=place(), data=data, by=None, at=at(2021, 4, 8), details=Details(name=f"演示·{number}")).code


class TestPlaces:
    def test_a_place_is_listed_with_everything_in_it(self, client: Client, cast: Cast) -> None:
        assert codes(get(client, f"{V1}/places?place=440305")) == ["440305", "440305001", COMMUNITY, OTHER]
        assert codes(get(client, f"{V1}/places?place=440305&level=community")) == [COMMUNITY, OTHER]
        assert get(client, f"{V1}/places?q=南头城")["items"][0]["short_name"] == "南头城社区"

    def test_a_place_nobody_knows_is_named_as_wrong(self, client: Client, cast: Cast) -> None:
        said = get(client, f"{V1}/needs?place=999", 422)
        assert said["fields"]["place"] == {"zh": "没有这个地方代码。", "en": "There is no place with this code."}


class TestNeeds:
    def test_the_pages_of_a_long_list_join_without_gap_or_repeat(self, client: Client, cast: Cast) -> None:
        raised = [need(number) for number in range(53)]
        first = get(client, f"{V1}/needs")
        second = get(client, f"{V1}/needs?after={first['next']}")
        assert codes(first) + codes(second) == raised[::-1]
        assert (len(first["items"]), second["next"]) == (50, "")

    @pytest.mark.requirement("S0-63", how="shown")
    def test_it_says_where_a_need_stands_and_not_who_asked(self, client: Client, cast: Cast) -> None:
        code = need(1)
        answer = get(client, f"{V1}/needs")
        (one,) = answer["items"]
        assert (one["code"], one["place"]["name"], one["state"]["id"]) == (code, "南头城社区", "raised")
        assert "演示·1" not in json.dumps(answer, ensure_ascii=False)

    def test_a_cursor_that_was_never_given_out_is_refused(self, client: Client, cast: Cast) -> None:
        assert "after" in get(client, f"{V1}/needs?after=nonsense", 422)["fields"]


class TestProjects:
    def test_a_draft_is_nowhere(self, client: Client, life: Life) -> None:
        life.draft()
        assert get(client, f"{V1}/projects")["items"] == []
        assert get(client, f"{V1}/projects/{life.case.code}", 404)["status"] == 404
        events = get(client, f"{V1}/trail/events?stream={COMMUNITY}")["items"]
        assert "榕树下的长椅" not in json.dumps(events, ensure_ascii=False)

    def test_nor_is_a_draft_that_hangs_on_a_public_project(self, client: Client, life: Life) -> None:
        life.selected()
        child = open_case(procedure="micro_project", place=place(), title="演示·草稿", by=life.cast.secretary, at=life.day)
        type(child).objects.filter(pk=child.pk).update(parent=life.case)
        assert get(client, f"{V1}/projects/{life.case.code}")["children"] == []

    def test_signing_in_widens_nothing(self, client: Client, life: Life) -> None:
        from linli.records.people.services import account_of

        life.draft()
        client.force_login(account_of(life.cast.secretary), backend="django.contrib.auth.backends.ModelBackend")
        assert get(client, f"{V1}/projects")["items"] == []

    def test_the_filters_of_the_portal(self, client: Client, life: Life) -> None:
        life.selected()
        code = life.case.code
        assert codes(get(client, f"{V1}/projects?place=440305&year=2021&state=selected&type=works&q=长椅")) == [code]
        assert codes(get(client, f"{V1}/projects?place={OTHER}")) == []
        assert codes(get(client, f"{V1}/projects?year=2020")) == []

    def test_a_story_tells_every_act_with_its_clauses_and_the_money_in_fen(self, client: Client, life: Life) -> None:
        life.selected()
        told = get(client, f"{V1}/projects/{life.case.code}")
        assert [act["act"] for act in told["acts"]] == ["design", "select"]
        assert all(act["clauses"] and len(act["decision"]) == 64 for act in told["acts"])
        assert told["amount_fen"] == 18_000_000
        (plan,) = [form for act in told["acts"] for form in act["forms"] if form["id"] == "project_plan"]
        assert {field["key"]: field["value"] for field in plan["fields"]}["where"] == "演示·榕树广场"
        assert told["ahead"]


class TestRules:
    def test_a_parameter_has_its_dated_values_with_their_clauses(self, client: Client, cast: Cast) -> None:
        assert {"shenzhen", "nanshan"} <= {one["id"] for one in json.loads(client.get(f"{V1}/rules").content)}
        rules = get(client, f"{V1}/rules/nanshan?on=2021-04-08")
        cap = next(one for one in rules["parameters"] if one["id"] == "project_cap")
        works = [(row["since"], row["value"]) for row in cap["values"] if row["key"] == "works" and row["pack"] == "nanshan"]
        assert works == [("2017-01-01", 50_000_000), ("2020-11-05", 100_000_000)]
        assert cap["unit"] == "fen"
        assert all(row["clause"] for row in cap["values"])
        assert "micro_project" in {one["id"] for one in rules["procedures"]}

    def test_a_pack_nobody_wrote_is_not_found(self, client: Client, cast: Cast) -> None:
        assert get(client, f"{V1}/rules/atlantis", 404)["text"]["en"]


class TestTrail:
    def test_events_follow_one_another_and_their_digests_hold(self, client: Client, life: Life) -> None:
        life.selected()
        first = get(client, f"{V1}/trail/events?stream={COMMUNITY}")
        assert [event["seq"] for event in first["items"]] == list(range(1, len(first["items"]) + 1))
        open_ones = [event for event in first["items"] if not event["withheld"]]
        assert open_ones
        for event in open_ones:
            kept = Event.objects.get(stream=COMMUNITY, seq=event["seq"])
            assert event["body"].encode() == bytes(kept.body)
            assert event["sha256"] == kept.sha256

    def test_what_concerns_persons_and_households_stays_sealed(self, client: Client, cast: Cast) -> None:
        from linli.records.people.services import register_household

        register_household(
            place=place(), label="演示-1", address="演示路", since=date(2020, 1, 1), by=cast.secretary, at=at(2021, 1, 4)
        )
        (event,) = get(client, f"{V1}/trail/events?stream={COMMUNITY}")["items"]
        assert (event["kind"], event["withheld"], event["body"], event["subject"]) == ("household.registered", True, None, "")

    def test_checkpoints_are_published(self, client: Client, cast: Cast) -> None:
        taken = take_checkpoint(at=at(2021, 4, 9))
        (shown,) = get(client, f"{V1}/trail/checkpoints")["items"]
        assert (shown["number"], shown["sha256"]) == (taken.number, taken.sha256)  # type: ignore[union-attr]

    @pytest.mark.parametrize("after", ["-1", "x", "9" * 30])
    def test_a_number_that_is_none_is_refused(self, client: Client, cast: Cast, after: str) -> None:
        assert "after" in get(client, f"{V1}/trail/events?stream={COMMUNITY}&after={after}", 422)["fields"]


class TestTheDoor:
    def test_only_reading(self, client: Client, db: None) -> None:
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(f"{V1}/places")
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
            assert json.loads(answer.content)["text"]["zh"] == "这个接口只供读取，请用 GET。"
        assert client.head(f"{V1}/places").status_code == 200

    def test_an_address_that_does_not_exist_says_so_in_json(self, client: Client, db: None) -> None:
        assert get(client, "/api/v2/cats", 404)["reasons"] == []

    def test_it_describes_itself_without_anything_from_outside(self, client: Client, db: None) -> None:
        paths = get(client, "/api/openapi.json")["paths"]
        assert len(paths) == 16 and all(list(methods) == ["get"] for methods in paths.values())
        page = client.get("/api/").content.decode()
        assert all(path in page for path in paths)
        assert "https://" not in page.replace("https://www.apache.org", "")


@pytest.mark.parametrize("path", ["/needs", "/projects", "/notices", "/meetings", "/places", f"/trail/events?stream={COMMUNITY}"])
def test_a_longer_list_asks_the_database_no_more_often(client: Client, cast: Cast, path: str) -> None:
    counts = []
    for round_ in (0, 1):
        for number in range(3 + 20 * round_):
            need(number + 100 * round_)
            case = open_case(
                procedure="micro_project", place=place(), title=f"演示·{number}", by=cast.secretary, at=at(2021, 4, 8)
            )
            assert case.passage is not None
            type(case.passage).objects.filter(pk=case.passage.pk).update(taken=1)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            get(client, V1 + path)
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 8
