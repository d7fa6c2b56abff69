"""A file, for whoever may see it. The rule is the same as for pages and archives."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from linli.records.evidence.models import File
from linli.records.evidence.services import read_file
from linli.records.reports.visibility import may_open
from linli.rules.plain.refusals import NotFound
from linli.web.portal.finding import person_of
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, door

_SHOWN = ("photo", "pdf")


def _file_named(request: HttpRequest, pk: int, name: str) -> File:
    found = File.objects.select_related("place", "redacted_from").filter(pk=pk, name=name).first()
    if found is None or not may_open(found, person_of(request), clock.today()):
        raise NotFound
    return found


@door(may=PUBLIC, load=_file_named)
def file(request: HttpRequest, file: File) -> HttpResponse:
    """Photos and PDFs are shown, everything else is handed over as a download; nothing in it may run."""
    headers = {
        "Content-Disposition": content_disposition_header(file.kind not in _SHOWN, file.name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cache-Control": "private, max-age=3600",
        "ETag": f'"{file.sha256}"',
    }
    return HttpResponse(read_file(file), content_type=file.mime, headers=headers)
