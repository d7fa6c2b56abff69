"""Taking an objection back: with its code, or with the account it was raised with. It stays on the list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.records.notices.models import Objection
from linli.records.notices.permissions import WITHDRAW_OBJECTION
from linli.records.notices.selectors import objection_by_code
from linli.records.notices.services import withdraw_objection
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.web.portal.finding import person_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door

# To choose, not to write: a reason is sealed and public for ever, and must not name anybody.
REASONS = {
    "settled": Text("问题已经说清楚或者解决了", "It has been explained or settled"),
    "mistaken": Text("提错了", "It was a mistake"),
    "otherwise": Text("改用别的方式反映", "I raise it in another way"),
}


def found_objection(request: HttpRequest, code: str) -> Found:
    objection = objection_by_code(code)
    return Found(objection, objection.notice.place)


@door(may=WITHDRAW_OBJECTION, load=found_objection, methods=["POST"])
def withdraw(request: HttpRequest, objection: Objection) -> HttpResponse:
    why = REASONS.get(request.POST.get("why", ""))
    if why is None:
        text = Text("请选撤回的理由。", "Choose why you take it back.")
        raise Invalid(text, fields={"why": text})
    withdraw_objection(objection=objection, reason=why.zh, by=person_of(request), at=clock.now())
    messages.success(request, _("已撤回。编号和这条记录保留。"))
    return redirect(reverse("portal:receipt") + f"?code={objection.shown_code}")
