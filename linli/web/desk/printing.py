"""A filled form on paper."""

from django.http import HttpRequest, HttpResponse

from linli.records.cases.permissions import READ_ALL
from linli.records.reports.papers import form_sheet
from linli.records.reports.printing.press import press
from linli.records.reports.sealing import sealed_by
from linli.records.reports.story import Chapter, story
from linli.rules.plain.refusals import NotFound
from linli.web.desk.loaders import Part, part_of_case, reader_person
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.reader import reader_of


@door(may=READ_ALL, load=part_of_case)
def form_print(request: HttpRequest, part: Part) -> HttpResponse:
    """The latest version, or the one the address asks for. Raises NotFound while nothing is filled in."""
    told = story(part.case, reader_person(request), clock.now())
    chapters: list[Chapter] = [*told.chapters, *([told.pending] if told.pending else [])]
    papers = [paper for chapter in chapters for paper in chapter.papers if paper.form.id == part.name]
    wanted = request.GET.get("version", "")
    if wanted.isdecimal():
        papers = [paper for paper in papers if paper.filling.version == int(wanted)]
    if not papers:
        raise NotFound
    seal = sealed_by(part.case, papers[-1].filling)
    pdf = press(form_sheet(papers[-1], told, reader_of(request).language, sealed_by=seal))
    name = f"{part.case.code}-{part.name}-v{papers[-1].filling.version}.pdf"
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
