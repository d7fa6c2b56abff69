"""Lists by name, many needs at once, and undoing: each refused thing changes nothing and says why."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.records.cases.services import link_need, open_case
from linli.records.duties.models import Duty
from linli.records.needs import services as needs
from linli.records.needs.models import Answer, Need
from linli.records.people.models import OfficeHeld
from linli.records.rulebook.models import Step
from linli.records.rulebook.selectors import passage_of
from linli.records.trail.models import Event
from linli.records.trail.selectors import events_of
from linli.records.workbench.models import BulkRow, BulkRun, SavedFilter
from linli.records.workbench.services import Planned, begin_run
from linli.web.desk import need_bulk
from tests.records.needs.world import COMMUNITY, NOW, Village, place
from tests.web.desk.intake.conftest import Desks

BULK, LIST, ENTER = "/desk/needs/bulk/", "/desk/needs/", "/desk/needs/new/"
ANSWER = {"answer-verdict": "out_of_scope", "answer-reason": "演示·属于物业管理"}


def done_so_far() -> tuple[int, ...]:
    """The read model of the search follows by itself; what was done is counted here."""
    return tuple(model._default_manager.count() for model in (Event, Answer, BulkRun, Step, Duty))


def kinds(need: Need) -> list[str]:
    return list(events_of(need.subject).values_list("kind", flat=True))


# --- saved filters ------------------------------------------------------------------------------------------------------
def test_a_list_is_kept_by_name_with_its_address_and_the_place_in_it_left_out(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    kept = client.post(
        "/desk/filters/", {"list": "needs", "query": "year=2021&mode=daily&after=abc", "name": "今年的日常", "pinned": "on"}
    )

    assert kept.headers["Location"] == "/desk/needs/?year=2021&mode=daily"
    assert "今年的日常" in client.get(LIST).text
    assert 'href="/desk/needs/?year=2021&amp;mode=daily"' in client.get("/desk/").text


def test_a_shared_one_is_seen_by_the_office_and_a_private_one_by_its_owner(village: Village, desk: Desks) -> None:
    for name, more in (("共用的", {"shared": "on"}), ("自己的", {})):
        desk.of(village.host).post("/desk/filters/", {"list": "needs", "query": "", "name": name, "place": COMMUNITY, **more})

    colleague = desk.of(village.cast.deputy).get(LIST).text

    assert "共用的" in colleague
    assert "自己的" not in colleague


def test_a_deleted_one_comes_back_by_undo_and_nobody_deletes_anothers(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    client.post("/desk/filters/", {"list": "needs", "query": "", "name": "我的", "shared": "on", "place": COMMUNITY})
    pk = SavedFilter.objects.get().pk
    assert desk.of(village.cast.deputy).post("/desk/filters/remove/", {"pk": pk}).status_code == 404

    client.post("/desk/filters/remove/", {"pk": pk, "next": LIST})
    page = client.get(LIST).text
    assert "撤销" in page
    assert f'name="pk" value="{pk}"' in page
    client.post("/desk/filters/back/", {"pk": pk, "next": LIST})

    assert SavedFilter.objects.get().removed_at is None


def test_ones_own_is_renamed_and_a_name_that_is_taken_is_said_and_changes_nothing(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    for name, query in (("甲", "year=2021"), ("乙", "year=2020")):
        client.post("/desk/filters/", {"list": "needs", "query": query, "name": name})
    first = SavedFilter.objects.get(name="甲")
    assert "给“甲”改名" in client.get(f"{LIST}?year=2021").text

    renamed = {"list": "needs", "query": "year=2021", "name": "今年的", "pinned": "on", "pk": first.pk}
    assert client.post("/desk/filters/", renamed).headers["Location"] == f"{LIST}?year=2021"
    first.refresh_from_db()
    assert (first.name, first.query, first.pinned) == ("今年的", "year=2021", True)

    taken = client.post("/desk/filters/", {**renamed, "name": "乙"}, follow=True).text
    assert "“乙”已经有了，请换个名字。" in taken and 'class="warning"' in taken
    assert "请给它起个名字。" in client.post("/desk/filters/", {**renamed, "name": " "}, follow=True).text
    assert desk.of(village.cast.deputy).post("/desk/filters/", {**renamed, "name": "丙"}).status_code == 404
    assert sorted(SavedFilter.objects.values_list("name", flat=True)) == ["乙", "今年的"]


# --- many at once -------------------------------------------------------------------------------------------------------
def test_the_preview_says_of_each_whether_it_can_be_done_and_does_none(village: Village, desk: Desks) -> None:
    open_one, closed = village.asks(), village.asks(what="已经答复过的")
    needs.answer_need(need=closed, verdict="out_of_scope", reason="演示", by=village.host, at=NOW)
    desk.of(village.host).get(LIST)
    before = done_so_far()

    page = desk.of(village.host).post(BULK, {"act": "answer", "code": [open_one.code, closed.code], **ANSWER})

    assert "选了 2 条，其中 1 条现在可以办。还没有办任何一条。" in page.text
    assert "已经办结，不能再答复" in page.text
    assert done_so_far() == before


def test_many_needs_are_answered_each_with_its_own_decision_and_event(village: Village, desk: Desks) -> None:
    asked = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    closed = village.asks(what="已经答复过的")
    needs.answer_need(need=closed, verdict="out_of_scope", reason="演示", by=village.host, at=NOW)
    codes = [need.code for need in [*asked, closed]]

    done = desk.of(village.host).post(BULK, {"act": "answer", "code": codes, "go": "1", **ANSWER}, follow=True)

    assert "办好 3 条 · 事先排除 1 条" in done.text
    assert [passage_of(need.subject).state for need in asked] == ["declined"] * 3
    assert [kinds(need).count("need.answered") for need in [*asked, closed]] == [1, 1, 1, 1]
    assert len({passage_of(need.subject).decisions.get().digest for need in asked}) == 3


def test_a_run_that_stopped_goes_on_and_does_nothing_twice(village: Village, desk: Desks) -> None:
    asked = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    data = {"verdict": "out_of_scope", "reason": "演示"}
    rows = [Planned(need.code, need.what) for need in asked]
    run = begin_run(act="answer", place=place(), rows=rows, data=data, by=village.host, at=NOW)
    # The first was done when the machine stopped.
    needs.answer_need(need=asked[0], verdict="out_of_scope", reason="演示", by=village.host, at=NOW)
    BulkRow.objects.filter(run=run, code=asked[0].code).update(state="done")
    page = f"/desk/needs/bulk/{run.pk}/"
    assert "还没轮到 2 条" in desk.of(village.host).get(page).text

    for _ in range(2):
        desk.of(village.host).post(page)

    assert Answer.objects.count() == 3
    assert BulkRun.objects.get().done_at == NOW


def test_many_verified_needs_go_into_one_project_and_the_unverified_are_named(village: Village, desk: Desks) -> None:
    case = open_case(procedure="micro_project", place=place(), title="演示·楼道灯", by=village.host, at=NOW)
    ready, raw = village.verified(what="三栋的灯"), village.asks(what="没核实过的")

    done = desk.of(village.host).post(
        BULK, {"act": "link", "link-case": case.code, "code": [ready.code, raw.code], "go": "1"}, follow=True
    )

    assert "办好 1 条 · 事先排除 1 条" in done.text
    assert passage_of(ready.subject).state == "in_project"
    assert passage_of(raw.subject).state == "raised"


def test_many_are_put_together_as_one_group_and_handed_to_an_office_to_look_into(village: Village, desk: Desks) -> None:
    asked = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    codes, client = [need.code for need in asked], desk.of(village.host)

    client.post(BULK, {"act": "cluster", "cluster-title": "路灯", "code": codes, "go": "1"})
    client.post(BULK, {"act": "assign", "assign-office": "community.residents_committee", "code": codes, "go": "1"})

    assert {Need.objects.get(pk=need.pk).cluster.title for need in asked} == {"路灯"}  # type: ignore[union-attr]
    owed = Duty.objects.filter(source="assigned", done_at__isnull=True)
    assert {duty.office for duty in owed} == {"community.residents_committee"}
    assert owed.all().count() == 3
    needs.verify_need(need=asked[0], findings="看过", real=True, by=village.host, at=NOW)
    assert owed.all().count() == 2


# --- all that is shown --------------------------------------------------------------------------------------------------
def shown_on(page: str) -> list[str]:
    return re.findall(r'name="shown" value="([^"]+)"', page)


def test_all_that_the_page_shows_are_chosen_with_one_box_and_no_other(village: Village, desk: Desks) -> None:
    lamps = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    village.asks(what="广场没有长椅")
    client = desk.of(village.host)
    page = client.get(f"{BULK}?q=灯坏了").text
    codes = shown_on(page)
    assert sorted(codes) == sorted(need.code for need in lamps)
    assert "下面 3 条全选" in page
    assert f'action="{BULK}?q=%E7%81%AF%E5%9D%8F%E4%BA%86&amp;place={COMMUNITY}"' in page
    # Somebody asks for a lamp while the clerk reads: nobody has seen that one, so it is not among them.
    village.asks(what="第四盏灯坏了")

    preview = client.post(f"{BULK}?q=灯坏了", {"act": "answer", "all": "1", "shown": codes, "code": codes[:1], **ANSWER}).text

    assert "选了 3 条，其中 3 条现在可以办。还没有办任何一条。" in preview
    assert re.findall(r'name="code" value="([^"]+)"', preview) == codes
    assert "第四盏" not in preview
    assert f'href="{BULK}?q=%E7%81%AF%E5%9D%8F%E4%BA%86&amp;place={COMMUNITY}"' in preview


def test_what_is_shown_but_not_ticked_is_left_alone(village: Village, desk: Desks) -> None:
    asked = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    sent = {"act": "answer", "shown": [need.code for need in asked], "code": asked[0].code, "go": "1", **ANSWER}

    desk.of(village.host).post(BULK, sent)

    assert [passage_of(need.subject).state for need in asked] == ["declined", "raised", "raised"]


def test_with_nothing_ticked_the_same_list_comes_back(village: Village, desk: Desks) -> None:
    asked = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    desk.of(village.host).get(LIST)
    before = done_so_far()

    answer = desk.of(village.host).post(BULK, {"act": "answer", "shown": [need.code for need in asked], **ANSWER})

    assert answer.status_code == 422
    assert sorted(shown_on(answer.text)) == sorted(need.code for need in asked)
    assert ANSWER["answer-reason"] in answer.text
    assert done_so_far() == before


def test_what_does_not_go_on_one_page_stands_on_the_next(village: Village, desk: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(need_bulk, "MOST", 2)
    asked = [village.asks(what=f"第{n}盏灯坏了") for n in range(3)]
    client = desk.of(village.host)
    first = client.get(BULK).text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None

    second = client.get(BULK + onward[1].replace("&amp;", "&")).text

    assert (shown_on(first), shown_on(second)) == ([asked[2].code, asked[1].code], [asked[0].code])
    assert "全选" not in second  # one is ticked as quickly


def test_the_page_to_choose_from_asks_the_database_no_more_for_many(village: Village, desk: Desks) -> None:
    client, asked = desk.of(village.host), []
    for many in (3, 30):
        while Need.objects.count() < many:
            village.asks()
        client.get(BULK)
        with CaptureQueriesContext(connection) as queries:
            assert len(shown_on(client.get(BULK).text)) == many
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(("sent", "words"), [({}, "请至少选一条"), ({"code": "x"}, "没有")])
def test_nothing_chosen_is_said_and_nothing_done(village: Village, desk: Desks, sent: dict[str, str], words: str) -> None:
    village.asks()
    desk.of(village.host).get(LIST)
    before = done_so_far()

    answer = desk.of(village.host).post(BULK, {"act": "answer", **ANSWER, **sent})

    assert answer.status_code in (404, 422)
    assert done_so_far() == before


def test_offices_above_do_not_act_on_many(village: Village, desk: Desks) -> None:
    need = village.asks()

    assert (
        desk.of(village.cast.working).post(BULK, {"place": COMMUNITY, "act": "answer", "code": need.code, **ANSWER}).status_code
        == 403
    )


def test_anothers_run_is_not_found(village: Village, desk: Desks) -> None:
    run = begin_run(act="answer", place=place(), rows=[], data={}, by=village.host, at=NOW)

    assert desk.of(village.cast.deputy).get(f"/desk/needs/bulk/{run.pk}/").status_code == 404


# --- undoing --------------------------------------------------------------------------------------------------------------
def entered(village: Village, desk: Desks) -> Need:
    form = {"place": COMMUNITY, "what": "登错了的", "where": "三栋", "mode": "daily", "asker": "resident", "channel": "offline"}
    assert desk.of(village.host).post(ENTER, form).status_code == 302
    return Need.objects.latest("pk")


def test_an_entry_made_by_mistake_is_undone_from_the_very_message_and_stays_on_record(village: Village, desk: Desks) -> None:
    need, client = entered(village, desk), desk.of(village.host)
    offer = client.get(f"{ENTER}?place={COMMUNITY}").text
    action = re.search(rf'action="(/desk/needs/{need.code}/undo/)"', offer)
    assert action is not None

    client.post(action[1])

    assert passage_of(need.subject).state == "withdrawn"
    assert [kind for kind in kinds(need) if kind.startswith("need.")] == ["need.raised", "need.withdrawn"]


def test_once_somebody_acted_the_entry_stands_and_the_page_says_why(village: Village, desk: Desks) -> None:
    need, client = entered(village, desk), desk.of(village.host)
    needs.verify_need(need=need, findings="看过", real=True, by=village.cast.deputy, at=NOW)

    refused = client.post(f"/desk/needs/{need.code}/undo/")

    assert refused.status_code == 409
    assert passage_of(need.subject).state == "verified"
    assert "已经有人办过这条需求" in client.get(f"/desk/needs/{need.code}/").text


def test_anothers_entry_is_not_undone(village: Village, desk: Desks) -> None:
    need = entered(village, desk)

    assert desk.of(village.cast.deputy).post(f"/desk/needs/{need.code}/undo/").status_code == 409
    assert passage_of(need.subject).state == "raised"


def test_a_need_put_into_the_wrong_project_is_taken_out_with_a_reason(village: Village, desk: Desks) -> None:
    case = open_case(procedure="micro_project", place=place(), title="演示·楼道灯", by=village.host, at=NOW)
    need, client = village.verified(), desk.of(village.host)
    link_need(case=case, need=need, by=village.host, at=NOW)

    assert client.post(f"/desk/needs/{need.code}/unlink/", {"unlink-case": case.code}).status_code == 422
    client.post(f"/desk/needs/{need.code}/unlink/", {"unlink-case": case.code, "unlink-reason": "放错了"})

    assert passage_of(need.subject).state == "verified"
    assert kinds(need)[-1] == "need.unlinked"


# --- the way around -------------------------------------------------------------------------------------------------------
def test_the_desk_shows_no_way_to_a_door_that_is_closed(village: Village, desk: Desks) -> None:
    at_district = OfficeHeld.objects.get(person=village.cast.civil)

    page = desk.of(at_district.person).get("/desk/").text

    assert 'href="/desk/needs/new/"' not in page
    assert 'href="/desk/needs/new/"' in desk.of(village.host).get("/desk/").text
