"""原则上: asking for an exception; granting it or turning it down, never by the one who asks."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.services import ask_case_exception
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.services import grant_exception, refuse_exception
from linli.records.rulebook.services.exceptions import exception_rules
from linli.records.rulebook.standing import Standing
from linli.rules.plain import money
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import ExceptionRule
from linli.web.desk.excuses import ExcuseRow, excuse_rows, title_of, unit_of
from linli.web.desk.loaders import desk_case, holds_any, reader_person, works_on
from linli.web.desk.states import stamp_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import Options
from linli.web.shared.turned_down import ask_again

_AMOUNT = Text("请写成金额，如 48.65万 或 486500.00", "Write an amount such as 486,500.00")
_NUMBER = Text("请写成整数", "Write a whole number")


@dataclass(frozen=True)
class Excusable:
    """What an exception may be asked for: key, words, its rule, the unit of "up to", grounds to choose from."""

    key: str
    title: Text
    rule: ExceptionRule
    unit: str
    grounds: Options
    asked: bool


@dataclass(frozen=True)
class Asked:
    case: Case
    row: ExceptionAsked


@door(may=READ_ALL, load=desk_case, methods=["GET", "POST"])
def exceptions(request: HttpRequest, case: Case) -> HttpResponse:
    """What was asked and decided, and asking."""
    if request.method != "POST":
        return render(request, "desk/cases/exceptions.html", _context(request, case))
    now, typed = standing(case.subject), request.POST
    try:
        ask_case_exception(
            case=case,
            excuses=typed.get("excuses", ""),
            ground=typed.get("ground", ""),
            reason=typed.get("reason", ""),
            up_to=_amount(typed.get("up_to", ""), unit_of(now, typed.get("excuses", "")), "up_to"),
            document=typed.get("document", "").strip(),
            by=reader_person(request),
            at=clock.now(),
        )
    except (Invalid, Refused) as turned_down:
        return _again(request, case, turned_down)
    told.success(request, _("已提出例外申请，等有权单位批准。"))
    return redirect("desk:exceptions", case.code)


def asked_in_case(request: HttpRequest, code: str, pk: int) -> Found:
    found = desk_case(request, code)
    row = ExceptionAsked.objects.filter(pk=pk, passage=found.thing.passage_id).first()
    if row is None:
        raise NotFound
    return Found(Asked(found.thing, row), found.place)


@door(may=READ_ALL, load=asked_in_case, methods=["POST"])
def decide(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Grant, or refuse, with a reason."""
    typed, person, at = request.POST, reader_person(request), clock.now()
    reason = typed.get("reason", "")
    try:
        if "grant" in typed:
            unit = unit_of(standing(asked.case.subject), asked.row.excuses)
            up_to = _amount(typed.get("up_to", ""), unit, "up_to")
            grant_exception(
                asked=asked.row, by=person, at=at, reason=reason, up_to=up_to, document=typed.get("document", "").strip()
            )
        else:
            refuse_exception(asked=asked.row, by=person, at=at, reason=reason)
    except (Invalid, Refused) as turned_down:
        return _again(request, asked.case, turned_down, about=asked.row.pk)
    told.success(request, _("已批准例外。") if "grant" in typed else _("已答复：不批准例外。"))
    return redirect("desk:exceptions", asked.case.code)


def _amount(text: str, unit: str, field: str) -> int | None:
    written = text.strip()
    if not written:
        return None
    try:
        return money.fen_from_yuan(written) if unit == "yuan" else int(written.replace(",", ""))
    except (ValueError, ArithmeticError) as error:
        wrong = _AMOUNT if unit == "yuan" else _NUMBER
        raise Invalid(wrong, fields={field: wrong}) from error


def _again(request: HttpRequest, case: Case, turned_down: TurnedDown, about: int = 0) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    context = {**_context(request, case), "errors": errors, "about": about}
    return ask_again(request, "desk/cases/exceptions.html", context, turned_down)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    now, reader, on = standing(case.subject), reader_person(request), clock.today()
    rows = excuse_rows(now)
    wanted = request.POST.get("excuses") or request.GET.get("excuses") or ""
    ended = now.passage.ended_at is not None
    known = [] if ended else _excusable(now, rows)
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "rows": [(row, _may_decide(row, request, case)) for row in rows],
        "known": known,
        "wanted": next((each for each in known if each.key == wanted), None),
        "may_ask": not ended and works_on(reader, now.procedure, case.place, on),
        "typed": request.POST,
    }


def _excusable(now: Standing, rows: list[ExcuseRow]) -> list[Excusable]:
    waiting = {row.row.excuses for row in rows if row.open}
    return [
        Excusable(key, title_of(now, key), rule, unit_of(now, key), _grounds(now, rule), key in waiting)
        for key, rule in exception_rules(now).items()
    ]


def _grounds(now: Standing, rule: ExceptionRule) -> Options:
    """Grounds are codes; the catalogue in which they stand has their words."""
    titles = {
        key: entry.title
        for catalogue in now.rules.catalogues(now.rules_on).values()
        if set(rule.grounds) <= set(catalogue.entries)
        for key, entry in catalogue.entries.items()
    }
    return [(ground, titles.get(ground, ground)) for ground in rule.grounds]


def _may_decide(row: ExcuseRow, request: HttpRequest, case: Case) -> bool:
    reader = reader_person(request)
    if not row.open or row.rule is None or row.row.asked_by == reader.ref:
        return False
    return holds_any(reader, row.rule.by, case.place, clock.today())
