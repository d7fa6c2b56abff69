"""The talk under a project: residents of the place and its offices speak by name; an office answers as an office."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.texts import services
from linli.records.texts.models import Post
from linli.records.texts.permissions import HIDE_POST, TALK
from linli.records.texts.selectors import talk
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.portal.commenting import checked, sure_field
from linli.web.portal.finding import case_named, person_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import FieldView

_WORDS = Text("想说什么", "What would you like to say")
_HINT = Text(
    "大家都能看到，署您的名字。请不要写别人的隐私。", "Everybody can read it, under your name. Leave others' private matters out."
)
_KIND = Text("这是", "This is")
KINDS = (("talk", Text("讨论", "Talk")), ("experience", Text("分享经验", "An experience to share")))


def talk_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the page of a matter shows of its talk."""
    person, on = person_of(request), clock.today()
    return {
        "talk": talk(case.subject) if getattr(case, "has_talk", True) else [],
        "may_talk": may(person, TALK, case.place, on),
        "may_hide": may(person, HIDE_POST, case.place, on),
    }


def _case(request: HttpRequest, code: str) -> Found:
    case = case_named(request, code)
    return Found(case, case.place)


def _post(request: HttpRequest, code: str, number: int) -> Found:
    case = case_named(request, code)
    found = Post.objects.filter(subject_kind="case", subject_id=str(case.pk), number=number).select_related("place").first()
    if found is None:
        raise NotFound
    return Found((case, found), case.place)


@door(may=TALK, load=_case, methods=["GET", "POST"])
def say(request: HttpRequest, case: Case) -> HttpResponse:
    """`?to=3` answers a post."""
    if request.method != "POST":
        return _page(request, case)
    words, person = request.POST.get("words", "").strip(), person_of(request)
    assert person is not None
    try:
        checked(request, "words", words)
        made = services.post(
            subject=case.subject,
            place=case.place,
            words=words,
            by=person,
            at=clock.now(),
            kind=request.POST.get("kind") or "talk",
            office=_office(person, case),
            answers=_answered(request, case),
        )
    except TurnedDown as turned_down:
        return _page(request, case, turned_down)
    return redirect(reverse("portal:project", args=[case.code]) + f"#t{made.number}")


def _office(person: Person, case: Case) -> str:
    """Whoever holds an office here speaks for it."""
    held = actor_for(person, case.place, clock.today()).offices
    return next((office for office in TALK.offices if office in held), "")


def _answered(request: HttpRequest, case: Case) -> Post | None:
    number = (request.POST if request.method == "POST" else request.GET).get("to", "")
    if not number.isdecimal():
        return None
    found = Post.objects.filter(subject_kind="case", subject_id=str(case.pk), number=int(number)).first()
    return found.answers or found if found else None


def _page(request: HttpRequest, case: Case, turned_down: TurnedDown | None = None) -> HttpResponse:
    wrong = turned_down.fields if isinstance(turned_down, Invalid) else {}
    typed, to = request.POST, _answered(request, case)
    fields = [FieldView("words", _WORDS, "long_text", typed.get("words", ""), wrong.get("words", ""), _HINT, required=True)]
    if typed and (sure := sure_field(request, typed.get("words", ""))) is not None:
        fields.append(sure)
    if to is None:
        fields.append(FieldView("kind", _KIND, "choice", typed.get("kind", "talk"), wrong.get("kind", ""), options=KINDS))
    context: dict[str, Any] = {"place": case.place, "case": case, "to": to, "fields": fields}
    context["turned_down"] = None if any(field.error for field in fields) else turned_down
    return render(request, "portal/say.html", context, status=turned_down.status if turned_down else 200)


@door(may=HIDE_POST, load=_post, methods=["POST"])
def hide_post(request: HttpRequest, found: tuple[Case, Post]) -> HttpResponse:
    """With a reason that stays in its place."""
    case, post = found
    person = person_of(request)
    assert person is not None
    services.hide_words(about=post, ground=request.POST.get("ground", ""), by=person, at=clock.now())
    return redirect(reverse("portal:project", args=[case.code]) + f"#t{post.number}")
