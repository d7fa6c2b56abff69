"""Objections at the desk: taken in, answered once, hidden for privacy by two. None is ever deleted."""

from django.http import HttpRequest, HttpResponse

from linli.records.notices import services
from linli.records.notices.models import Notice, Objection
from linli.records.prepared import Prepared
from linli.rules.plain.refusals import NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.notice_acts import took
from linli.web.desk.notice_page import apart, found_notice, notice_again, relations_of
from linli.web.desk.sheets import once_more, typed
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.sent import sheet_of


def found_objection(request: HttpRequest, pk: int, number: int) -> Found:
    """An objection by its number, with what keeps this reader from answering it. Raises NotFound."""
    found = found_notice(request, pk)
    row = _NUMBERED.first(pk, number)
    if row is None:
        raise NotFound
    row.notice = found.thing
    return Found(row, found.place, relations_of(row, me(request)))


_NUMBERED = Prepared(
    lambda notice, number: Objection.objects.select_related("statement").filter(notice=notice, number=number).order_by("pk")[:1]
)


@door(may="notices.take_objection", load=found_notice, methods=["POST"])
def take_in(request: HttpRequest, notice: Notice) -> HttpResponse:
    """What came to the counter, by telephone, in the box or by letter goes on the same list."""

    def act() -> Text:
        sent = request.POST
        objection = services.raise_objection(
            notice=notice,
            text=typed(sent, "take", "text"),
            name=typed(sent, "take", "name"),
            contact=typed(sent, "take", "contact"),
            channel=typed(sent, "take", "channel"),
            sheet=sheet_of(request),
            at=clock.now(),
        )
        code = objection.shown_code
        return Text(f"已收下，回执编号 {code}，请告诉来人。", f"Taken; the receipt is {code}. Please give it to the person.")

    return took(request, notice, "take", act, "#objections")


@door(may="notices.answer_objection", load=found_objection, methods=["POST"])
def answer(request: HttpRequest, objection: Objection) -> HttpResponse:
    form, notice = f"answer{objection.number}", objection.notice

    def act() -> Text:
        sent = request.POST
        services.answer_objection(
            objection=objection,
            verdict=typed(sent, form, "verdict"),
            reason=typed(sent, form, "reason"),
            by=me(request),
            at=clock.now(),
            apart=apart(notice),
        )
        return Text("已答复，答复和理由会公开。", "Answered; the answer and its reason are public.")

    return took(request, notice, form, act, "#objections")


@door(may="notices.ask_to_hide", load=found_objection, methods=["POST"])
def hide(request: HttpRequest, objection: Objection) -> HttpResponse:
    form = f"hide{objection.number}"

    def act() -> Text:
        services.ask_to_hide(objection=objection, ground=typed(request.POST, form, "ground"), by=me(request), at=clock.now())
        return Text("已申请。上级岗位核准前，内容照常公开。", "Asked for. Until an office above approves, it stays public.")

    return took(request, objection.notice, form, act, "#objections")


@door(may="notices.approve_hiding", load=found_objection, methods=["POST"])
def approve(request: HttpRequest, objection: Objection) -> HttpResponse:
    def act() -> Text:
        services.approve_hiding(objection=objection, by=me(request), at=clock.now())
        return Text(
            "已核准隐去，公开页只留依据；仍然要答复。",
            "Approved: the public page keeps the ground only. It must still be answered.",
        )

    return took(request, objection.notice, f"approve{objection.number}", act, "#objections")


@door(may="notices.read_contact", load=found_objection, methods=["POST"])
def contact(request: HttpRequest, objection: Objection) -> HttpResponse:
    """Opened for this one answer; the trail keeps who and why."""
    form = f"contact{objection.number}"
    try:
        name, where = services.read_contact(
            objection=objection, reason=typed(request.POST, form, "reason"), by=me(request), at=clock.now()
        )
    except TurnedDown as turned_down:
        return once_more(request, form, lambda tried: notice_again(request, objection.notice, tried), turned_down)
    return notice_again(request, objection.notice, contact=(objection.number, name, where))
