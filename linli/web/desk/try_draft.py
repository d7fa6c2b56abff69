"""What if the rules were otherwise? A case under today's rules and under a draft, side by side; nothing is touched."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case
from linli.records.cases.selectors import case_by_code, tried_under, visible_to
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.values import value_from
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.errors import PackError, PackErrors
from linli.rules.policy.models import Special
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import value_words
from linli.web.desk.drafts_unpacked import draft_library
from linli.web.desk.intake_ground import looks_at, me
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, door
from linli.web.shared.fieldviews import Options

MOST_CASES = 100
_SPECIAL = {"unset": Special.UNSET, "unlimited": Special.UNLIMITED}


@dataclass(frozen=True)
class Draft:
    """Other rules, and in words what is other about them."""

    rules: Rules
    said: Text


@door(may=STAFF, methods=["GET", "POST"])
def try_draft(request: HttpRequest) -> HttpResponse:
    """Either one parameter with another value, or a whole pack as a zip. POST only because a file may come with it."""
    if request.method == "GET" and not request.GET.get("parameter"):
        return _page(request)
    try:
        case = _case(request)
        draft = _draft(request, case)
        tried = tried_under(draft.rules, case, clock.now())
    except PackErrors as errors:
        return _page(request, errors=errors.errors)
    except TurnedDown as turned_down:
        return _page(request, turned_down)
    context = {
        "case": case,
        "draft": draft,
        "tried": sorted(tried, key=lambda one: not one.changed),
        "today_rules": standing(case.subject).rules,
    }
    return _page(request, result=context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _case(request: HttpRequest) -> Case:
    code = _sent(request).get("case", "").strip()
    try:
        case = case_by_code(code, me(request), clock.today())
    except NotFound:
        case = None
    if case is None or case.passage is None or not looks_at(me(request), case.place):
        wrong = Text("没有这个编号的事项，或者您看不到它。", "There is no such matter, or it is not yours to see.")
        raise Invalid(wrong, fields={"case": wrong})
    return case


def _draft(request: HttpRequest, case: Case) -> Draft:
    upload = request.FILES.get("draft")
    now = standing(case.subject)
    if upload is not None:
        known, id = draft_library(upload.name or "", upload.read())
        if id not in {pack.id for pack in now.rules.chain}:
            wrong = Text(
                f"草稿{quoted(id)}不是这件事所用的规则。", f"The draft {quoted(id)} is not among the rules of this matter."
            )
            raise Invalid(wrong, fields={"draft": wrong})
        rules = known.rules(now.passage.pack).with_local(now.rules.local)
        return Draft(rules, Text(f"用草稿{quoted(id)}代替现行的同名规则", f"The draft {quoted(id)} in the place of its namesake"))
    return _supposed(_sent(request), now.rules)


def _supposed(sent: Any, rules: Rules) -> Draft:
    """One parameter, as if it had always had the value typed."""
    name, _, key = sent.get("parameter", "").partition("/")
    try:
        parameter = rules.parameter(name)
    except KeyError:
        wrong = Text("请选一个数值，或者上传草稿。", "Choose a value, or upload a draft.")
        raise Invalid(wrong, fields={"parameter": wrong}) from None
    value = value_from(sent.get("value", ""), parameter.unit)
    words = value_words(value, parameter.unit)
    said = Text(
        f"假设{quoted(parameter.title.zh)}一直是 {words.zh}", f"As if {quoted(parameter.title.en)} had always been {words.en}"
    )
    return Draft(rules.supposing(name, value, key), said)


def _page(
    request: HttpRequest,
    turned_down: TurnedDown | None = None,
    *,
    errors: tuple[PackError, ...] = (),
    result: dict[str, Any] | None = None,
) -> HttpResponse:
    sent = _sent(request)
    code = sent.get("case", "")
    context = {
        "typed": {key: sent.get(key, "") for key in ("case", "parameter", "value")},
        "errors": turned_down.fields if isinstance(turned_down, Invalid) else {},
        "turned_down": turned_down,
        "pack_errors": errors,
        "cases": _cases(request),
        "parameters": _parameters(request, code),
        **(result or {}),
    }
    status = turned_down.status if turned_down else 422 if errors else 200
    return render(request, "desk/packs/try.html", context, status=status)


def _cases(request: HttpRequest) -> Options:
    running = visible_to(me(request), clock.today()).filter(passage__ended_at__isnull=True, passage__isnull=False)
    return [(case.code, f"{case.code} {case.title}") for case in running.order_by("-id")[:MOST_CASES]]


def _parameters(request: HttpRequest, code: str) -> Options:
    """The values of the rules of the case; of the first case when none is chosen yet."""
    codes = [code, *(str(one) for one, _ in _cases(request)[:1])]
    case = Case.objects.filter(code__in=[one for one in codes if one]).order_by("-id").first()
    if case is None or case.passage_id is None:
        return []
    rules, today = standing(case.subject).rules, clock.today()
    found: list[tuple[str, Text]] = []
    for parameter in rules.parameters().values():
        keys = rules.entry_titles(parameter, today) or {"": Text("", "")}
        for key, title in keys.items():
            zh = f"{parameter.title.zh}（{title.zh}）" if key else parameter.title.zh
            en = f"{parameter.title.en} ({title.en})" if key else parameter.title.en
            reading = rules.read(parameter.id, on=today, key=key)
            now = value_words(_SPECIAL.get(reading.state, reading.value), parameter.unit)
            found.append((f"{parameter.id}/{key}" if key else parameter.id, Text(f"{zh}，现为 {now.zh}", f"{en}, now {now.en}")))
    return found
