"""One act on many needs: chosen, previewed row by row, done one by one, reported; each through the same service as a single one.

The preview does the act and takes it back, so what it says is what the gate will say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.cases.selectors import case_by_code
from linli.records.cases.services import link_need
from linli.records.duties.models import Reply
from linli.records.needs import services as needs
from linli.records.needs.codes import read_code
from linli.records.needs.models import Need
from linli.records.needs.permissions import HANDLE
from linli.records.needs.selectors import by_code, needs_at
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import rules_at
from linli.records.workbench.models import BulkRun
from linli.records.workbench.services import Planned, begin_run, go_on
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text, quoted
from linli.web.desk.intake_ground import looks_at, me, place_here
from linli.web.desk.need_page import answer_asks, project_options
from linli.web.desk.needs import filtered_needs
from linli.web.desk.sheets import Ask, Sheet, told, typed
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import page_of, part_of
from linli.web.shared.shapes import Page, Tab, Words

MOST = 50
_BY_DAY = "day"
ACTS: Mapping[str, Text] = {
    "answer": Text("用同一个理由答复", "Answer with one reason"),
    "link": Text("放进同一个项目", "Put into one project"),
    "cluster": Text("归为一组", "Put together as one group"),
    "assign": Text("交给一个岗位核实", "Hand to an office to look into"),
}
_FEW = Text("请至少选一条。", "Choose at least one.")
_MANY = Text(f"一次最多 {MOST} 条。", f"{MOST} at a time at most.")
_DO = Text("先看看每一条行不行", "Look at each first")


@door(may="needs.handle_need", load=place_here, methods=["GET", "POST"])
def bulk(request: HttpRequest, place: Place) -> HttpResponse:
    """Choosing; then the preview; then, on the second press, the run."""
    if request.method == "GET":
        return _choose(request, place)
    act, codes = request.POST.get("act", ""), _ticked(request)
    try:
        data = _checked(request, place, act, codes)
        rows = _previewed(place, act, codes, data, me(request))
    except TurnedDown as turned_down:
        answer = _choose(request, place, turned_down)
        answer.status_code = turned_down.status
        return answer
    if request.POST.get("go") != "1":
        context = {"place": place, "act": act, "title": ACTS[act], "rows": rows, "data": data, "codes": codes}
        context |= {"allowed": sum(row.why_not is None for row in rows), "asked": _asked(request, place)}
        context["answers"] = _said(asks_of(act, place, me(request)), data)
        return render(request, "desk/needs/bulk_preview.html", context)
    run = begin_run(act=act, place=place, rows=rows, data=data, by=me(request), at=clock.now())
    return _go(request, run)


def _said(asks: Sequence[Ask], data: Mapping[str, str]) -> list[tuple[Words, Words]]:
    """What every one of them is going to be told, or where it goes, as the options call it."""
    return [(ask.label, dict(ask.options).get(data[ask.key], data[ask.key])) for ask in asks]


def _ticked(request: HttpRequest) -> list[str]:
    """Those chosen one by one, or every one the page showed: never one that nobody has seen."""
    return request.POST.getlist("shown" if "all" in request.POST else "code")


def _asked(request: HttpRequest, place: Place) -> str:
    """What the list is narrowed to and where in it one stands: it goes along from page to page."""
    query = request.GET.copy()
    query["place"] = place.pk
    return query.urlencode()


def _go(request: HttpRequest, run: BulkRun) -> HttpResponse:
    person = me(request)
    go_on(run=run, act=lambda code, data: do(run.act, code, data, run.place, person), at=clock.now())
    done = run.rows.filter(state="done").count()
    told(request, Text(f"办好 {done} 条，每一条的结果在下面。", f"{done} done; what came of each is below."))
    return redirect("desk:bulk_run", pk=run.pk)


def do(act: str, code: str, data: Mapping[str, str], place: Place, by: Person) -> Text:
    """The act on one need, by the service a single one uses. Raises TurnedDown."""
    need, at = _need(code, by), clock.now()
    if act == "answer":
        needs.answer_need(need=need, verdict=data["verdict"], reason=data["reason"], by=by, at=at)
        return Text("已答复，并告知提出人", "answered, the proposer told")
    if act == "link":
        link_need(case=case_by_code(data["case"], by, clock.today()), need=need, by=by, at=at)
        return Text(f"已放进 {data['case']}", f"put into {data['case']}")
    if act == "cluster":
        first = _need(data["first"], by)
        needs.cluster_needs(needs=[first, need], title=data["title"], cluster=first.cluster, by=by, at=at)
        return Text(f"已归入{quoted(data['title'])}", f"put into {quoted(data['title'])}")
    needs.assign_check(need=need, office=data["office"], by=by, at=at)
    return Text("已交办核实", "handed over")


def _need(code: str, by: Person) -> Need:
    found = by_code(code)
    if not looks_at(by, found.place):
        raise NotFound
    return found


class _Enough(Exception):
    """The act would be done; take it back."""


def _previewed(place: Place, act: str, codes: Sequence[str], data: Mapping[str, str], by: Person) -> list[Planned]:
    return [_preview(place, act, code, data, by) for code in codes]


def _preview(place: Place, act: str, code: str, data: Mapping[str, str], by: Person) -> Planned:
    need = _need(code, by)
    try:
        with transaction.atomic():
            do(act, code, data, place, by)
            raise _Enough
    except _Enough:
        return Planned(need.code, need.what)
    except Invalid:
        raise
    except TurnedDown as why:
        return Planned(need.code, need.what, words_of(why))


def words_of(why: TurnedDown) -> Text:
    """The whole answer in one sentence."""
    reasons = why.reasons if isinstance(why, Refused) else ()
    zh = "；".join(dict.fromkeys([why.text.zh, *(one.text.zh for one in reasons)]))
    return Text(zh, "; ".join(dict.fromkeys([why.text.en, *(one.text.en for one in reasons)])))


def _checked(request: HttpRequest, place: Place, act: str, codes: Sequence[str]) -> dict[str, str]:
    """What is asked of all of them. Raises Invalid."""
    if act not in ACTS:
        raise NotFound
    if not codes or len(codes) > MOST:
        words = _MANY if codes else _FEW
        raise Invalid(words, fields={"code": words})
    data = {ask.key: typed(request.POST, act, ask.key) for ask in asks_of(act, place, me(request))}
    empty = [key for key, value in data.items() if not value]
    if empty:
        words = Text("这一格要填。", "This has to be filled in.")
        raise Invalid(words, fields=dict.fromkeys(empty, words))
    return {**data, "first": codes[0]} if act == "cluster" else data


def asks_of(act: str, place: Place, person: Person) -> tuple[Ask, ...]:
    rules, on = rules_at(place), clock.today()
    if act == "answer":
        return answer_asks(rules, on)
    if act == "link":
        options = project_options(Need(place=place), person, on)
        return (Ask("case", Text("放进哪个项目", "Into which project"), "choice", required=True, options=options),)
    if act == "cluster":
        return (Ask("title", Text("这一组叫什么", "Name of the group"), required=True, extra={"maxlength": "60"}),)
    offices = [(office, rules.office_title(office)) for office in HANDLE.offices]
    return (Ask("office", Text("交给谁", "To whom"), "choice", required=True, options=offices),)


def _choose(request: HttpRequest, place: Place, turned_down: TurnedDown | None = None) -> HttpResponse:
    person, post = me(request), request.POST
    wrong = post.get("act", "") if turned_down else ""
    sheets = [
        Sheet(
            act,
            asks_of(act, place, person),
            reverse("desk:need_bulk"),
            _DO,
            {ask.key: typed(post, act, ask.key) for ask in asks_of(act, place, person)} if act == wrong else {},
            turned_down if act == wrong else None,
            sent=act == wrong,
        )
        for act in ACTS
    ]
    page = _page(request, place)
    context = {
        "place": place,
        "page": page,
        "needs": _with_days(page.items),
        "orders": _orders(request, place),
        "asked": _asked(request, place),
        "all": "all" in post,
        "chosen": post.getlist("code") or request.GET.getlist("code"),
        "sheets": [(sheet, ACTS[sheet.name]) for sheet in sheets],
        "turned_down": turned_down,
        "most": MOST,
    }
    return render(request, "desk/needs/bulk.html", context)


def _page(request: HttpRequest, place: Place) -> Page:
    """Those the address names; the list as it narrows it, newest first; or by the day answers are due; sent back, as shown."""
    if request.method == "POST":
        shown = dict.fromkeys(read_code(code) for code in (*request.POST.getlist("shown"), *request.POST.getlist("code")))
        found = {need.code: need for need in filtered_needs(place, request.GET).filter(code__in=[*shown][:MOST])}
        return Page([found[code] for code in shown if code in found])
    if codes := dict.fromkeys(read_code(code) for code in request.GET.getlist("code")[:MOST]):
        named = {need.code: need for need in needs_at(place).filter(code__in=codes)}
        return Page([named[code] for code in codes if code in named])
    if request.GET.get("by") != _BY_DAY:
        return page_of(filtered_needs(place, request.GET), request, size=MOST)
    part = part_of(_owed(place), request.GET, size=MOST)
    needs = needs_at(place).in_bulk(part.items)
    return replace(part, items=[needs[pk] for pk in part.items if pk in needs])


def _owed(place: Place) -> list[int]:
    """Needs this place owes an answer, the first due first, those without a day last."""
    rows = Reply.objects.filter(beneath(place, "place"), kind="need", subject_kind="need", answered_at__isnull=True)
    by_day = rows.order_by(F("due_on").asc(nulls_last=True), "pk").values_list("subject_id", flat=True)
    return [int(pk) for pk in dict.fromkeys(by_day)]


def _with_days(needs: Sequence[Need]) -> list[tuple[Need, date | None]]:
    """Each with the day by which it has to be answered."""
    ids = [str(need.pk) for need in needs]
    owed = Reply.objects.filter(subject_kind="need", subject_id__in=ids, kind="need", answered_at__isnull=True)
    due = dict(owed.values_list("subject_id", "due_on"))
    return [(need, due.get(str(need.pk))) for need in needs]


def _orders(request: HttpRequest, place: Place) -> list[Tab]:
    """By day it is what waits for an answer, whatever the list was narrowed to."""
    urgent, named, asked = request.GET.get("by") == _BY_DAY, "code" in request.GET, request.GET.copy()
    for key in ("by", "code", "after", "before"):
        asked.pop(key, None)
    asked["place"] = place.pk
    by_day = "?" + urlencode({"place": place.pk, "by": _BY_DAY})
    return [
        Tab(Text("等答复的，先到期的在前", "To be answered, first due first"), by_day, current=urgent),
        Tab(Text("新到的在前", "Newest first"), "?" + asked.urlencode(), current=not urgent and not named),
    ]


def found_run(request: HttpRequest, pk: int) -> Found:
    """One's own runs; another's are not found."""
    run = BulkRun.objects.select_related("place").filter(pk=pk, by=me(request)).first()
    if run is None:
        raise NotFound
    return Found(run, run.place)


@door(may="needs.handle_need", load=found_run, methods=["GET", "POST"])
def bulk_run(request: HttpRequest, run: BulkRun) -> HttpResponse:
    """What came of each row; pressed again it goes on where it stopped."""
    if request.method == "POST":
        return _go(request, run)
    rows = list(run.rows.all())
    counts: dict[str, Any] = {
        state: sum(row.state == state for row in rows) for state in ("done", "refused", "left_out", "waiting")
    }
    context = {"place": run.place, "run": run, "rows": rows, "title": ACTS.get(run.act, run.act), **counts}
    return render(request, "desk/needs/bulk_run.html", context)
