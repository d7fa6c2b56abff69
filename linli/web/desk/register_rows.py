"""One row of a list: read, entered, amended, struck, answered."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.records.cases.models import Case
from linli.records.places.selectors import descendants
from linli.records.registers.book import Keeping, keeping
from linli.records.registers.models import Row, Version
from linli.records.registers.permissions import READ_HERE, askers, may_keep, require_among
from linli.records.registers.selectors import history, matches_of, row, seen_fields
from linli.records.registers.services import amend_row, answer_row, enter_row, strike_row
from linli.records.rulebook.offices import office_among
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.loaders import address, reader_person
from linli.web.desk.registers import list_here
from linli.web.desk.sheets import Ask, Tried, sheet, take, told
from linli.web.desk.uploads import keep_uploads
from linli.web.shared import clock
from linli.web.shared.days import day_typed
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import Options
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.register_pages import table_of
from linli.web.shared.rows import names_of_places, short_fields, stamp_of, words
from linli.web.shared.turned_down import ask_again
from linli.web.shared.uploads import one_text

_REASON = Ask("reason", Text("理由", "Reason"), "long_text", required=True)
_LEAVE = {"strike": Text("移出清单", "Strike it"), "answer": Text("答复", "Answer"), "amend": Text("保存修改", "Save the change")}
ROW = tuple[Row, Keeping]


def row_here(request: HttpRequest, pk: int) -> Found:
    found = row(pk)
    list_here(request, found.place_id, found.register)
    return Found((found, keeping(found.place, found.register, clock.today())), found.place)


@door(may=READ_HERE, load=list_here, methods=["GET", "POST"])
def new(request: HttpRequest, kept: Keeping) -> HttpResponse:
    """Enter a row; `?case=` names the matter it is about."""
    require_among(reader_person(request), askers(kept), kept)
    if request.method != "POST":
        return render(request, "desk/registers/new.html", _new_context(request, kept))
    found = posted(kept.form, request.POST)
    if found.only_rows:
        return render(request, "desk/registers/new.html", _new_context(request, kept, found))
    try:
        entered = enter_row(
            place=kept.place,
            register=kept.register.id,
            data=_entered(request, kept, found),
            by=reader_person(request),
            at=clock.now(),
            since=day_typed(request.POST.get("row-since", ""), "row-since"),
            until=day_typed(request.POST.get("row-until", ""), "row-until"),
            about=case.subject if (case := _case(request, kept)) else None,
        )
    except (Invalid, Refused) as turned_down:
        context = _new_context(request, kept, found, turned_down)
        return ask_again(request, "desk/registers/new.html", context, turned_down)
    told(request, Text("已登记，并封存了这一笔。", "Entered and sealed."))
    case = _case(request, kept)
    return redirect("desk:dossier", case.code) if case else redirect("desk:register_row", entered.pk)


def _case(request: HttpRequest, kept: Keeping) -> Case | None:
    code = request.GET.get("case", "")
    case = Case.objects.select_related("place").filter(code=code).first() if code else None
    if code and (case is None or kept.place.pk not in case.place.ancestor_codes):
        raise NotFound
    return case


def _entered(request: HttpRequest, kept: Keeping, found: Posted, before: Row | None = None) -> dict[str, Any]:
    """What was typed, as it was typed; files that come with it, or those that stand there already."""
    data = {key: value for key, value in found.typed.items() if value not in ("", [], None)}
    for field in kept.form.fields.values():
        if field.type != "file":
            continue
        files, wrong = keep_uploads(request, field.key, kept.place, reader_person(request))
        if wrong:
            raise Invalid(one_text(wrong), fields={field.key: one_text(wrong)})
        there = before.data.get(field.key) if before else None
        if files or there:
            data[field.key] = [file.sha256 for file in files] or there
    return data


def _new_context(
    request: HttpRequest, kept: Keeping, found: Posted | None = None, turned_down: TurnedDown | None = None
) -> dict[str, Any]:
    case = _case(request, kept)
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    return {
        "kept": kept,
        "place": kept.place,
        "rules": kept.rules,
        "case": case,
        "bound": _bound(kept, {}, found, turned_down),
        "since": request.POST.get("row-since", kept.on.isoformat()),
        "until": request.POST.get("row-until", ""),
        "since_error": errors.get("row-since", ""),
        "until_error": errors.get("row-until") or errors.get("until", ""),
        "back": address("desk:register", kept.place.code, kept.register.id),
    }


def _bound(kept: Keeping, stored: Mapping[str, Any], found: Posted | None, turned_down: TurnedDown | None) -> BoundForm:
    return BoundForm(
        kept.form, rules=kept.rules, on=kept.on, stored=stored, posted=found, turned_down=turned_down, options=_options(kept)
    )


def _options(kept: Keeping) -> dict[str, Options]:
    """Choices no catalogue gives: places inside this one."""
    fields = [field for field in kept.form.fields.values() if field.type == "place"]
    if not fields:
        return {}
    inside = [kept.place, *descendants(kept.place).filter(level__in=("city", "district", "subdistrict", "community"))[:200]]
    return {field.key: [(place.code, place.short_name) for place in inside] for field in fields}


@door(may=READ_HERE, load=row_here, methods=["GET", "POST"])
def show(request: HttpRequest, found: ROW) -> HttpResponse:
    """GET: the row with its history. POST: amend it."""
    row, kept = found
    if request.method != "POST":
        return _page(request, row, kept)
    typed = posted(kept.form, request.POST)
    if typed.only_rows:
        return _page(request, row, kept, typed=typed)
    try:
        amend_row(
            row=row,
            data=_entered(request, kept, typed, row),
            reason=request.POST.get("amend-reason", ""),
            by=reader_person(request),
            at=clock.now(),
        )
    except (Invalid, Refused) as turned_down:
        answer = _page(request, row, kept, typed=typed, turned_down=turned_down)
        answer.status_code = turned_down.status
        return answer
    told(request, Text("已修改，原来的一版留在下面。", "Changed; what stood before is kept below."))
    return redirect("desk:register_row", row.pk)


@door(may=READ_HERE, load=row_here, methods=["POST"])
def strike(request: HttpRequest, found: ROW) -> HttpResponse:
    row, kept = found

    def act() -> Text:
        reason = request.POST.get("strike-reason", "")
        strike_row(row=row, reason=reason, by=reader_person(request), at=clock.now())
        return Text("已移出清单，历史还在。", "Struck; its history stays.")

    return take(request, "strike", act=act, again=lambda tried: _page(request, row, kept, tried), to=_own(row))


@door(may=READ_HERE, load=row_here, methods=["POST"])
def answer(request: HttpRequest, found: ROW) -> HttpResponse:
    row, kept = found

    def act() -> Text:
        verdict, reason = request.POST.get("answer-verdict", ""), request.POST.get("answer-reason", "")
        answer_row(row=row, verdict=verdict, reason=reason, by=reader_person(request), at=clock.now())
        return Text("已答复。", "Answered.")

    return take(request, "answer", act=act, again=lambda tried: _page(request, row, kept, tried), to=_own(row))


def _own(row: Row) -> str:
    return address("desk:register_row", row.pk)


def _page(
    request: HttpRequest,
    row: Row,
    kept: Keeping,
    tried: Tried | None = None,
    *,
    typed: Posted | None = None,
    turned_down: TurnedDown | None = None,
) -> HttpResponse:
    person, ended = reader_person(request), row.struck_on is not None
    keeps = may_keep(person, kept) and not ended
    answers = kept.register.answer
    may_answer = answers is not None and row.waits and bool(office_among(person, answers.by, row.place, kept.on))
    context = {
        "row": row,
        "kept": kept,
        "place": row.place,
        "rules": kept.rules,
        "stamp": stamp_of(row, kept.on),
        "values": _values(kept, row.data),
        "about": Case.objects.filter(pk=row.about_id).first() if row.about_kind == "case" else None,
        "versions": [(each, _values(kept, each.data)) for each in _newest_first(row)],
        "matches": _matches(row, kept),
        "bound": _bound(kept, row.data, typed, turned_down) if keeps else None,
        "open_amend": typed is not None or not row.complete,
        "amend_reason": request.POST.get("amend-reason", ""),
        "amend_turned_down": turned_down,
        "amend_error": turned_down.fields.get("reason", "") if isinstance(turned_down, Invalid) else "",
        "strike": sheet(
            "strike", (_REASON,), action=address("desk:register_strike", row.pk), button=_LEAVE["strike"], tried=tried, grave=True
        )
        if keeps
        else None,
        "answer": sheet(
            "answer", _answer_asks(kept), action=address("desk:register_answer", row.pk), button=_LEAVE["answer"], tried=tried
        )
        if may_answer
        else None,
        "verdict": kept.verdicts.entries[row.verdict].title
        if kept.verdicts and row.verdict in kept.verdicts.entries
        else row.verdict,
        "owes": rules_at(row.place).office_title(row.owes) if row.owes else None,
        "unset": answers.within if answers and row.waits and row.due_on is None else "",
        "back": address("desk:register", row.place_id, row.register),
    }
    return render(request, "desk/registers/row.html", context)


def _answer_asks(kept: Keeping) -> tuple[Ask, ...]:
    entries = kept.verdicts.entries if kept.verdicts else {}
    options: Options = [(code, entry.title) for code, entry in entries.items()]
    kind = "choice" if options else "text"
    verdict = Ask("verdict", Text("办理结论", "Verdict"), kind, required=True, options=options)
    return verdict, Ask("reason", Text("答复内容和理由", "Answer and reason"), "long_text", required=True)


def _values(kept: Keeping, data: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    fields = seen_fields(kept, staff=True)
    names = names_of_places([data], fields)
    blank = Text("—", "—")
    return [
        (each.title, words(kept, each, data[each.key], names) if data.get(each.key) not in (None, "", []) else blank)
        for each in fields
    ]


def _newest_first(row: Row) -> list[Version]:
    return list(history(row))[::-1]


def _matches(row: Row, kept: Keeping) -> list[tuple[Text, Any]]:
    found = []
    for matches in matches_of(row, kept.on).values():
        if matches:
            other = matches[0].kept
            fields = short_fields(other, seen_fields(other, staff=True))
            rows = [match.row for match in matches]
            table = table_of(other, fields, rows, kept.on, lambda row: address("desk:register_row", row.pk))
            found.append((other.register.title, table))
    return found
