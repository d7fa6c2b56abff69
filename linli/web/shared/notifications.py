"""What is new for the reader, under the project, need or meeting it belongs to; what they follow; how they are told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from linli.records.cases.selectors import case_by_code
from linli.records.meetings import selectors as meetings
from linli.records.needs import selectors as needs
from linli.records.notifications import services
from linli.records.notifications.models import Preference
from linli.records.notifications.selectors import preference_of, topics_of
from linli.records.notifications.words import AT_ONCE
from linli.records.people.models import Person
from linli.records.people.selectors import offices_of
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, SIGNED_IN, door
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.notifying import before_token
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Tab
from linli.web.shared.switches import safe_next
from linli.web.shared.tags.following import topic_address
from linli.web.shared.turned_down import ask_again

SHOWN = 20
_NEVER = ("", Text("不发摘要，只在这里看", "No digest; I look here"))


def _me(request: HttpRequest) -> Person:
    person = reader_of(request).person
    assert person is not None
    return person


def _shell(request: HttpRequest) -> str:
    return "shared/desk.html" if reader_of(request).is_staff else "shared/portal.html"


@door(may=SIGNED_IN)
def notifications(request: HttpRequest) -> HttpResponse:
    everything = request.GET.get("all") == "1"
    before = request.GET.get("before", "")
    person = _me(request)
    start = int(before) if before.isdecimal() and len(before) < 19 else 0
    found = topics_of(person, unread=not everything, before=start, most=SHOWN + 1)
    topics, more = found[:SHOWN], len(found) > SHOWN
    staff = reader_of(request).is_staff
    context = {
        "shell": _shell(request),
        "topics": [(each, topic_address(each.subject.kind, each.code, staff=staff)) for each in topics],
        "tabs": [Tab(Text("未读", "New"), "?", current=not everything), Tab(Text("全部", "All"), "?all=1", current=everything)],
        "everything": everything,
        "next": f"?{'all=1&' if everything else ''}before={topics[-1].lines[0].pk}" if more and topics[-1].lines else "",
    }
    return render(request, "shared/notifications/list.html", context)


@door(may=SIGNED_IN, methods=["POST"])
def read(request: HttpRequest) -> HttpResponse:
    """One topic, or everything when none is named."""
    kind, id = request.POST.get("kind", ""), request.POST.get("id", "")
    services.mark_read(by=_me(request), at=clock.now(), topic=Subject(kind, id) if kind else None)
    return redirect(safe_next(request, "/notifications/"))


@door(may=SIGNED_IN, methods=["POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow, or leave in peace. Only what the reader may know of."""
    topic, person = _topic(request), _me(request)
    if request.POST.get("follow") == "1":
        services.follow(topic=topic, by=person, at=clock.now())
        messages.success(request, _("已关注。有进展会在“通知”里告诉您。"))
    else:
        services.unfollow(topic=topic, by=person, at=clock.now())
        messages.success(request, _("不再通知您这件事。"))
    return redirect(safe_next(request, "/notifications/"))


def _topic(request: HttpRequest) -> Subject:
    kind, code = request.POST.get("kind", ""), request.POST.get("code", "")
    if kind == "case":
        return case_by_code(code, _me(request), clock.today()).subject
    if kind == "need":
        return needs.by_code(code).subject
    if kind == "meeting" and code.isdecimal() and len(code) < 19:
        return meetings.meeting(int(code)).subject
    raise NotFound


@door(may=SIGNED_IN, methods=["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    person, post = _me(request), request.POST
    wish = preference_of(person)
    if request.method == "GET":
        return render(request, "shared/notifications/settings.html", _settings(request, wish, _kept(wish), {}))
    typed = {key: post.get(key, "") for key in ("email", "by_email", "by_sms", "hour")} | {"at_once": post.getlist("at_once")}
    try:
        services.set_preference(
            by=person,
            at=clock.now(),
            email=post.get("email", "").strip(),
            by_email=post.get("by_email") == "yes",
            by_sms=post.get("by_sms") == "yes",
            hour=int(post["hour"]) if post.get("hour", "").isdecimal() else None,
            at_once=post.getlist("at_once"),
            language=reader_of(request).language,
            confirm=before_token("shared:prove_email"),
        )
    except Invalid as wrong:
        context = _settings(request, wish, typed, dict(wrong.fields))
        return ask_again(request, "shared/notifications/settings.html", context, wrong)
    messages.success(request, _("已保存。新填的邮箱要先打开确认邮件里的链接，才会用。"))
    return redirect("shared:notification_settings")


_YES, _NO = "yes", "no"


def _kept(wish: Preference) -> dict[str, Any]:
    return {
        "email": wish.email.open(),
        "by_email": _YES if wish.by_email else _NO,
        "by_sms": _YES if wish.by_sms else _NO,
        "hour": "" if wish.hour is None else str(wish.hour),
        "at_once": wish.at_once,
    }


def _settings(request: HttpRequest, wish: Preference, values: dict[str, Any], errors: dict[str, Text]) -> dict[str, Any]:
    hours: list[tuple[str, Text | str]] = [_NEVER, *((str(hour), f"{hour:02}:00") for hour in range(24))]
    unproved = bool(wish.email) and wish.email_proved_at is None
    fields = [
        FieldView(
            "email",
            Text("邮箱", "E-mail"),
            "text",
            values["email"],
            errors.get("email", ""),
            Text("还没有确认：请打开邮件里的链接。", "Not confirmed yet: open the link in the message.") if unproved else "",
            extra={"autocomplete": "email", "maxlength": "200"},
        ),
        FieldView("by_email", Text("用邮箱通知我", "Tell me by e-mail"), "flag", values["by_email"], errors.get("by_email", "")),
        FieldView(
            "by_sms",
            Text("用短信通知我", "Tell me by text message"),
            "flag",
            values["by_sms"],
            errors.get("by_sms", ""),
            Text("发到您登录用的手机。", "To the phone you sign in with."),
        ),
        FieldView(
            "hour",
            Text("每天几点发摘要", "When the daily digest is sent"),
            "choice",
            values["hour"],
            errors.get("hour", ""),
            Text("有新进展才发，没有就不打扰。", "Only when something is new."),
            options=hours,
        ),
        FieldView(
            "at_once",
            Text("这些事马上告诉我", "Tell me of these at once"),
            "choices",
            values["at_once"],
            errors.get("at_once", ""),
            options=list(AT_ONCE.items()),
        ),
    ]
    return {"shell": _shell(request), "fields": fields, "offices": offices_of(_me(request), clock.today())}


@door(may=PUBLIC, methods=["GET", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from a message; pressing the button proves the address. A mail scanner that only looks proves nothing."""
    if request.method == "POST":
        services.prove_email(token=token, at=clock.now())
    return render(request, "shared/notifications/prove.html", {"done": request.method == "POST"})


@csrf_exempt
@door(may=PUBLIC, methods=["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The token is the authority: one click in a mail program ends the messages without signing in (RFC 8058)."""
    services.person_of_stop(token)
    if request.method == "POST":
        services.stop_messages(token=token, at=clock.now())
    return render(request, "shared/notifications/stop.html", {"done": request.method == "POST"})
