"""Projects: the list, and the whole story of one."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from ninja import Schema

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_PUBLIC
from linli.records.cases.selectors import Row, case_by_code, project_list, rows
from linli.records.reports.story import story
from linli.web.api.asking import asked_place, listed
from linli.web.api.shapes import Listed, PlaceRef, Standing, Words, place_ref, words
from linli.web.api.site import reading
from linli.web.api.stories import StoryOut, story_out
from linli.web.shared import clock


class ProjectOut(Schema):
    code: str
    title: str
    place: PlaceRef
    procedure: str
    procedure_title: Words
    stage: Words
    state: Standing
    since: datetime | None
    year: int
    type: str
    category: str
    amount_fen: int | None
    demonstration: bool


@reading("/projects", may=READ_PUBLIC, answer=Listed[ProjectOut], tags=["projects"])
def projects(
    request: HttpRequest,
    place: str = "",
    procedure: str = "",
    state: str = "",
    stage: str = "",
    type: str = "",
    category: str = "",
    year: int | None = None,
    q: str = "",
) -> Listed[ProjectOut]:
    """Matters that have left their draft, newest first; the filters are those of the portal's list.

    `place`: a place and everything in it. `procedure`, `state`, `stage`, `type`, `category`: words of the packs.
    `q`: part of the name or number.
    """
    found = project_list(
        viewer=None,
        on=clock.today(),
        place=asked_place(place),
        procedure=procedure,
        state=state,
        stage=stage,
        type=type,
        category=category,
        year=year,
        words=q[:60],
    )
    return listed(found, request, projects_out)


@reading("/projects/{code}", may=READ_PUBLIC, answer=StoryOut, tags=["projects"])
def project(request: HttpRequest, code: str) -> StoryOut:
    """The life of one project: every act with its clauses, forms and evidence, and what is still to come.

    Fields and files that are not public are left out; their papers stand there with their digests.
    """
    case = case_by_code(code, None, clock.today())
    return story_out(story(case, None, clock.now()))


def projects_out(cases: Sequence[Case]) -> list[ProjectOut]:
    return [_project_out(row) for row in rows(cases)]


def _project_out(row: Row) -> ProjectOut:
    case, state = row.case, row.state
    return ProjectOut(
        code=case.code,
        title=case.title,
        place=place_ref(case.place),
        procedure=row.procedure.id,
        procedure_title=words(row.procedure.title),
        stage=words(row.stage.title),
        state=Standing(id=state.id, title=words(state.title), end=state.end),
        since=case.passage.entered_at if case.passage else None,
        year=case.year,
        type=case.type,
        category=case.category,
        amount_fen=case.amount_fen,
        demonstration=case.demonstration,
    )
