"""The list of texts of a place; beginning one for a matter; the sheet to sign on; questions about the rules."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.selectors import case_by_code, visible_to
from linli.records.people.access import may
from linli.records.people.selectors import households, roll
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import library, rules_at
from linli.records.texts import services
from linli.records.texts.models import Call, Document, Question
from linli.records.texts.permissions import EXPLAIN, KEEP_TEXT
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.pieces import Pack
from linli.web.desk import text_asks as asks
from linli.web.desk.intake_ground import looks_at, me, office_of, place_here
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet, take, typed
from linli.web.desk.text_page import READ, found_text
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Link, Stamp, Tab, Table

MOST_KEPT = 50
_KINDS = dict(asks.KINDS)
_COLUMNS = (
    Column(Text("文本", "Text"), "link"),
    Column(Text("地方", "Place")),
    Column(Text("最后一天", "Last day"), "date"),
    Column(Text("意见", "Comments"), "number"),
    Column(Text("待答复", "To answer"), "number"),
    Column(Text("状态", "State"), "stamp"),
)
_WAITING = Q(comments__isnull=False, comments__answer__isnull=True) & ~Q(comments__grouping__group__answer__isnull=False)


@door(may=READ, load=place_here)
def texts(request: HttpRequest, place: Place) -> HttpResponse:
    running = Call.objects.filter(document=OuterRef("pk"), closed_at__isnull=True)
    every = Document.objects.filter(beneath(place, "place")).select_related("place")
    found = every.annotate(
        running=Exists(running),
        ends_on=running.values("ends_on")[:1],
        received=Count("comments", distinct=True),
        waiting=Count("comments", filter=_WAITING, distinct=True),
    )
    page = page_of(found, request)
    context = {
        "place": place,
        "page": page,
        "table": Table(Text("文本", "Texts"), _COLUMNS, [_row(one) for one in page.items], hide_caption=True),
        "may_begin": may(me(request), KEEP_TEXT, place, clock.today()),
        "questions": Question.objects.filter(beneath(place, "place"), answered_at__isnull=True).count(),
    }
    return render(request, "desk/texts/list.html", context)


def _row(one: Any) -> list[Any]:
    link = Link(one.title, reverse("desk:text", args=[one.pk]), _KINDS[one.kind])
    return [link, one.place.short_name, one.ends_on, one.received or None, one.waiting or None, _stamp(one)]


def _stamp(one: Any) -> Stamp:
    if one.running:
        return Stamp(Text("正在征求意见", "Open for comment"), "running")
    if one.adopted_at is not None:
        return Stamp(Text("已定稿", "Adopted"), "done")
    return Stamp(Text("起草中", "Being drafted"), "waiting")


@door(may=KEEP_TEXT, load=place_here, methods=["GET", "POST"])
def new_text(request: HttpRequest, place: Place) -> HttpResponse:
    """`?case=` the matter it is the text of; without one the place chooses among its open matters."""
    if request.method != "POST":
        return _new(request, place)
    made: list[Document] = []

    def act() -> Text:
        made.append(_begin(request, place))
        return Text("文本已开始。", "The text has begun.")

    try:
        done = act()
    except TurnedDown as turned_down:
        answer = _new(request, place, Tried("new", request.POST, turned_down))
        answer.status_code = turned_down.status
        return answer
    from linli.web.desk.sheets import told

    told(request, done)
    return redirect("desk:text", made[0].pk)


def _begin(request: HttpRequest, place: Place) -> Document:
    case = _case(request)
    wanted = typed(request.POST, "new", "replaces")
    return services.begin_text(
        subject=case.subject,
        kind=typed(request.POST, "new", "kind"),
        place=case.place,
        title=typed(request.POST, "new", "title"),
        words=typed(request.POST, "new", "words"),
        replaces=_replaced(wanted, case.place),
        office=office_of(me(request), case.place, KEEP_TEXT.offices),
        demonstration=case.demonstration,
        by=me(request),
        at=clock.now(),
    )


def _case(request: HttpRequest) -> Case:
    code = typed(request.POST, "new", "case") if request.method == "POST" else request.GET.get("case", "")
    wrong = Text("请选择是哪件事的文本。", "Choose the matter it is the text of.")
    try:
        case = case_by_code(code, me(request), clock.today())
    except NotFound:
        raise Invalid(wrong, fields={"case": wrong}) from None
    if not may(me(request), KEEP_TEXT, case.place, clock.today()):
        raise Invalid(wrong, fields={"case": wrong})
    return case


def _replaced(number: str, place: Place) -> Document | None:
    if not number:
        return None
    found = Document.objects.filter(pk=int(number), place=place).first() if number.isdecimal() else None
    if found is None:
        wrong = Text("这里没有这个编号的文本。", "No text here has this number.")
        raise Invalid(wrong, fields={"replaces": wrong})
    return found


def _new(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    open_ones = visible_to(me(request), clock.today()).filter(beneath(place, "place"), passage__ended_at__isnull=True)
    begun = Document.objects.filter(subject_kind="case").values_list("subject_id", flat=True)
    taken = {int(one) for one in begun if one.isdecimal()}
    options = [(one.code, f"{one.code} {one.title}") for one in open_ones.order_by("-pk")[:200] if one.pk not in taken]
    choice = Ask("case", Text("是哪件事的文本", "Which matter"), "choice", required=True, options=options)
    start = {"case": request.GET.get("case", ""), "title": request.GET.get("title", "")}
    form = sheet(
        "new",
        (choice, *asks.NEW, *_replaceable(place)),
        action=reverse("desk:new_text") + f"?place={place.code}",
        button=Text("开始", "Begin"),
        tried=tried,
        start=start,
    )
    return render(request, "desk/texts/new.html", {"place": place, "form": form, "any": bool(options)})


def _replaceable(place: Place) -> tuple[Ask, ...]:
    """The texts kept here that nothing has replaced yet; where there are none, nothing is asked."""
    kept = Document.objects.filter(beneath(place, "place"), successors__isnull=True).order_by("-pk")[:MOST_KEPT]
    if not kept:
        return ()
    title, none = asks.REPLACES
    return (Ask("replaces", title, "choice", options=[("", none), *((str(one.pk), one.title) for one in kept)]),)


@door(may=KEEP_TEXT, load=found_text)
def sign_sheet(request: HttpRequest, document: Document) -> HttpResponse:
    """To print and carry from door to door: a line for each household, or empty lines for persons."""
    signing = document.signings.select_related("version").order_by("-pk").first()
    if signing is None:
        raise NotFound
    still = signing.signatures.filter(withdrawn_at__isnull=True)
    lines: list[tuple[str, bool]]
    if signing.unit == "household":
        signed = set(still.values_list("household_id", flat=True))
        lines = [(one.label, one.pk in signed) for one in households(document.place, clock.today())]
    else:
        lines = [("", False)] * max(20, roll(document.place, clock.today()).count() - still.count())
    context = {"document": document, "signing": signing, "lines": lines, "paragraphs": list(signing.version.paragraphs.all())}
    return render(request, "desk/texts/sign_sheet.html", context)


# --- questions about the rules -----------------------------------------------------------------------------------------
def _question(request: HttpRequest, pk: int) -> Found:
    found = Question.objects.select_related("place").filter(pk=pk).first()
    if found is None or not looks_at(reader_of(request).person, found.place):
        raise NotFound
    return Found(found, found.place)


@door(may=READ, load=place_here)
def questions(request: HttpRequest, place: Place) -> HttpResponse:
    return _questions(request, place)


def _questions(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    every = Question.objects.filter(beneath(place, "place")).select_related("place", "hiding").prefetch_related("explanations")
    waiting = request.GET.get("show", "waiting") == "waiting"
    page = page_of(every.filter(answered_at__isnull=True) if waiting else every, request)
    keeps = may(me(request), EXPLAIN, place, clock.today())
    rows = [(one, *_forms(one, tried, keeps)) for one in page.items]
    names = {form.name for _, *forms in rows for form in forms if form}
    packs = [(pack.id, pack.title) for pack in _packs_of(place)]
    note = (Ask("pack", Text("关于哪份办法", "About which regulation"), "choice", required=True, options=packs), *asks.NOTE)
    form = (
        sheet(
            "note",
            note,
            action=reverse("desk:note_question") + f"?place={place.code}",
            button=Text("发布问答", "Publish it"),
            tried=tried,
        )
        if keeps
        else None
    )
    tabs = [Tab(Text("待答复", "To answer"), "?", current=waiting), Tab(Text("全部", "All"), "?show=all", current=not waiting)]
    refused = tried.turned_down if tried and tried.form not in names | {"note"} else None
    context = {"place": place, "page": page, "rows": rows, "note": form, "tabs": tabs, "refused": refused, "waiting": waiting}
    context["titles"] = {id: pack.title for id, pack in library().packs.items()}
    return render(request, "desk/texts/questions.html", context)


def _packs_of(place: Place) -> Sequence[Pack]:
    """The regulations that hold here."""
    try:
        return rules_at(place, clock.today()).chain
    except TurnedDown:
        return ()


def _forms(one: Question, tried: Tried | None, keeps: bool) -> tuple[Sheet | None, Sheet | None]:
    if not keeps:
        return None, None
    url = reverse("desk:answer_question", args=[one.pk])
    button = Text("补充答复", "Add to it") if one.answered_at else Text("答复", "Answer")
    hidden = getattr(one, "hiding", None) is not None
    hide = (
        None
        if hidden
        else sheet(f"hide{one.pk}", asks.HIDE, action=f"{url}?do=hide", button=Text("隐去", "Hide it"), tried=tried)
    )
    return sheet(f"explain{one.pk}", asks.EXPLAIN, action=url, button=button, tried=tried), hide


@door(may=EXPLAIN, load=_question, methods=["POST"])
def answer_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Answer, or hide with a public reason (`?do=hide`)."""
    hides = request.GET.get("do") == "hide"
    form = f"{'hide' if hides else 'explain'}{question.pk}"

    def act() -> Text:
        if hides:
            services.hide_words(about=question, ground=typed(request.POST, form, "ground"), by=me(request), at=clock.now())
            return Text("已隐去，理由会公开。", "Hidden with its reason.")
        office = office_of(me(request), question.place, EXPLAIN.offices)
        services.explain(
            question=question, words=typed(request.POST, form, "words"), by=me(request), office=office, at=clock.now()
        )
        return Text("答复已公开。", "The answer is public.")

    back = reverse("desk:questions") + f"?place={question.place_id}"
    return take(request, form, act=act, again=lambda tried: _questions(request, question.place, tried), to=back)


@door(may=EXPLAIN, load=place_here, methods=["POST"])
def note_question(request: HttpRequest, place: Place) -> HttpResponse:
    """A question asked often, with its answer at once: from interviews or the counter."""

    def act() -> Text:
        pack, clause = typed(request.POST, "note", "pack"), typed(request.POST, "note", "clause")
        wrong: dict[str, Text] = {}
        if pack not in library().packs:
            wrong["pack"] = Text("请选择办法。", "Choose the regulation.")
        elif clause and clause not in library().clauses:
            wrong["clause"] = Text("没有这一条，如 S1 ¶3。", "There is no such clause; write it like S1 ¶3.")
        if not typed(request.POST, "note", "answer"):
            wrong["answer"] = Text("请写上答复。", "Please write the answer.")
        if wrong:
            raise Invalid(next(iter(wrong.values())), fields=wrong)
        person, at = me(request), clock.now()
        try:
            made = services.ask_question(
                pack=pack,
                clause=clause,
                place=place,
                words=typed(request.POST, "note", "question"),
                channel="interview",
                noted_by=person,
                at=at,
            )
        except Invalid as invalid:
            raise Invalid(invalid.text, fields={"question": invalid.text}) from None
        office = office_of(person, place, EXPLAIN.offices)
        services.explain(question=made, words=typed(request.POST, "note", "answer"), by=person, office=office, at=at)
        return Text("问答已公开。", "Question and answer are public.")

    back = reverse("desk:questions") + f"?place={place.code}&show=all"
    return take(request, "note", act=act, again=lambda tried: _questions(request, place, tried), to=back)
