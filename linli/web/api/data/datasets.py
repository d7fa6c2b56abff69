"""The tables there are: which rows, made into what, and what is left out and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from ninja import Schema

from linli.records.cases.selectors import visible_to
from linli.records.meetings.models import Meeting
from linli.records.notices.models import Notice
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.rules.plain.texts import Text
from linli.web.api.meetings import MeetingOut, meeting_rows, meetings_out
from linli.web.api.money import CommitmentOut, EnvelopeOut, commitment_rows, commitments_out, envelope_rows, envelopes_out
from linli.web.api.needs import NeedOut, need_rows, needs_out
from linli.web.api.notices import NoticeOut, notice_rows, notices_out
from linli.web.api.places import PlaceOut, place_out
from linli.web.api.projects import ProjectOut, projects_out
from linli.web.shared import clock

Rows = Callable[[Place | None, int | None], QuerySet[Any]]


@dataclass(frozen=True)
class Dataset:
    """`rows` of a place and everything in it, of a year where `by_year`; `made` turns some of them into answers."""

    id: str
    title: Text
    left_out: Text
    shape: type[Schema]
    rows: Rows
    made: Callable[[Sequence[Any]], Sequence[Schema]]
    by_year: bool = True


def _projects(place: Place | None, year: int | None) -> QuerySet[Any]:
    found = visible_to(None, clock.today())
    found = found.filter(beneath(place, "place")) if place is not None else found
    return found.filter(year=year) if year is not None else found


def _notices(place: Place | None, year: int | None) -> QuerySet[Notice]:
    found = notice_rows().filter(beneath(place, "place")) if place is not None else notice_rows()
    return found.filter(published_at__year=year) if year is not None else found


def _meetings(place: Place | None, year: int | None) -> QuerySet[Meeting]:
    found = meeting_rows().filter(beneath(place, "place")) if place is not None else meeting_rows()
    return found.filter(convened_for__year=year) if year is not None else found


def _places(place: Place | None, year: int | None) -> QuerySet[Place]:
    return Place.objects.filter(beneath(place)) if place is not None else Place.objects.all()


_PEOPLE = Text(
    "不含提出人的姓名、电话、住址和表里不公开的栏目：那是个人信息。",
    "Without names, phones and addresses of those who asked, and closed fields: personal data.",
)
DATASETS: Mapping[str, Dataset] = {
    one.id: one
    for one in (
        Dataset(
            "needs",
            Text("需求", "Needs"),
            Text(f"不含已撤回的需求。{_PEOPLE.zh}", f"Needs that were taken back are left out. {_PEOPLE.en}"),
            NeedOut,
            need_rows,
            needs_out,
        ),
        Dataset(
            "projects",
            Text("项目和其他事项", "Projects and other matters"),
            Text(
                "不含草稿和规则里不公开的事项；附件和表格在每个项目自己的档案包里。",
                "Drafts and matters the rules keep closed are left out; files and forms are in the archive of each project.",
            ),
            ProjectOut,
            _projects,
            projects_out,
        ),
        Dataset(
            "notices",
            Text("公示", "Notices"),
            Text(
                "异议只给条数：原文和答复在公示页面上，可能被依法隐去。",
                "Objections are counted; their words are on the notice's page and may be hidden by law.",
            ),
            NoticeOut,
            _notices,
            lambda rows: notices_out(rows, clock.today()),
        ),
        Dataset(
            "meetings",
            Text("会议", "Meetings"),
            Text(
                "只给到会人数，不给名单；会议记录写着姓名，不在其中。",
                "Who was there is counted, not named; minutes name people and are left out.",
            ),
            MeetingOut,
            _meetings,
            meetings_out,
        ),
        Dataset(
            "envelopes",
            Text("年度经费", "The year's money"),
            Text("没有省略。", "Nothing is left out."),
            EnvelopeOut,
            envelope_rows,
            envelopes_out,
        ),
        Dataset(
            "commitments",
            Text("经费列支", "Money promised"),
            Text(
                "不含不公开事项的列支；它们计入年度经费的已答应金额。",
                "Promises to closed matters are left out; they count in the promised money of the year.",
            ),
            CommitmentOut,
            commitment_rows,
            commitments_out,
        ),
        Dataset(
            "places",
            Text("地方", "Places"),
            Text("没有省略。", "Nothing is left out."),
            PlaceOut,
            _places,
            lambda rows: [place_out(row) for row in rows],
            by_year=False,
        ),
    )
}
