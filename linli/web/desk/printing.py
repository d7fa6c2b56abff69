"""A filled form on paper, the papers of an application as one set, and everything as one package."""

from django.http import FileResponse, HttpRequest, HttpResponse

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.reports.archive import archive_package
from linli.records.reports.archive.paper_set import paper_set, paper_set_sheet
from linli.records.reports.papers import form_sheet
from linli.records.reports.printing.press import press
from linli.records.reports.sealing import sealed_by
from linli.records.reports.story import Chapter, story
from linli.rules.plain.refusals import NotFound
from linli.web.desk.loaders import Part, desk_case, part_of_case, reader_person
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


@door(may=READ_ALL, load=desk_case)
def case_set(request: HttpRequest, case: Case) -> HttpResponse:
    """What an application hands in on paper, in one file. Raises NotFound where no papers are handed in in copies."""
    told = story(case, reader_person(request), clock.now())
    found = paper_set(told, clock.today())
    if found is None:
        raise NotFound
    pdf = press(paper_set_sheet(told, found, reader_of(request).language))
    headers = {"Content-Disposition": f'inline; filename="{case.code}-set.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@door(may=READ_ALL, load=desk_case)
def case_package(request: HttpRequest, case: Case) -> FileResponse:
    """The electronic file: everything about the matter so far, with the digests and the seals that prove it."""
    package = archive_package(case=case, reader=reader_person(request), at=clock.now(), language=reader_of(request).language)
    headers = {"Content-Disposition": f'attachment; filename="{case.code}.zip"', "Cache-Control": "private, no-store"}
    return FileResponse(package, content_type="application/zip", headers=headers)
