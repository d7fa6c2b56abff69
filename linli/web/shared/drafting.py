"""Nothing typed is lost: a form that was not taken (turned down, signed out meanwhile, saved by hand or by itself) waits
as a draft under the address it is sent to, with the files chosen for it, until it is taken.
"""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from linli.records.people.limits import KEPT_DRAFTS_PER_ADDRESS, KEPT_FILES_PER_ADDRESS, KEPT_KILOBYTES_PER_ADDRESS
from linli.records.people.services import take_turn
from linli.records.people.services.pace import Limit
from linli.records.workbench.models import Draft, DraftFile
from linli.records.workbench.selectors import content_of, drafts_kept, drafts_with_files, typed_in
from linli.records.workbench.services import Kept, Owner, drop_files, keep_draft, sent
from linli.records.workbench.services.drafts import MOST_BYTES, MOST_SIGNS, as_kept
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.addresses import address_of
from linli.web.shared.reader import reader_of
from linli.web.shared.uploads import NotTaken, refused_of, size_words

TOKEN, FOR, PAGE, TITLE, KEEP = "drafts", "draft-for", "draft-page", "draft-title", "draft-keep"
# Forms worth keeping: intake, matters, meetings, notices, raising a need, objecting. Never a sign-in.
FORMS = re.compile(r"^/(desk/|c/[^/]+/needs/new/|notices/\d+/object/)")
_OURS = {"csrfmiddlewaretoken", FOR, PAGE, TITLE, KEEP}
# Codes on paper open a door; they are typed again.
_NEVER = {"household_code", "password", "code"}
_NOT_TAKEN = (409, 422)
_TOO_LONG = Text(
    f"没有存成草稿：填的内容太长，一份草稿最多约 {MOST_SIGNS // 10_000} 万字。请先提交，或者分开写。",
    f"Not kept as a draft: it is too long; a draft holds about {MOST_SIGNS:,} characters. Send it first, or write it in parts.",
)
_DRAFTS_OF_TODAY = Text(
    "没有存成草稿：这个网络地址新存的草稿太多了。填的字都在这一页上，请直接提交，或者登录后再写；关掉这一页就没有了。",
    "Not kept as a draft: too many were begun from this network address. What you typed is on this page: "
    "send it, or sign in and go on; it is lost when the page is closed.",
)
_FILES_OF_TODAY = Text(
    "刚才选的文件没有替您留着：这个网络地址今天存的太多了。填的字都在，提交前请重新选文件。",
    "The files you chose were not kept: too many came from this network address today. "
    "What you typed is here; choose the files again before you send it.",
)


class PutBack(SimpleUploadedFile):
    """A file kept before, in its form again."""


def owner_of(request: HttpRequest) -> Owner:
    """Who the drafts belong to. The mark of a browser stays in its session when somebody signs in there."""
    return Owner(reader_of(request).person, request.session.get(TOKEN, ""))


def owner_made(request: HttpRequest) -> Owner:
    """As `owner_of`, giving a browser its mark where it has none."""
    if reader_of(request).person is None:
        request.session.setdefault(TOKEN, secrets.token_urlsafe(24))
    return owner_of(request)


def drafts_here(request: HttpRequest) -> Mapping[str, Draft]:
    """All drafts of the reader by their form; asked for once a page."""
    found: dict[str, Draft] | None = getattr(request, "_drafts", None)
    if found is None:
        found = {}
        for row in drafts_with_files(owner_of(request)):
            found.setdefault(row.form, row)
        request._drafts = found  # type: ignore[attr-defined]
    return found


def draft_for(request: HttpRequest, form: str) -> QueryDict:
    """What was typed into a form before, as if it had been posted; empty where nothing was."""
    draft = drafts_here(request).get(form)
    found = QueryDict(mutable=True)
    for key, values in typed_in(draft).items() if draft else ():
        found.setlist(key, values)
    return found


def kept(request: HttpRequest, form: str = "") -> QueryDict:
    """What stands in a form: what was just sent, else its draft."""
    return request.POST if request.method == "POST" else draft_for(request, form or request.path)


def fields_of(post: QueryDict) -> dict[str, list[str]]:
    return {key: post.getlist(key) for key in post if key not in _OURS and key not in _NEVER}


class DraftsMiddleware:
    """Keeps what was not taken, puts kept files back into a form that is sent again, forgets what was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if request.method != "POST" or not FORMS.match(request.path):
            return answer
        away = _to_sign_in(answer) or _too_old(request, answer)
        if (answer.status_code in _NOT_TAKEN or away) and _ours(request):
            keep(request, request.path, request.POST.get(PAGE) or request.path)
            drop_files(owner=owner_of(request), form=request.path, files=refused_of(request))
            if away:
                say_not_kept(request)
        elif answer.status_code in (302, 303):
            owner = owner_of(request)
            if owner.known:
                sent(owner=owner, form=request.path)
        return answer

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Behind the check for forged forms. Files are kept before the page is made, so that a page that says no shows them."""
        if request.method == "POST" and FORMS.match(request.path):
            if KEEP in request.POST:
                put_back(request)
            if request.FILES:
                keep(request, request.path, request.POST.get(PAGE) or request.path)
                request._files_kept = True  # type: ignore[attr-defined]
            elif len(as_kept(fields_of(request.POST))) > MOST_SIGNS:
                _note(request, _TOO_LONG)


def _ours(request: HttpRequest) -> bool:
    """Sent from a page of this site, also where its token had grown too old."""
    origin = request.headers.get("Origin", "")
    return bool(getattr(request, "csrf_processing_done", False)) or origin == f"{request.scheme}://{request.get_host()}"


def _too_old(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Turned away because its token was of an earlier sign-in."""
    return answer.status_code == 403 and not getattr(request, "csrf_processing_done", False)


def _to_sign_in(answer: HttpResponseBase) -> bool:
    where = answer.headers.get("Location", "") if isinstance(answer, HttpResponse) else ""
    return answer.status_code == 302 and where.startswith("/sign-in/")


def not_kept(request: HttpRequest) -> Sequence[Text]:
    """What could not be kept of the form just sent, in sentences."""
    noted: dict[Text, None] = getattr(request, "_not_kept", {})
    return tuple(noted)


def say_not_kept(request: HttpRequest) -> None:
    """On the next page, where this one is not the form itself."""
    for text in not_kept(request):
        messages.warning(request, text.in_language(reader_of(request).language))


def _note(request: HttpRequest, text: Text) -> None:
    request._not_kept = {**dict.fromkeys(not_kept(request)), text: None}  # type: ignore[attr-defined]


def keep(request: HttpRequest, form: str, page: str, *, with_files: bool = True) -> Draft | None:
    """What was sent, as a draft of the form; what cannot be kept is noted, to be said."""
    data = fields_of(request.POST)
    if not any(value.strip() for values in data.values() for value in values):
        return None
    if form not in drafts_here(request) and not _in_turn(request, {"kept drafts": (KEPT_DRAFTS_PER_ADDRESS, 1)}):
        _note(request, _DRAFTS_OF_TODAY)
        return None
    draft = keep_draft(
        owner=owner_made(request),
        form=form,
        page=page,
        title=request.POST.get(TITLE, ""),
        data=data,
        at=clock.now(),
        files=_chosen(request) if with_files else None,
    )
    if draft is None:
        _note(request, _TOO_LONG)
    request._drafts = None  # type: ignore[attr-defined]
    return draft


def _chosen(request: HttpRequest) -> list[Kept] | None:
    """The files chosen; None leaves those kept before."""
    uploads = [(field, upload) for field, several in request.FILES.lists() for upload in several]
    if getattr(request, "_files_kept", False) or (not uploads and KEEP in request.POST):
        return None
    fitting = _fitting(request, uploads)
    if uploads and not fitting:
        return None
    kilobytes = -(-sum(upload.size or 0 for _, upload in fitting) // 1024)
    turns = {"kept files": (KEPT_FILES_PER_ADDRESS, 1), "kept kilobytes": (KEPT_KILOBYTES_PER_ADDRESS, kilobytes)}
    if fitting and not _in_turn(request, turns):
        _note(request, _FILES_OF_TODAY)
        return None
    found = []
    for field, upload in fitting:
        upload.seek(0)
        found.append(Kept(field, str(upload.name), str(upload.content_type or ""), upload.read()))
        upload.seek(0)
    return found


def _fitting(request: HttpRequest, uploads: Sequence[tuple[str, UploadedFile]]) -> list[tuple[str, UploadedFile]]:
    """As many as a draft holds, those kept before first; the others are named."""
    room, fitting, left = MOST_BYTES, [], []
    for field, upload in sorted(uploads, key=lambda each: not isinstance(each[1], PutBack)):
        size = upload.size or 0
        if isinstance(upload, NotTaken) or size > room:
            left.append(f"{upload.name}（{size_words(size)}）")
        else:
            room -= size
            fitting.append((field, upload))
    if left:
        zh, en, most = "、".join(left), ", ".join(left).replace("（", " (").replace("）", ")"), size_words(MOST_BYTES)
        _note(
            request,
            Text(
                f"没有替您留着：{zh}。没有交成的表，文件加起来最多留 {most}。填的字都在，提交前请重新选这些文件。",
                f"Not kept for you: {en}. Of a form that was not taken, files of {most} together are kept. "
                "What you typed is here; choose these files again before you send it.",
            ),
        )
    return fitting


def _in_turn(request: HttpRequest, turns: Mapping[str, tuple[Sequence[Limit], int]]) -> bool:
    """Whoever is not signed in keeps so much: counted by itself, since a form turned down counts nothing."""
    if reader_of(request).person is not None:
        return True
    who, at = address_of(request), clock.now()
    try:
        with transaction.atomic():
            for what, (limits, amount) in turns.items():
                take_turn(what=what, who=who, at=at, limits=limits, amount=amount)
    except Refused:
        return False
    return True


def put_back(request: HttpRequest) -> None:
    """Files the reader left ticked, into fields for which none was chosen anew."""
    wanted = [int(pk) for pk in request.POST.getlist(KEEP) if pk.isdecimal() and len(pk) < 19]
    mine = [draft.pk for draft in drafts_kept(owner_of(request))]
    chosen = set(request.FILES)
    for file in DraftFile.objects.filter(pk__in=wanted, draft__in=mine).order_by("pk"):
        if file.field not in chosen:
            request.FILES.appendlist(file.field, PutBack(file.name, content_of(file), content_type=file.mime))
