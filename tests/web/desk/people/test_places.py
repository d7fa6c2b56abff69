"""The tree of places is changed at the desk, with a look at what a change means first; what was open stays in hands."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.needs import services as needs
from linli.records.needs.models import Need
from linli.records.notifications.models import Notification
from linli.records.notifications.services import gather
from linli.records.people.access import may
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.selectors import on_roll
from linli.records.places.models import Place, PlaceChange
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Refused
from linli.web.shared import clock
from tests.records.needs.world import COMMUNITY, OTHER, Village, row_counts
from tests.records.people.world import place
from tests.web.desk.intake.test_needs import CountedQueries

SUBDISTRICT = "440305001"
LIST = f"{reverse('desk:places')}?place={SUBDISTRICT}"
ORDER = "演示民〔2021〕3 号"


def to(kind: str, code: str = SUBDISTRICT) -> str:
    return f"{reverse('desk:place_change', args=[kind])}?place={code}"


def merging(**other: str) -> dict[str, str]:
    day = (clock.today() - timedelta(days=1)).isoformat()
    return {"end-which": COMMUNITY, "end-into": OTHER, "end-until": day, "end-document": ORDER} | other


def merged(village: Village, desk) -> None:
    assert desk.of(village.cast.civil).post(to("end"), merging(go="1")).status_code == 302


# --- looking first -----------------------------------------------------------------------------------------------------
def test_a_merger_is_previewed_with_all_it_touches_and_nothing_is_kept(village: Village, desk) -> None:
    village.asks()
    browser = desk.of(village.cast.civil)
    before = row_counts()
    answer = browser.post(to("end"), merging())
    page = answer.content.decode()
    assert answer.status_code == 200 and "南头城社区并入" in page and "现在什么都没有改" in page
    assert "没办结的需求 <b>1</b>" in page and "在任的人 <b>3</b>" in page
    assert f'name="end-into" value="{OTHER}"' in page
    assert row_counts() == before
    back = desk.of(village.cast.civil).post(to("end"), merging(again="1")).content.decode()
    assert ORDER in back and row_counts() == before


def test_what_the_deed_would_refuse_the_preview_refuses_and_what_was_typed_stays(village: Village, desk) -> None:
    browser = desk.of(village.cast.civil)
    before = row_counts()
    for wrong in (
        {"end-into": "999"},
        {"end-into": COMMUNITY},
        {"end-document": ""},
        {"end-until": "x"},
        {"end-which": "440305"},
    ):
        answer = browser.post(to("end"), merging(**wrong))
        assert answer.status_code in (409, 422), wrong
        assert "登记这次变更" not in answer.content.decode()
    assert row_counts() == before


# --- one community goes on in another ------------------------------------------------------------------------------------
def test_open_matters_of_a_merged_community_stay_where_they_are_and_in_hands(village: Village, desk) -> None:
    resident = village.resident()
    need = village.asks(by=resident)
    heir, on = village.cast.stranger, clock.today()
    assert not may(heir, KEEP_ROLL, place(), on)
    assert desk.of(heir).get(reverse("desk:need", args=[need.code])).status_code == 404
    merged(village, desk)

    assert [event.kind for event in events_of(place().subject)] == ["place.ended"]
    assert Client().get(reverse("portal:need", args=[need.code])).status_code in (200, 404)
    assert desk.of(heir).get(reverse("desk:need", args=[need.code])).status_code == 200
    assert may(heir, KEEP_ROLL, place(), on)
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示", by=heir, at=clock.now())
    assert on_roll(resident, place(OTHER), on) and on_roll(resident, place(), on)
    todo = desk.of(heir).get(reverse("desk:todo")).content.decode()
    assert place().short_name in todo


def test_offices_of_the_place_it_went_on_in_hear_of_what_happens_there(village: Village, desk) -> None:
    need, heir = village.asks(), village.cast.stranger
    merged(village, desk)
    needs.verify_need(need=need, findings="看过", real=True, by=village.host, at=clock.now())
    gather(at=clock.now() + timedelta(minutes=1))
    kinds = Notification.objects.filter(person=heir, topic_kind="need").values_list("kind", flat=True)
    assert list(kinds) == ["need.raised"]
    assert Notification.objects.filter(person=village.host).exists()


def test_both_public_pages_say_where_it_goes_on(village: Village, desk) -> None:
    merged(village, desk)
    old = Client().get(reverse("portal:community", args=[COMMUNITY])).content.decode()
    new = Client().get(reverse("portal:community", args=[OTHER])).content.decode()
    assert "以后并入" in old and place(OTHER).short_name in old and "编号和网址不变" in old
    assert "以后并入这里的有" in new and place().short_name in new
    assert reverse("portal:raise_need", args=[COMMUNITY]) not in old


def test_nothing_new_begins_where_a_place_is_no_more(village: Village, desk) -> None:
    resident = village.resident()
    merged(village, desk)
    before = Need.objects.count()
    with pytest.raises(Refused) as no:
        village.asks(by=resident, when=clock.now())
    assert f"请到{place(OTHER).short_name}去办" in no.value.text.zh
    with pytest.raises(Refused):
        open_case(procedure="micro_project", place=place(), title="演示", by=village.host, at=clock.now())
    assert Need.objects.count() == before and not Case.objects.exists()


def test_before_its_last_day_is_over_nobody_else_acts_there(village: Village, desk) -> None:
    desk.of(village.cast.civil).post(to("end"), merging(go="1") | {"end-until": clock.today().isoformat()})
    assert not may(village.cast.stranger, KEEP_ROLL, place(), clock.today())
    assert may(village.cast.stranger, KEEP_ROLL, place(), clock.today() + timedelta(days=1))


def test_parts_that_went_to_two_places_make_nobody_a_resident_of_both(village: Village, desk) -> None:
    resident = village.resident()
    desk.of(village.cast.civil).post(
        to("new"),
        {"new-level": "community", "new-code": "440305001009", "new-name": "演示新社区居委会"} | since("new") | {"go": "1"},
    )
    desk.of(village.cast.civil).post(to("end"), merging(go="1") | {"end-into": f"{OTHER} 440305001009"})
    assert place().until is not None
    assert not on_roll(resident, place(OTHER), clock.today())


# --- the other ways --------------------------------------------------------------------------------------------------------
def since(kind: str) -> dict[str, str]:
    return {f"{kind}-since": clock.today().isoformat(), f"{kind}-document": ORDER}


def test_a_new_name_keeps_the_address_and_the_old_one_is_told(village: Village, desk) -> None:
    sent = {"rename-which": COMMUNITY, "rename-name": "古城社区居委会"} | since("rename")
    desk.of(village.cast.civil).post(to("rename"), sent | {"go": "1"})
    page = Client().get(reverse("portal:community", args=[COMMUNITY])).content.decode()
    assert "古城社区" in page and "曾用名：南头城社区居委会" in page
    reader = Client()
    reader.cookies["django_language"] = "en"
    assert "Formerly 南头城社区居委会" in reader.get(reverse("portal:community", args=[COMMUNITY])).content.decode()


def test_a_community_moves_under_a_new_code_and_its_matters_go_with_it(village: Village, desk) -> None:
    need = village.asks()
    browser = desk.of(village.cast.civil)
    new = {"new-level": "subdistrict", "new-code": "440305007", "new-name": "演示街道办事处"} | since("new")
    browser.post(to("new", "440305"), new | {"go": "1"})
    sent = {"move-which": COMMUNITY, "move-parent": "440305007", "move-code": "440305007099"} | since("move")
    page = browser.post(to("move"), sent).content.decode()
    assert "南头城社区划到演示街道办事处，新编码 440305007099" in page
    browser.post(to("move"), sent | {"go": "1"})
    made = Place.objects.get(pk="440305007099")
    assert (made.name, made.parent_id) == ("南头城社区居委会", "440305007")
    assert place().until == clock.today() - timedelta(days=1)
    assert PlaceChange.objects.get(place=COMMUNITY, kind="merged").successor == made
    need.refresh_from_db()
    assert need.place_id == COMMUNITY


def test_a_table_opens_and_renames_what_lies_inside_and_nothing_else(village: Village, desk) -> None:
    def sent(text: str) -> dict[str, object]:
        return {"table-source": "演示区划表", "table-file": SimpleUploadedFile("t.csv", text.encode(), "text/csv")}

    rows = ("code,name,level,parent", f"440305001009,演示新社区居委会,community,{SUBDISTRICT}")
    good = "\n".join((*rows, f"{COMMUNITY},古城社区居委会,community,{SUBDISTRICT}"))
    browser = desk.of(village.cast.civil)
    page = browser.post(to("table"), sent(good)).content.decode()
    assert "新设 1 个，更名 1 个，不变 0 个" in page and not Place.objects.filter(pk="440305001009").exists()
    assert browser.post(to("table"), {"table-source": "演示区划表", "table-rows": good, "go": "1"}).status_code == 302
    assert (place().name, Place.objects.get(pk="440305001009").parent_id) == ("古城社区居委会", SUBDISTRICT)
    before = row_counts()
    outside = "code,name,level,parent\n440305,别的区,district,4403\n"
    for text in (outside, "x,y\n1,2\n", "", "code,name,level,parent\n!,,,\n"):
        assert browser.post(to("table"), sent(text) | {"go": "1"}).status_code in (409, 422)
    assert row_counts() == before


# --- taken back ------------------------------------------------------------------------------------------------------------
def test_a_merger_is_taken_back_until_somebody_acted_on_it(village: Village, desk) -> None:
    merged(village, desk)
    change = PlaceChange.objects.get(place=COMMUNITY, kind="merged")
    undo = f"{reverse('desk:undo_place_change')}?place={SUBDISTRICT}&pk={change.pk}"
    assert "登记错了" in desk.of(village.cast.civil).get(LIST).content.decode()
    assert desk.of(village.cast.civil).post(undo, {f"undo{change.pk}-reason": ""}).status_code == 422
    assert desk.of(village.cast.civil).post(undo, {f"undo{change.pk}-reason": "编码写错了"}).status_code == 302
    assert place().until is None and not may(village.cast.stranger, KEEP_ROLL, place(), clock.today())
    assert [event.kind for event in events_of(place().subject)] == ["place.ended", "place.change_undone"]
    assert "已撤回" in desk.of(village.cast.civil).get(LIST).content.decode()


def test_after_an_act_in_the_new_place_it_stays(village: Village, desk) -> None:
    merged(village, desk)
    change = PlaceChange.objects.get(place=COMMUNITY, kind="ended")
    needs.raise_need(place=place(OTHER), data=WISH_HERE, by=village.resident(), at=clock.now() + timedelta(minutes=1))
    undo = f"{reverse('desk:undo_place_change')}?place={SUBDISTRICT}&pk={change.pk}"
    answer = desk.of(village.cast.civil).post(undo, {f"undo{change.pk}-reason": "编码写错了"})
    assert answer.status_code == 409 and "已经办过事" in answer.content.decode()
    assert place().until is not None


WISH_HERE = {"what": "灯坏了", "where": "演示巷", "mode": "daily", "asker": "resident", "channel": "online"}


# --- who ---------------------------------------------------------------------------------------------------------------------
def test_a_community_does_not_end_itself_and_whoever_only_looks_is_told_who_may(village: Village, desk) -> None:
    assert desk.of(village.cast.secretary).get(to("end")).status_code == 404
    assert desk.of(village.cast.finance).post(to("end"), merging(go="1")).status_code == 403
    assert "登记：" in desk.of(village.cast.finance).get(LIST).content.decode()
    assert place().until is None and not PlaceChange.objects.exists()


def test_the_list_asks_as_many_questions_for_thirty_places_as_for_three(village: Village, desk) -> None:
    def asked() -> int:
        with CountedQueries() as counted:
            assert desk.of(village.cast.civil).get(LIST).status_code == 200
        return counted.count

    asked()
    few = asked()
    parent = place(SUBDISTRICT)
    for number in range(30):
        code = f"4403050010{number + 30}"
        made = Place.objects.create(
            code=code, name=f"演示{number}", level="community", parent=parent, path=f"{parent.path}{code}/"
        )
        PlaceChange.objects.create(
            place=made, kind="opened", since=date(2021, 1, 1), document=ORDER, recorded_at=clock.now(), name_after=made.name
        )
    assert asked() == few
