"""A council is formed, seated, renewed and dissolved through the desk, by the kinds its rules know."""

from datetime import date

import pytest
from django.urls import reverse

from linli.records.bodies.models import Body, Seat
from linli.records.people.models import Interest, Organisation, Person, Residency
from linli.records.people.selectors import Parties, relations_of
from linli.records.trail.selectors import events_of
from linli.web.shared import clock
from tests.records.needs.world import COMMUNITY, Village, row_counts
from tests.records.people.world import person, place
from tests.web.desk.intake.test_needs import CountedQueries

LIST = f"{reverse('desk:bodies')}?place={COMMUNITY}"
NEW = f"{reverse('desk:form_body')}?place={COMMUNITY}"
FORM = {"form-kind": "residents_council", "form-name": "演示议事会", "form-since": "2021-01-01", "form-document": "演示 1 号"}
SUPPLIER = {"organisation-name": "演示照明", "organisation-kind": "supplier"}


def neighbour(name: str) -> Person:
    somebody = person(name)
    Residency.objects.create(person=somebody, place=place(), since=date(2020, 1, 1))
    return somebody


def do(body: Body, act: str) -> str:
    return reverse("desk:body_do", args=[body.pk, act])


def seat(name: str, **more: str) -> dict[str, str]:
    return {"seat-name": name, "seat-seat": "member", "seat-since": "2021-01-04", **more}


@pytest.fixture
def council(village: Village, desk) -> Body:
    answer = desk.of(village.host).post(NEW, FORM)
    body = Body.objects.get(name="演示议事会")
    assert answer.status_code == 302 and answer.headers["Location"] == reverse("desk:body", args=[body.pk])
    return body


def test_a_council_of_the_rules_is_formed_and_no_longer_missing(village: Village, desk) -> None:
    before = desk.of(village.host).get(LIST).content.decode()
    assert "还没有成立的" in before and f"place={COMMUNITY}&amp;kind=residents_council" in before
    desk.of(village.host).post(NEW, FORM)
    body = Body.objects.get(name="演示议事会")
    assert (body.kind, body.place_id, body.document) == ("residents_council", COMMUNITY, "演示 1 号")
    after = desk.of(village.host).get(LIST).content.decode()
    assert "演示议事会" in after and "&amp;kind=residents_council" not in after and "没有人在席" in after


def test_a_kind_the_rules_do_not_know_here_and_a_second_of_one_name_are_refused(village: Village, desk, council: Body) -> None:
    clerk, before = desk.of(village.host), row_counts()
    assert clerk.post(NEW, {**FORM, "form-kind": "task_group", "form-name": "演示小组"}).status_code == 422
    assert clerk.post(NEW, {**FORM, "form-name": ""}).status_code == 422
    again = clerk.post(NEW, FORM)
    assert again.status_code == 409 and "已经成立" in again.content.decode() and "演示 1 号" in again.content.decode()
    assert row_counts() == before


def test_neighbours_are_seated_by_name_and_leave_with_a_reason(village: Village, desk, council: Body) -> None:
    clerk, sitting = desk.of(village.host), neighbour("演示·张三")
    assert clerk.post(do(council, "seat"), seat("演示·张三")).status_code == 302
    assert Seat.objects.get(body=council).person == sitting
    page = clerk.get(reverse("desk:body", args=[council.pk])).content.decode()
    assert "演示·张三" in page and "在任期内" in page
    before = row_counts()
    assert clerk.post(do(council, "seat"), seat("演示·张三")).status_code == 409
    unknown = clerk.post(do(council, "seat"), seat("演示·没有的人"))
    assert unknown.status_code == 422 and "名册和岗位里没有这位" in unknown.content.decode()
    mine = Seat.objects.get(body=council)
    leave = {"leave-seat": str(mine.pk), "leave-until": "2021-03-31", "leave-reason": ""}
    assert clerk.post(do(council, "leave"), leave).status_code == 422
    assert row_counts() == before
    assert clerk.post(do(council, "leave"), {**leave, "leave-reason": "搬走"}).status_code == 302
    mine.refresh_from_db()
    assert str(mine.until) == "2021-03-31"
    assert clerk.post(do(council, "leave"), {**leave, "leave-until": "2021-04-30", "leave-reason": "搬走"}).status_code == 409
    assert [event.kind for event in events_of(council.subject)] == ["body.formed", "seat.taken", "seat.left"]


def test_two_of_one_name_are_told_apart_by_household_and_an_expert_is_entered_as_new(
    village: Village, desk, council: Body
) -> None:
    clerk = desk.of(village.host)
    for label in ("A-1", "A-2"):
        somebody = person("演示·同名")
        Residency.objects.create(person=somebody, place=place(), household=village.household(label), since=date(2020, 1, 1))
    assert "请填户号" in clerk.post(do(council, "seat"), seat("演示·同名")).content.decode()
    assert clerk.post(do(council, "seat"), seat("演示·同名", **{"seat-household": "A-2"})).status_code == 302
    clerk.post(do(council, "seat"), seat("演示·专家", **{"seat-newcomer": "yes"}))
    assert Seat.objects.filter(body=council, person__name="演示·专家").exists()
    # Turned down after the newcomer was entered: nobody stays behind.
    before = row_counts()
    wrong = clerk.post(do(council, "seat"), seat("演示·另一位", **{"seat-newcomer": "yes", "seat-until": "2020-01-01"}))
    assert wrong.status_code == 422 and row_counts() == before


def test_a_new_term_ends_the_seats_of_the_old_and_a_dissolved_body_takes_no_more(village: Village, desk, council: Body) -> None:
    clerk = desk.of(village.host)
    neighbour("演示·张三")
    clerk.post(do(council, "seat"), seat("演示·张三"))
    clerk.post(do(council, "term"), {"term-since": "2021-03-01", "term-until": "2021-04-01"})
    assert str(Seat.objects.get(body=council).until) == "2021-02-28"
    assert "任期已满，要换届" in clerk.get(reverse("desk:body", args=[council.pk])).content.decode()
    charter = {"charter-title": "演示章程", "charter-document": "第一次会议", "charter-since": "2021-03-01"}
    assert clerk.post(do(council, "charter"), {**charter, "charter-document": ""}).status_code == 422
    assert clerk.post(do(council, "charter"), charter).status_code == 302
    assert clerk.post(do(council, "dissolve"), {"dissolve-until": "2021-04-07", "dissolve-reason": "合并"}).status_code == 302
    assert "已撤销" in clerk.get(reverse("desk:body", args=[council.pk])).content.decode()
    before = row_counts()
    late = clerk.post(do(council, "seat"), seat("演示·张三"))
    assert late.status_code == 409 and "已经撤销" in late.content.decode() and row_counts() == before


def test_offices_above_read_and_are_told_who_keeps_them(village: Village, desk, council: Body) -> None:
    above, stranger = desk.of(village.cast.office), desk.of(village.cast.stranger)
    page = above.get(reverse("desk:body", args=[council.pk])).content.decode()
    assert "的议事会和小组由这些岗位管" in page and "社区党委" in page
    desk.of(village.host)
    before = row_counts()
    assert above.post(do(council, "term"), {"term-since": "2021-03-01"}).status_code == 403
    assert above.post(NEW, FORM).status_code == 403
    assert stranger.post(do(council, "term"), {"term-since": "2021-03-01"}).status_code == 404
    assert stranger.get(reverse("desk:body", args=[council.pk])).status_code == 404
    assert desk.of(village.host).post(do(council, "paint"), {}).status_code == 404
    assert row_counts() == before


def test_an_organisation_is_entered_once_and_a_tie_to_it_makes_stand_aside_until_it_ends(village: Village, desk) -> None:
    clerk, register = desk.of(village.host), f"{reverse('desk:register_organisation')}?place={COMMUNITY}"
    assert clerk.post(register, SUPPLIER).status_code == 302
    before = row_counts()
    twice = clerk.post(register, SUPPLIER)
    assert twice.status_code == 409 and "请填统一社会信用代码" in twice.content.decode()
    assert clerk.post(register, {**SUPPLIER, "organisation-name": ""}).status_code == 422
    assert clerk.post(register, {**SUPPLIER, "organisation-name": "演示乙", "organisation-credit_code": "1"}).status_code == 422
    assert row_counts() == before
    firm, member = Organisation.objects.get(name="演示照明"), neighbour("演示·张三")
    declare = reverse("desk:person_declare", args=[COMMUNITY, member.pk])
    sent = {"declare-kind": "employer", "declare-since": "2021-01-01", "declare-organisation": str(firm.pk)}
    both = clerk.post(declare, {**sent, "declare-name": "演示·李四"})
    assert both.status_code == 422 and "只填一样" in both.content.decode()
    assert clerk.post(declare, sent).status_code == 302
    parties = Parties(suppliers=(firm,))
    assert relations_of(member, parties, clock.today()) == {"supplier", "recused"}
    page = clerk.get(reverse("desk:person", args=[COMMUNITY, member.pk])).content.decode()
    assert "演示照明" in page and "任职" in page
    end = reverse("desk:person_end_interest", args=[COMMUNITY, member.pk])
    ended = {"end_interest-interest": str(Interest.objects.get().pk), "end_interest-until": "2021-04-07"}
    assert clerk.post(end, ended).status_code == 302
    assert relations_of(member, parties, clock.today()) == frozenset()
    assert clerk.post(end, {**ended, "end_interest-until": "2021-05-01"}).status_code == 409


def test_kin_is_named_by_name(village: Village, desk) -> None:
    member, kin = neighbour("演示·张三"), neighbour("演示·李四")
    declare = reverse("desk:person_declare", args=[COMMUNITY, member.pk])
    sent = {"declare-kind": "kin", "declare-since": "2021-01-01", "declare-name": "演示·李四"}
    assert desk.of(village.host).post(declare, sent).status_code == 302
    assert Interest.objects.get().other_person == kin


@pytest.mark.parametrize("what", ["bodies", "body", "organisations"])
def test_the_lists_cost_the_same_however_long_they_are(village: Village, desk, council: Body, what: str) -> None:
    clerk = desk.of(village.host)
    address = reverse("desk:body", args=[council.pk]) if what == "body" else f"{reverse(f'desk:{what}')}?place={COMMUNITY}"
    for n in range(3):
        _one_more(council, n)
    clerk.get(address)
    with CountedQueries() as few:
        clerk.get(address)
    for n in range(3, 33):
        _one_more(council, n)
    with CountedQueries() as many:
        clerk.get(address)
    assert many.count == few.count


def _one_more(council: Body, n: int) -> None:
    Seat.objects.create(body=council, person=person(f"演示·{n}"), seat="member", since=date(2021, 1, 1))
    Body.objects.create(place=place(), kind="acceptance_group", name=f"演示小组 {n}", since=date(2021, 1, 1))
    Organisation.objects.create(name=f"演示单位 {n}", kind="supplier")


def test_the_pages_speak_english_too(village: Village, desk, council: Body) -> None:
    clerk = desk.of(village.host, "en")
    member = neighbour("Yanshi")
    pages = [LIST, NEW, reverse("desk:body", args=[council.pk]), reverse("desk:person", args=[COMMUNITY, member.pk])]
    for address in [*pages, f"{reverse('desk:organisations')}?place={COMMUNITY}"]:
        page = clerk.get(address).content.decode()
        assert not [word for word in ("席位", "章程", "任期", "单位", "利害关系", "名册") if word in page], address
