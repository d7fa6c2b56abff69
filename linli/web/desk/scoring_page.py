"""One scoring: my sheet, who is asked and who stands aside, the result with its arithmetic, closing it."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.records.cases.models import Case
from linli.records.evidence.selectors import fillings
from linli.records.people.access import may
from linli.records.people.permissions import KEEP_ROLL
from linli.records.scorecards import selectors, services
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.records.scorecards.permissions import READ_SCORING
from linli.records.scorecards.raters import resident_named
from linli.records.scorecards.selectors import Result, is_host, result_of
from linli.records.scorecards.services.scoring import own_sheet
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import looks_at, me
from linli.web.desk.loaders import address
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.reader import reader_of
from linli.web.shared.scores import answers_in, grade_options, result_table, score_words, share_lines, sheet_fields, stamp_of
from linli.web.shared.shapes import Column, Somebody, Table

GIVEN, WAITING = Text("已交", "handed in"), Text("未交", "not yet")
_LONGEST_NOTE = 300


def found_scoring(request: HttpRequest, pk: int) -> Found:
    """For those who look at its place, and those who were asked. Raises NotFound."""
    person = reader_of(request).person
    scoring = selectors.scoring(pk)
    rater = person is not None and scoring.raters.filter(person=person).exists()
    if not rater and not looks_at(person, scoring.place):
        raise NotFound
    return Found(scoring, scoring.place, frozenset({"rater"} if rater else ()))


@door(may=READ_SCORING, load=found_scoring, methods=["GET", "POST"])
def scoring(request: HttpRequest, about: Scoring) -> HttpResponse:
    if request.method != "POST":
        return _page(request, about)
    if request.POST.get("do") == "paper":
        return _paper(request, about)
    try:
        services.give_scores(
            scoring=about,
            by=me(request),
            answers=answers_in(request.POST.dict()),
            remark=request.POST.get("remark", ""),
            because=request.POST.get("because", ""),
            at=clock.now(),
        )
    except TurnedDown as turned_down:
        return _page(request, about, turned_down)
    told(request, Text("评分表已交。截止前还可以改。", "Handed in. You can change it until it closes."))
    return redirect("desk:scoring", about.pk)


def _paper(request: HttpRequest, about: Scoring) -> HttpResponse:
    """What a resident wrote on paper, handed in by a clerk."""
    typed = request.POST.dict()
    name, phone = typed.get("resident", ""), typed.get("resident-phone", "")
    try:
        services.enter_paper_sheet(
            scoring=about,
            person=resident_named(name, phone, about.place, clock.today()),
            answers=answers_in({key.removeprefix("p-"): text for key, text in typed.items() if key.startswith("p-")}),
            by=me(request),
            at=clock.now(),
        )
    except TurnedDown as turned_down:
        return _page(request, about, turned_down)
    told(request, Text(f"{name}的纸质评分表已录入。", f"The paper sheet of {name} is entered."))
    return redirect("desk:scoring", about.pk)


@door(may=READ_SCORING, load=found_scoring, methods=["POST"])
def recuse(request: HttpRequest, about: Scoring) -> HttpResponse:
    try:
        rater = about.raters.select_related("person").filter(pk=_number(request.POST.get("rater", ""))).first()
        if rater is None:
            wrong = Text("请选择回避的人。", "Choose who stands aside.")
            raise Invalid(wrong, fields={"rater": wrong})
        services.recuse_rater(
            scoring=about, person=rater.person, reason=request.POST.get("aside-reason", ""), by=me(request), at=clock.now()
        )
    except TurnedDown as turned_down:
        return _page(request, about, turned_down)
    told(request, Text("已登记回避，不计入人数。", "Entered; this rater is not counted."))
    return redirect("desk:scoring", about.pk)


@door(may=READ_SCORING, load=found_scoring, methods=["POST"])
def close(request: HttpRequest, about: Scoring) -> HttpResponse:
    try:
        grade, reason = request.POST.get("grade", ""), request.POST.get("reason", "")
        services.close_scoring(scoring=about, grade=grade, reason=reason, by=me(request), at=clock.now())
    except TurnedDown as turned_down:
        return _page(request, about, turned_down)
    told(request, Text("评分已截止，结果已归入材料。", "The scoring is closed and its result filed."))
    return redirect("desk:scoring", about.pk)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _page(request: HttpRequest, about: Scoring, turned_down: TurnedDown | None = None) -> HttpResponse:
    person, result = me(request), result_of(about)
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    mine = next((rater for rater in result.raters if rater.person_id == person.pk), None)
    host = is_host(about, person, clock.today())
    before = own_sheet(about, person) if mine else None
    case = Case.objects.filter(pk=int(about.subject_id)).first() if about.subject_kind == "case" else None
    typed = request.POST.dict() if request.method == "POST" else {}
    clerk = host or may(person, KEEP_ROLL, about.place, clock.today())
    fields = (
        sheet_fields(result, typed, {} if typed.get("do") == "paper" else errors, before, _notes(about, result))
        if _may_score(about, mine)
        else []
    )
    context = {
        "about": about,
        "place": about.place,
        "result": result,
        "rules": result.rules,
        "stamp": stamp_of(about),
        "fields": fields,
        "before": before,
        "paper": _paper_fields(about, result, typed, errors) if about.open and about.on_roll and clerk else [],
        "mine": mine,
        "host": host and about.open,
        "typed": typed,
        "errors": errors,
        "turned_down": turned_down,
        "table": result_table(result),
        "score": score_words(result),
        "shares": share_lines(result),
        "people": [] if about.on_roll else [_somebody(rater, result) for rater in result.raters],
        "sheets": _sheets(about, result, host),
        "asked": [rater for rater in result.counted if host or rater == mine],
        "grades": grade_options(result.grades) if result.grades and result.must_decide else [],
        "case_url": address("desk:dossier", case.code) if case else "",
        "case": case,
        "public_url": address("portal:scoring", about.pk) if about.public and (about.on_roll or not about.open) else "",
    }
    return render(request, "desk/scores/scoring.html", context, status=turned_down.status if turned_down else 200)


def _paper_fields(about: Scoring, result: Result, typed: Mapping[str, str], errors: Mapping[str, Text]) -> list[FieldView]:
    """The resident, then the questions of the card under names of their own."""
    again = typed if typed.get("do") == "paper" else {}
    wrong = errors if again else {}
    asked = {f"i-{key}": again.get(f"p-i-{key}", "") for key in result.card.items}
    who = [
        FieldView("resident", _WHO, "text", again.get("resident", ""), wrong.get("resident", ""), required=True),
        FieldView("resident-phone", _PHONE, "phone", again.get("resident-phone", ""), wrong.get("resident-phone", ""), _HINT),
    ]
    items = sheet_fields(result, asked, wrong, None, {})[: len(result.card.items)]
    return [*who, *(replace(field, name=f"p-{field.name}") for field in items)]


_WHO, _PHONE = Text("哪位居民", "Which resident"), Text("手机号", "Telephone")
_HINT = Text("同名时才要写", "Only needed where two have one name")


def _may_score(about: Scoring, mine: Rater | None) -> bool:
    return about.open and mine is not None and mine.recused_at is None


def _notes(about: Scoring, result: Result) -> Mapping[str, str]:
    """What the papers of the matter say about an item: a field of the same name in one of its forms."""
    if about.subject_kind != "case":
        return {}
    found: dict[str, str] = {}
    for filling in fillings(about.subject).values():
        for key in result.card.items:
            value = filling.data.get(key)
            if isinstance(value, str) and value:
                found[key] = value[:_LONGEST_NOTE]
    return found


def _somebody(rater: Rater, result: Result) -> Somebody:
    said = "" if rater.recused_at else GIVEN if rater.given else WAITING
    office = result.rules.office_title(rater.office)
    return Somebody(rater.person.name, office, rater.place.short_name, said, rater.recused_reason)


def _sheets(about: Scoring, result: Result, host: bool) -> Table | None:
    """Who gave what: after it is closed, or for the host; of a secret card never."""
    if about.secret or about.on_roll or (about.open and not host):
        return None
    given = Sheet.objects.filter(scoring=about, current=True, rater__isnull=False).select_related("rater__person").order_by("pk")
    keys = list(result.card.items)
    rows = [
        [sheet.rater.person.name, *(_answer(result, sheet.answers.get(key, "")) for key in keys), sheet.remark or "—"]
        for sheet in given
        if sheet.rater is not None
    ]
    items = [Column(item.title) for item in result.card.items.values()]
    columns = [Column(Text("评分人", "Rater")), *items, Column(Text("说明", "Remarks"))]
    return Table(Text("每位评分人给的分", "What each rater gave"), columns, rows, hide_caption=True) if rows else None


def _answer(result: Result, answer: str) -> Text | str:
    if result.grades is not None and answer in result.grades.entries:
        return result.grades.entries[answer].title
    return {"yes": Text("是", "Yes"), "no": Text("否", "No")}.get(answer, answer)
