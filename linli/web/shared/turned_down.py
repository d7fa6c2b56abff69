"""The page that says no: always why, by which clause, and what would make it a yes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string

from linli.records.people.access import NotYours
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import NotAllowed, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text, listed
from linli.web.shared.doors import page_before
from linli.web.shared.reader import reader_of
from linli.web.shared.rulebooks import office_words
from linli.web.shared.uploads import MOST_AT_ONCE

_NOT_YOURS = Text(
    "这一步不由您办理。请用负责这一步的岗位登录，或请该岗位办理。",
    "This step is not yours to take. Sign in with the office that takes it, or ask that office.",
)
_ONLY_SENT = Text(
    "这个地址只收表单，不能直接打开。请回到原来的页面，从那里再办。",
    "This address only takes forms and cannot be opened. Go back to the page you came from and do it there.",
)
_FORM_TOO_OLD = Text(
    "这一页打开太久了，没有提交。请先复制已填的内容，重新打开这一页再交。",
    "This page was open too long and nothing was sent. Copy what you typed, open the page anew and send it again.",
)
_NO_SENTENCES = {"csrfmiddlewaretoken", "login", "password", "phone", "contact", "code", "household_code", "next"}
_SENTENCE = 6  # signs; what is shorter is typed again as quickly as copied
_BAD_REQUEST = Text(
    "收到的内容不完整，没有办理。请返回再试一次。", "What arrived was incomplete; nothing was done. Go back and try again."
)
_BACK = Text(
    "用浏览器的“后退”回到刚才那一页，填的一般还在；存过草稿的，重新打开也在。",
    "Go back in your browser: what you typed is usually still there. A draft that was kept is there when you open the page anew.",
)
_MB = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
_TOO_MUCH: dict[type[Exception], Text] = {
    RequestDataTooBig: Text(
        f"填的字太多，没有收下：一次最多 {_MB} MB。请把长的内容做成文件上传，或者分几次提交。",
        f"Too much text, nothing was taken: at most {_MB} MB at a time. Put long texts into a file, or send it in parts.",
    ),
    TooManyFieldsSent: Text(
        f"填写项太多，没有收下：一次最多 {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} 项。请分几次提交，或者用表格导入。",
        f"Too many entries, nothing was taken: {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} at a time at most. "
        "Send them in several goes, or import them from a table.",
    ),
    TooManyFilesSent: Text(
        f"选的文件太多，没有收下：一次最多 {MOST_AT_ONCE} 个。请分几次提交。",
        f"Too many files, nothing was taken: {MOST_AT_ONCE} at a time at most. Send them in several goes.",
    ),
}


_DESK = "shared/desk.html"


class OnlySent(TurnedDown):
    """An address forms are sent to; there is no page to open."""

    status = 405


class TooMuch(TurnedDown):
    """More came than is read at once."""

    status = 413


def shell_of(request: HttpRequest) -> str:
    """Which frame a page outside its own door gets."""
    at_desk = request.path.startswith("/desk/") and reader_of(request).is_staff
    return _DESK if at_desk else "shared/portal.html"


def turned_down_page(request: HttpRequest, turned_down: TurnedDown, *, rules: Any = None, **more: Any) -> HttpResponse:
    """The whole page, or only the panel when htmx asked for a part of one."""
    if isinstance(turned_down, NotYours) and turned_down.offices:
        turned_down = _with_offices(turned_down)
    shell = shell_of(request)
    home = "/desk/" if shell == _DESK else "/"
    context = {"turned_down": turned_down, "rules": rules, "shell": shell, "home": home, **more}
    part = bool(getattr(request, "htmx", False)) and not request.headers.get("HX-Boosted")
    template = "shared/pieces/refusal.html" if part else "shared/turned_down.html"
    return render(request, template, context, status=turned_down.status)


def _with_offices(turned_down: NotYours) -> NotAllowed:
    """Whose it is, as the people of the place call them."""
    try:
        rules = rules_at(turned_down.place)
    except Refused:
        rules = None
    who = listed(dict.fromkeys(office_words(office, rules) for office in turned_down.offices))
    return NotAllowed(
        Text(
            f"这件事由{who.zh}来办，您的岗位不在其中。请交给他们办，或者用那个岗位的账号登录。",
            f"This is for {who.en}; your office is not among them. Hand it to them, or sign in with that office.",
        )
    )


def ask_again(request: HttpRequest, template: str, context: Mapping[str, Any], turned_down: TurnedDown) -> HttpResponse:
    """The form once more with everything typed still in it, the answer on top, and the right status."""
    return render(request, template, {**context, "turned_down": turned_down}, status=turned_down.status)


def only_sent(request: HttpRequest, allow: str) -> HttpResponse:
    answer = turned_down_page(request, OnlySent(_ONLY_SENT))
    answer["Allow"] = allow
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _TOO_MUCH.get(type(exception))
    if text is None:
        return turned_down_page(request, TurnedDown(_BAD_REQUEST))
    # What was too much is not read again for the page that says so.
    empty: Any = request
    if isinstance(exception, TooManyFieldsSent):
        empty.GET = QueryDict()
    empty._mark_post_parse_error()
    return turned_down_page(request, TooMuch(text), again=page_before(request), after=_BACK)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return turned_down_page(request, NotAllowed(_NOT_YOURS))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return turned_down_page(request, NotFound())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The way on is the page itself, opened anew; what was typed on this site is shown to be copied."""
    return turned_down_page(request, NotAllowed(_FORM_TOO_OLD), again=page_before(request), typed=_sentences(request))


def _sentences(request: HttpRequest) -> list[str]:
    """What a person wrote in a form of this very site; nothing another site sent is ever shown."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return []
    typed = {key: str(said).strip() for key, said in request.POST.items() if not key.startswith("draft-")}
    return [said for key, said in typed.items() if key not in _NO_SENTENCES and len(said) >= _SENTENCE]


def failed(request: HttpRequest) -> HttpResponse:
    """Our fault. Needs neither database nor session, which may be what failed."""
    return HttpResponse(render_to_string("shared/failed.html", {"language": reader_of(request).language}), status=500)
