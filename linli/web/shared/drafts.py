"""Saving a draft by hand or by itself, putting one away, and bringing it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.workbench import services
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.drafting import FOR, FORMS, PAGE, keep, not_kept, owner_of, put_back, say_not_kept
from linli.web.shared.switches import safe_next
from linli.web.shared.undoing import offer_undo


@door(may=PUBLIC, methods=["POST"])
def save(request: HttpRequest) -> HttpResponse:
    """The whole form comes along with its files, whatever state it is in. htmx gets the moment, a browser its page."""
    form, page = request.POST.get(FOR, ""), request.POST.get(PAGE, "")
    saved = None
    if FORMS.match(form) and page.startswith("/"):
        # What saves by itself sends no files; those kept before stay.
        chosen = bool(request.FILES)
        if chosen:
            put_back(request)
        saved = keep(request, form, page, with_files=chosen)
    if getattr(request, "htmx", False):
        return render(request, "shared/pieces/draft_saved.html", {"saved": saved, "not_kept_now": not_kept(request)})
    if saved is not None:
        messages.success(request, _("草稿已存。回到这一页就能接着写。"))
    elif not not_kept(request):
        messages.warning(request, _("没有存上：还什么都没有填。"))
    say_not_kept(request)
    return redirect(safe_next(_with_next(request, page)))


def _with_next(request: HttpRequest, page: str) -> HttpRequest:
    post = request.POST.copy()
    post["next"] = page
    request.POST = post  # type: ignore[assignment]
    return request


@door(may=PUBLIC, methods=["POST"])
def remove(request: HttpRequest) -> HttpResponse:
    pk = _number(request)
    if services.remove_draft(owner=owner_of(request), pk=pk, at=clock.now()):
        messages.success(request, _("草稿已删除。"))
        offer_undo(request, "/drafts/back/", {"pk": str(pk), "next": safe_next(request)})
    return redirect(safe_next(request))


@door(may=PUBLIC, methods=["POST"])
def back(request: HttpRequest) -> HttpResponse:
    if services.bring_back(owner=owner_of(request), pk=_number(request)):
        messages.success(request, _("草稿已恢复。"))
    return redirect(safe_next(request))


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("pk", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0
