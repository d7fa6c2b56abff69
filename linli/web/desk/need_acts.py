"""What is done with one need at the desk; each act comes back to the need's page."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.cases.selectors import case_by_code
from linli.records.cases.services import link_need
from linli.records.needs import services
from linli.records.needs.models import Need
from linli.records.needs.selectors import by_code
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import looks_at, me
from linli.web.desk.need_page import found_need, need_again
from linli.web.desk.sheets import once_more, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.undoing import offer_undo
from linli.web.shared.uploads import store_all

_HANDLE, _LINK, _CONTACT = "needs.handle_need", "needs.link_need", "needs.read_need_contact"
_LINKED_BY_MISTAKE, _JUDGED_BY_MISTAKE = "刚刚放错了项目，撤销", "刚刚判断有误，撤销"


def _took(request: HttpRequest, need: Need, form: str, act: object, *, at: str = "") -> HttpResponse:
    return take(
        request,
        form,
        act=act,  # type: ignore[arg-type]
        again=lambda tried: need_again(request, need, tried),
        to=reverse("desk:need", args=[need.code]) + at,
    )


@door(may=_HANDLE, load=found_need, methods=["POST"])
def verify(request: HttpRequest, need: Need) -> HttpResponse:
    """Findings, real or not, photos: kept together or not at all."""

    @transaction.atomic
    def act() -> Text:
        real = typed(request.POST, "verify", "real")
        if real not in ("yes", "no"):
            wrong = Text("请选一项。", "Choose one.")
            raise Invalid(wrong, fields={"real": wrong})
        person, at = me(request), clock.now()
        uploads = request.FILES.getlist("verify-photos")
        files = store_all(uploads, field="photos", by=person, at=at, place=need.place)
        findings = typed(request.POST, "verify", "findings")
        services.verify_need(need=need, findings=findings, real=real == "yes", by=person, at=at, files=files)
        if real == "yes":
            return Text("已核实。接下来可以放进项目，或者答复提出人。", "Looked into. Put it into a project or answer it next.")
        return Text("已记下：不属实。请答复提出人。", "Kept: not real. Please answer the proposer.")

    return _took(request, need, "verify", act)


@door(may=_HANDLE, load=found_need, methods=["POST"])
def answer(request: HttpRequest, need: Need) -> HttpResponse:
    def act() -> Text:
        verdict, reason = typed(request.POST, "answer", "verdict"), typed(request.POST, "answer", "reason")
        services.answer_need(need=need, verdict=verdict, reason=reason, by=me(request), at=clock.now())
        return Text("已答复，并告知提出人。", "Answered, and the proposer has been told.")

    return _took(request, need, "answer", act)


@door(may=_HANDLE, load=found_need, methods=["POST"])
def withdraw(request: HttpRequest, need: Need) -> HttpResponse:
    def act() -> Text:
        reason = typed(request.POST, "withdraw", "reason")
        services.withdraw_need(need=need, reason=reason, by=me(request), at=clock.now())
        return Text("已撤回，记录还在。", "Taken back; the record stays.")

    return _took(request, need, "withdraw", act)


@door(may=_LINK, load=found_need, methods=["POST"])
def link(request: HttpRequest, need: Need) -> HttpResponse:
    def act() -> Text:
        code = typed(request.POST, "link", "case")
        if not code:
            wrong = Text("请选一个项目。", "Choose a project.")
            raise Invalid(wrong, fields={"case": wrong})
        case = case_by_code(code, me(request), clock.today())
        link_need(case=case, need=need, by=me(request), at=clock.now())
        fields = {"unlink-case": case.code, "unlink-reason": _LINKED_BY_MISTAKE}
        offer_undo(request, reverse("desk:need_unlink", args=[need.code]), fields)
        return Text(f"已放进项目 {case.code}，并告知提出人。", f"Put into project {case.code}; the proposer has been told.")

    return _took(request, need, "link", act)


@door(may=_LINK, load=found_need, methods=["POST"])
def unlink(request: HttpRequest, need: Need) -> HttpResponse:
    """The project lets it go; with no other holding it, it is open again."""

    def act() -> Text:
        case = case_by_code(typed(request.POST, "unlink", "case"), me(request), clock.today())
        reason = typed(request.POST, "unlink", "reason")
        services.release_need(need=need, subject=case.subject, reason=reason, by=me(request), at=clock.now())
        return Text(f"已从 {case.code} 移出，需求继续处理。", f"Taken out of {case.code}; the need stays open.")

    return _took(request, need, "unlink", act)


@door(may=_HANDLE, load=found_need, methods=["POST"])
def undo_entry(request: HttpRequest, need: Need) -> HttpResponse:
    """One's own entry, made by mistake, before anybody acted on it."""

    def act() -> Text:
        services.take_back_entry(need=need, by=me(request), at=clock.now())
        return Text(f"登记 {need.code} 已撤销，记录还在。", f"Entry {need.code} is undone; the record stays.")

    return _took(request, need, "undo_entry", act)


@door(may=_HANDLE, load=found_need, methods=["POST"])
def judge(request: HttpRequest, need: Need) -> HttpResponse:
    """Whether a need that seems alike is about the same thing. They stand together; none is merged away."""

    def act() -> Text:
        other = _other(request)
        same = request.POST.get("same") == "yes"
        services.judge_pair(need=need, other=other, same=same, by=me(request), at=clock.now())
        if same:
            offer_undo(request, reverse("desk:need_leave", args=[need.code]), {"leave-reason": _JUDGED_BY_MISTAKE})
            return Text("已归为一组。每条仍各自答复。", "They stand together now. Each is still answered on its own.")
        return Text("已记下：不是同一件事。", "Kept: not the same thing.")

    return _took(request, need, "judge", act, at="#similar")


def _other(request: HttpRequest) -> Need:
    other = by_code(request.POST.get("other", ""))
    if not looks_at(me(request), other.place):
        raise NotFound
    return other


@door(may=_HANDLE, load=found_need, methods=["POST"])
def leave(request: HttpRequest, need: Need) -> HttpResponse:
    def act() -> Text:
        services.uncluster_need(need=need, reason=typed(request.POST, "leave", "reason"), by=me(request), at=clock.now())
        return Text("已移出这一组。", "Taken out of the group.")

    return _took(request, need, "leave", act)


@door(may=_CONTACT, load=found_need, methods=["POST"])
def contact(request: HttpRequest, need: Need) -> HttpResponse:
    """Opened for this one answer: not in the address, not in any cache."""
    try:
        opened = services.read_contact(need=need, reason=typed(request.POST, "contact", "reason"), by=me(request), at=clock.now())
    except TurnedDown as turned_down:
        return once_more(request, "contact", lambda tried: need_again(request, need, tried), turned_down)
    return need_again(request, need, contact=opened)
