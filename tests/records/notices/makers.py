"""Notices for tests. Days and lengths are made up: the regulations set none."""

from datetime import datetime

from linli.records.notices.clock import NoticeRule
from linli.records.notices.models import Notice, Objection
from linli.records.notices.services import publish_notice, raise_objection
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import library
from linli.rules.plain.days import Period
from tests.records.evidence.makers import AT, PROJECT

OFFICE = "community.party_committee"


def a_rule(days: Period | None = Period(5, "days")) -> NoticeRule:
    return NoticeRule(days, library().calendar, "S0 §11.6")


def published(place: Place, by: Person, at: datetime = AT, days: Period | None = Period(5, "days"), **more: object) -> Notice:
    options = {
        "title": "关于加装扶手的公示",
        "body": "拟在三栋加装扶手，金额 48.65 万元。",
        "point": "determination",
        "office": OFFICE,
    } | more
    return publish_notice(subject=PROJECT, place=place, by=by, at=at, rule=a_rule(days), **options)  # type: ignore[arg-type]


def objected(notice: Notice, at: datetime = AT, text: str = "三栋没有老人，应先装五栋。", **more: object) -> Objection:
    return raise_objection(notice=notice, text=text, at=at, **more)  # type: ignore[arg-type]
