"""政策解读: questions about a regulation and their answers, by clause, to search; everybody may ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.people.selectors import holders
from linli.records.places.models import Place
from linli.records.texts import services
from linli.records.texts.models import Question
from linli.records.texts.permissions import ASK_QUESTION
from linli.records.texts.selectors import questions as questions_of
from linli.rules.plain.refusals import Invalid, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.portal.clauses import clause_link
from linli.web.portal.commenting import checked, sure_field
from linli.web.portal.finding import PackHere, pack_named, person_of
from linli.web.portal.pace import in_turn
from linli.web.portal.reaching import reach_fields
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Link

_NOBODY = Text("这份办法还没有地方采用，问题没有人答复。", "No place has taken up this regulation; nobody could answer.")
_ANSWERING = ("drafting_department", "civil_affairs")
_WORDS = Text("您想问什么", "What would you like to know")
_WORDS_HINT = Text("问题和答复都会公开。请不要写自己或别人的隐私。", "Question and answer are public. Leave private matters out.")
CAME_BY = {
    "online": Text("网上提问", "asked online"),
    "interview": Text("访谈", "interview"),
    "phone": Text("电话", "telephone"),
    "counter": Text("柜台", "at the counter"),
    "letter": Text("来信", "letter"),
}


@dataclass(frozen=True)
class Asked:
    """A question with its clause as a link."""

    question: Question
    clause: Link | None
    channel: Text

    @property
    def hidden(self) -> str:
        """Why its words are hidden; "" when they are not."""
        hiding = getattr(self.question, "hiding", None)
        return hiding.ground if hiding else ""


def asked_rows(found: Iterable[Question]) -> list[Asked]:
    return [Asked(one, clause_link(one.pack, one.clause) if one.clause else None, CAME_BY[one.channel]) for one in found]


def waiting_at(pack: PackHere) -> tuple[Place, str] | None:
    """Where a question about this pack is answered, and by which office; "" while nobody holds one."""
    place = Place.objects.filter(pk=pack.pack.jurisdiction).first() or pack.place
    if place is None:
        return None
    on: date = clock.today()
    office = next((each for each in _ANSWERING if holders(each, place, on).exists()), "")
    return place, f"{place.level}.{office}" if office else ""


@door(may=ASK_QUESTION, load=pack_named, methods=["GET", "POST"])
def questions(request: HttpRequest, found: PackHere) -> HttpResponse:
    """`?clause=` one clause, `?q=` words to look for."""
    if request.method != "POST":
        return _page(request, found)
    words = request.POST.get("words", "").strip()
    try:
        with transaction.atomic():
            in_turn(request, "question", request.POST.get("contact", ""))
            checked(request, "words", words)
            made = _ask(request, found, words)
    except TurnedDown as turned_down:
        return _page(request, found, turned_down)
    return redirect(reverse("portal:receipt") + f"?code={made.shown_code}&fresh=1")


def _ask(request: HttpRequest, found: PackHere, words: str) -> Question:
    where = waiting_at(found)
    if where is None:
        raise Refused(_NOBODY)
    place, office = where
    return services.ask_question(
        pack=found.pack.id,
        place=place,
        words=words,
        clause=_clause(request, found),
        office=office,
        by=person_of(request),
        contact=request.POST.get("contact", ""),
        at=clock.now(),
    )


def _clause(request: HttpRequest, found: PackHere) -> str:
    """The clause asked about, if the pack knows it."""
    wanted = request.POST.get("clause") or request.GET.get("clause") or ""
    try:
        return wanted if wanted and found.rules.clause_title(wanted) else ""
    except KeyError:
        return ""


def _page(request: HttpRequest, found: PackHere, turned_down: TurnedDown | None = None) -> HttpResponse:
    words, clause = request.GET.get("q", "").strip()[:60], _clause(request, found)
    rows = questions_of([found.pack.id], clause=clause, words=words)
    page = page_of(rows, request)
    wrong = turned_down.fields if isinstance(turned_down, Invalid) else {}
    typed = request.POST.get("words", "")
    fields = [FieldView("words", _WORDS, "long_text", typed, wrong.get("words", ""), _WORDS_HINT, required=True)]
    if typed and (sure := sure_field(request, typed)) is not None:
        fields.append(sure)
    fields += reach_fields(request, request.POST, wrong, named=False)
    context = {
        "place": found.place,
        "pack": found.pack,
        "rules": found.rules,
        "page": page,
        "rows": asked_rows(page.items),
        "words": words,
        "clause": clause,
        "clause_title": found.rules.clause_title(clause) if clause else "",
        "fields": fields,
        "turned_down": None if any(field.error for field in fields) else turned_down,
    }
    return render(request, "portal/questions.html", context, status=turned_down.status if turned_down else 200)
