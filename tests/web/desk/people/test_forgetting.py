"""A community forgets somebody at the desk: first it reads what goes and what stays."""

from django.urls import reverse

from linli.records.needs.models import Need
from linli.records.people.models import OfficeHeld, Person
from tests.records.needs.world import COMMUNITY, TODAY, Village, place


def test_what_goes_and_what_stays_is_read_before_anybody_is_forgotten(village: Village, desk) -> None:
    somebody = village.resident(phone="13900007777")
    need = village.asks(by=somebody, what="演示·门口的灯")
    where = reverse("desk:forget", args=[COMMUNITY, somebody.pk])
    clerk, above = desk.of(village.host), desk.of(village.cast.office)
    assert where in clerk.get(reverse("desk:person", args=[COMMUNITY, somebody.pk])).content.decode()

    page = clerk.get(where).content.decode()
    assert "会删除" in page and "提过的需求" in page and "会留下" in page and "需求的编号、类别、答复" in page
    assert clerk.post(where, {"forget-reason": " "}).status_code == 422
    assert above.post(where, {"forget-reason": "演示"}).status_code == 403
    assert Need.objects.get(pk=need.pk).what == "演示·门口的灯"

    assert clerk.post(where, {"forget-reason": "本人书面申请"}).status_code == 302
    assert Need.objects.get(pk=need.pk).what == "（已应本人要求删去）"
    assert Person.objects.get(pk=somebody.pk).name == "（已删除）"
    assert clerk.get(where).status_code == 404


def test_whoever_is_in_office_is_told_to_leave_it_first(village: Village, desk) -> None:
    member = village.resident()
    OfficeHeld.objects.create(person=member, office="council", place=place(), since=TODAY)
    where = reverse("desk:forget", args=[COMMUNITY, member.pk])
    assert "先办离任再删除" in desk.of(village.host).get(where).content.decode()
