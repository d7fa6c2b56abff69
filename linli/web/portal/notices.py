"""Notices: those that run first; one notice with its countdown, its versions, where it hangs, what was said against it."""

from datetime import date
from typing import Any, cast

from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.selectors import visible_to
from linli.records.evidence.models import File
from linli.records.notices.models import Notice, NoticeContent, Outage, Posting
from linli.records.notices.permissions import READ_NOTICE
from linli.records.notices.selectors import objections_shown, sheet
from linli.records.places.models import Place
from linli.records.prepared import Prepared
from linli.records.reports.labels import Label, known_of, labels
from linli.records.reports.notice_paper import notice_sheet
from linli.records.reports.papers import DEMONSTRATION
from linli.records.reports.printing.press import press
from linli.records.reports.story import story
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.reading import Reading
from linli.rules.policy.rules import Rules
from linli.web.portal import life
from linli.web.portal.asking import asked_place, at_home, scopes
from linli.web.portal.cards import share
from linli.web.portal.finding import notice_named, person_of, rules_here
from linli.web.portal.listing import around, notice_cards, past_notices, running_notices, titled
from linli.web.shared import clock
from linli.web.shared.as_read import page_as_read
from linli.web.shared.counting import held
from linli.web.shared.doors import door
from linli.web.shared.paging import SIZE, at_the_beginning, first_page, page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Tab
from linli.web.shared.values import period_words

VERDICTS = {
    "upheld": Text("成立", "Upheld"),
    "partly": Text("部分成立", "Partly upheld"),
    "rejected": Text("不成立", "Not upheld"),
    "withdrawn": Text("提出人已撤回", "Withdrawn by the objector"),
}


@door(may=READ_NOTICE)
def notices(request: HttpRequest) -> HttpResponse:
    if (home := at_home(request)) is not None:
        return home
    place, on = asked_place(request), clock.today()
    running, past = running_notices(on), past_notices(on)
    if place is not None:
        running, past = running.filter(around(place)), past.filter(around(place))
    over = request.GET.get("over") == "1"
    by = _NEWEST_FIRST if over else _CLOSING_FIRST
    if place is None and at_the_beginning(request):
        page = first_page((_OVER if over else _RUNNING)(on), by=by)
    else:
        page = page_of(_listed(past if over else running), request, by=by)
    about = ("notices", place.pk if place else "", on)
    counts = held(("running", *about), running.count), held(("past", *about), past.count)
    context = {
        "place": place,
        "page": page,
        "acting": not over,
        "ways": _ways(place, over, *counts),
        "over": over,
        "scopes": scopes(request, place),
    }
    return page_as_read(request, "portal/notices.html", lambda: context | {"cards": notice_cards(page.items)}, *counts)


_NEWEST_FIRST, _CLOSING_FIRST = ("-published_at", "-pk"), ("last_day", "-pk")


def _listed(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """What closes first stands first among those that run; what has no day yet comes last."""
    return titled(notices).annotate(last_day=Coalesce("ends_on", Value(date.max), output_field=DateField()))


_RUNNING = Prepared(lambda on: _listed(running_notices(on)).order_by(*_CLOSING_FIRST)[: SIZE + 1])
_OVER = Prepared(lambda on: _listed(past_notices(on)).order_by(*_NEWEST_FIRST)[: SIZE + 1])


def _ways(place: Place | None, over: bool, running: int, past: int) -> list[Tab]:
    here = f"?place={place.code if place else ''}"
    return [
        Tab(Text("正在公示", "Running"), here, current=not over, count=running),
        Tab(Text("已结束", "Over"), f"{here}&over=1", current=over, count=past),
    ]


@door(may=READ_NOTICE, load=notice_named)
def notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Everything is read first; then it is composed, once for the same rows."""
    rules, contents, case = rules_here(notice.place), _CONTENTS(notice.pk), subject_of(request, notice)
    postings, outages, objections = _postings(notice), _OUTAGES(notice.pk), objections_shown(notice)
    return page_as_read(
        request,
        "portal/notice.html",
        lambda: {
            "place": notice.place,
            "notice": notice,
            "content": contents[0],
            "earlier": contents[1:],
            "rules": rules,
            "length": _length(notice, rules),
            "length_words": period_words(notice.days) if notice.days else "",
            "over": notice.late_on(clock.today()),
            "postings": [{"posting": one, "photos": [life.link_to(photo) for photo in photos]} for one, photos in postings],
            "outages": outages,
            "objections": [(one, VERDICTS.get(one.verdict)) for one in objections],
            "case": case,
            "address": request.build_absolute_uri(reverse("portal:notice", args=[notice.pk])),
            "share": share(request, reverse("portal:notice_card", args=[notice.pk]), notice.place.short_name, contents[0].body),
        },
    )


def _length(notice: Notice, rules: Rules | None) -> Reading | None:
    """How long it must hang and who said so, for the chip."""
    if rules is None or "notice_days" not in rules.parameters():
        return None
    return rules.read("notice_days", on=notice.counted_from, key=notice.point)


def _postings(notice: Notice) -> list[tuple[Posting, list[File]]]:
    """Where it was put up, each with its photos."""
    rows = _POSTINGS(notice.pk)
    photos: dict[int, list[File]] = {row.pk: [] for row in rows}
    for each in cast(Any, _PHOTOS([row.pk for row in rows])):
        photos[each.posting_id].append(each.file)
    return [(row, photos[row.pk]) for row in rows]


def subject_of(request: HttpRequest, notice: Notice) -> Case | None:
    """The project it speaks of, if this reader may see it."""
    if notice.subject_kind != "case":
        return None
    person, case = person_of(request), int(notice.subject_id)
    return _PUBLIC.first(case) if person is None else visible_to(person, clock.today()).filter(pk=case).first()


_CONTENTS = Prepared(lambda notice: NoticeContent.objects.filter(notice=notice).order_by("-number"))
_POSTINGS = Prepared(lambda notice: Posting.objects.filter(notice=notice).order_by("posted_at", "pk"))
_PHOTOS = Prepared(lambda ids: Posting.photos.through.objects.filter(posting__in=ids).select_related("file").order_by("file"))
_OUTAGES = Prepared(lambda notice: Outage.objects.filter(notice=notice).order_by("began_at"))
_PUBLIC = Prepared(lambda case: visible_to(None, date.min).filter(pk=case))


@door(may=READ_NOTICE, load=notice_named)
def print_notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    """One A4 page to post. Raises NotFound where no rules hold."""
    rules = rules_here(notice.place)
    if rules is None:
        raise NotFound
    case = subject_of(request, notice)
    made = notice_sheet(
        sheet(notice),
        rules,
        address=request.build_absolute_uri(reverse("portal:notice", args=[notice.pk])),
        language=reader_of(request).language,
        labels=_labels(request, case, rules) if case else [],
        mark=DEMONSTRATION if case and case.demonstration else None,
    )
    headers = {"Content-Disposition": f'inline; filename="notice-{notice.pk}.pdf"'}
    return HttpResponse(press(made), content_type="application/pdf", headers=headers)


def _labels(request: HttpRequest, case: Case, rules: Rules) -> list[Label]:
    told = story(case, person_of(request), clock.now())
    return labels(rules, clock.today(), "site_notice", known_of(case, needs=len(told.needs), sources=life.sources_of(told)))
