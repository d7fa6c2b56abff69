"""What happens at a place as an Atom feed: acts on projects, notices, meetings. `?kind=` takes one of them."""

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from linli.records.places.models import Place
from linli.records.reports.feed import Happening, happenings
from linli.rules.plain.texts import Text
from linli.web.portal.finding import place_named
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, door

_PAGES = {"project": "portal:project", "notice": "portal:notice", "meeting": "portal:meeting"}
# What XML cannot carry.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ABOUT = Text("项目的进展、公示和会议，按封存的记录逐条列出。", "Steps of projects, notices and meetings, as they were sealed.")


@door(may=PUBLIC, load=place_named)
def feed(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Fifty entries, the latest first. Whoever asks again with what they have is told when nothing is new."""
    language = "en" if request.GET.get("lang") == "en" else "zh-hans"
    wanted = request.GET.get("kind", "")
    found = happenings(place, clock.today(), wanted if wanted in _PAGES else "")
    body = _atom(request, place, found, language)
    answer = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    answer.headers["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer.headers["Cache-Control"] = "public, max-age=300"
    newest = int(max(one.at for one in found).timestamp()) if found else None
    if newest is not None:
        answer.headers["Last-Modified"] = http_date(newest)
    return get_conditional_response(request, etag=etag, last_modified=newest, response=answer) or answer


def _atom(request: HttpRequest, place: Place, found: list[Happening], language: str) -> bytes:
    made = Atom1Feed(
        title=_clean(place.short_name),
        link=request.build_absolute_uri(reverse("portal:community", args=[place.code])),
        description=_ABOUT.in_language(language),
        language="en" if language == "en" else "zh-Hans",
        feed_url=request.build_absolute_uri(),
        author_name=_clean(place.short_name),
    )
    for one in found:
        done = one.done.in_language(language)
        made.add_item(
            title=_clean(f"{done}：{one.title}" if language != "en" else f"{done}: {one.title}"),
            link=request.build_absolute_uri(reverse(_PAGES[one.kind], args=[one.ref])),
            description=_clean(f"{one.place} · {one.receipt}"),
            unique_id=f"tag:linli,2021:{one.receipt}",
            pubdate=one.at,
            updateddate=one.at,
            categories=[one.kind],
        )
    return made.writeString("utf-8").encode()


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
