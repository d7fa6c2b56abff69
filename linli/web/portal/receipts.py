"""One box for every receipt: of a need, an objection, a comment, a question, of a sealed act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.records.needs.codes import read_code as need_code
from linli.records.notices.models import Objection
from linli.records.notices.selectors import objection_by_code, objections_shown
from linli.records.texts.selectors import comment_by_code, comment_shown, question_by_code
from linli.records.trail.codes import read_code as objection_code
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.portal.notices import VERDICTS
from linli.web.portal.questions import asked_rows
from linli.web.portal.texts import VERDICTS as RESULTS
from linli.web.portal.texts import WAYS
from linli.web.portal.withdrawing import REASONS
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.shapes import Receipt

_UNKNOWN = Text(
    "没有找到这个编号。请对照回执再看一遍；字母不分大小写，中间的横线可以不写。",
    "No receipt has this code. Compare it with your slip; capitals do not matter and dashes may be left out.",
)
_WHAT = Text("异议回执", "Receipt of an objection")
_COMMENT = Text("意见回执", "Receipt of a comment")
_COMMENT_NEXT = Text("答复会写在这一页和文本页上。", "The answer will stand on this page and beside the text.")
_QUESTION = Text("提问回执", "Receipt of a question")
_QUESTION_NEXT = Text("答复会写在这一页和政策解读里。", "The answer will stand on this page and among the questions.")
_NEXT = Text("答复会写在这一页和公示页上。", "The answer will stand on this page and on the notice.")


@door(may=PUBLIC)
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("code", "").strip()[:120]
    if not typed:
        return render(request, "portal/receipt.html", {})
    if typed.count("/") == 2:
        return redirect(reverse("portal:trail") + "?" + urlencode({"receipt": typed}) + "#check")
    found = _objection(typed)
    if found is not None:
        return render(request, "portal/receipt.html", _shown(request, found, typed))
    said = _said(request, typed)
    if said is not None:
        return render(request, "portal/receipt_said.html", said)
    code = need_code(typed)
    if code is not None:
        return redirect("portal:need", code=code)
    return render(request, "portal/receipt.html", {"again": typed, "unknown": _UNKNOWN}, status=404)


def _objection(typed: str) -> Objection | None:
    if objection_code(typed) is None:
        return None
    try:
        return objection_by_code(typed)
    except NotFound:
        # Ten digits may also be the code of a need.
        return None


def _said(request: HttpRequest, typed: str) -> dict[str, object] | None:
    """A comment on a text, or a question about a regulation."""
    if objection_code(typed) is None:
        return None
    address = request.build_absolute_uri(reverse("portal:receipt") + f"?code={objection_code(typed)}")
    found: dict[str, object] = {"typed": typed, "fresh": request.GET.get("fresh") == "1"}
    try:
        comment = comment_by_code(typed)
        slip = Receipt(comment.shown_code, address, _COMMENT, comment.registered_at, _COMMENT_NEXT)
        return found | {
            "comment": comment,
            "one": comment_shown(comment),
            "document": comment.document,
            "verdicts": RESULTS,
            "ways": WAYS,
            "slip": slip,
        }
    except NotFound:
        pass
    try:
        question = question_by_code(typed)
    except NotFound:
        return None
    slip = Receipt(question.shown_code, address, _QUESTION, question.asked_at, _QUESTION_NEXT)
    return found | {"asked": asked_rows([question])[0], "slip": slip, "rules": None}


def _shown(request: HttpRequest, objection: Objection, typed: str) -> dict[str, object]:
    address = request.build_absolute_uri(reverse("portal:receipt") + f"?code={objection.code}")
    shown = next(one for one in objections_shown(objection.notice) if one.number == objection.number)
    return {
        "typed": typed,
        "objection": objection,
        "shown": shown,
        "verdict": VERDICTS.get(shown.verdict),
        "notice": objection.notice,
        "content": objection.notice.content,
        "slip": Receipt(objection.shown_code, address, _WHAT, objection.received_at, _NEXT),
        "fresh": request.GET.get("fresh") == "1",
        "reasons": list(REASONS.items()) if shown.open else [],
    }
