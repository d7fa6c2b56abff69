"""A paper an office owes about a place and a time: offered filled in from the records, edited, filed, printed, read above."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.duties.models import Duty
from linli.records.duties.permissions import READ_CALENDAR
from linli.records.evidence.forms.reading import WHOLE
from linli.records.evidence.models import Filling
from linli.records.evidence.selectors import filling_history
from linli.records.places.models import Place
from linli.records.places.selectors import descendants
from linli.records.reports.owed_papers import drafted_values, file_owed_paper, form_owed, matter_of_paper, subject_of_paper
from linli.records.reports.papers import paper_sheet
from linli.records.reports.printing.press import press
from linli.records.reports.story import Paper
from linli.records.reports.visibility import is_insider, shown_data
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Form
from linli.rules.policy.rules import Rules
from linli.web.desk.lengths import lengths
from linli.web.desk.loaders import address, holds_any, reader_person
from linli.web.desk.obligations import duty_stamp, found_duty
from linli.web.desk.spans import span_of
from linli.web.desk.versions import changes, shown_values
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import Options
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.reader import reader_of
from linli.web.shared.turned_down import ask_again

_PAGE = "desk/home/paper.html"


@dataclass(frozen=True)
class Sheet:
    """The form of a duty as this reader meets it. `closed` says why it cannot be filled in ("" = it can)."""

    duty: Duty
    about: Place
    rules: Rules
    rules_on: date
    form: Form
    history: list[Filling]
    closed: Text | None

    @property
    def latest(self) -> Filling | None:
        return self.history[-1] if self.history else None


def found_paper(request: HttpRequest, pk: int) -> Found:
    """For those who look over the place, and for the office that owes it."""
    found, on = found_duty(request, pk), clock.today()
    reader, duty = reader_person(request), found.thing
    if not is_insider(reader, duty.place, on) and not holds_any(reader, (duty.office,), duty.place, on):
        raise NotFound
    return found


@door(may=READ_CALENDAR, load=found_paper, methods=["GET", "POST"])
def paper(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Where the paper is written in a matter, the way leads there."""
    rules, on = rules_at(duty.place), clock.today()
    form = form_owed(duty, rules, on)
    if form is None:
        return redirect("desk:obligation", duty.pk)
    case = matter_of_paper(duty, rules, on)
    if case is not None:
        return redirect(address("desk:form", case.code, form.id, duty=duty.pk))
    sheet = _sheet(request, duty, rules, on, form)
    if request.method == "POST":
        return _keep(request, sheet)
    return render(request, _PAGE, _context(request, sheet))


@door(may=READ_CALENDAR, load=found_paper)
def paper_print(request: HttpRequest, duty: Duty) -> HttpResponse:
    """The latest version, or the one the address asks for. Raises NotFound while nothing is filled in."""
    rules, on = rules_at(duty.place), clock.today()
    form, history = form_owed(duty, rules, on), list(filling_history(subject_of_paper(duty), duty.through_id))
    wanted = request.GET.get("version", "")
    if wanted.isdecimal():
        history = [filling for filling in history if filling.version == int(wanted)]
    if form is None or not history:
        raise NotFound
    filling, language = history[-1], reader_of(request).language
    paper = Paper(form, filling, shown_data(filling, form, insider=True))
    demonstration = filling.filed_by is not None and filling.filed_by.demonstration
    about = f"{_place_of(duty).short_name} {_span(duty).in_language(language)}"
    pdf = press(paper_sheet(paper, rules, about, language, demonstration=demonstration))
    name = f"{form.id}-{duty.pk}-v{filling.version}.pdf"
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def drafted_for(request: HttpRequest, form: Form, place: Place, rules: Rules) -> dict[str, Any]:
    """What a form of a matter is offered filled in with, when the address names the duty it is owed for."""
    pk, on = request.GET.get("duty", ""), clock.today()
    duty = Duty.objects.select_related("place").filter(pk=int(pk), done_at=None).first() if pk.isdecimal() else None
    if duty is None or form_owed(duty, rules, on) != form or duty.subject_id.partition("/")[0] != place.pk:
        return {}
    return drafted_values(duty, form, rules, on)


def _sheet(request: HttpRequest, duty: Duty, rules: Rules, on: date, form: Form) -> Sheet:
    history = list(filling_history(subject_of_paper(duty), form.id))
    return Sheet(duty, _place_of(duty), rules, on, form, history, _closed(request, duty, rules, on))


def _place_of(duty: Duty) -> Place:
    return Place.objects.filter(pk=duty.subject_id.partition("/")[0]).first() or duty.place


def _closed(request: HttpRequest, duty: Duty, rules: Rules, on: date) -> Text | None:
    if duty.outcome in ("lapsed", "paused"):
        return Text("这一次不用报了。", "This time nothing is to be handed in.")
    if not holds_any(reader_person(request), (duty.office,), duty.place, on):
        office = rules.office_title(duty.office)
        return Text(f"由{duty.place.short_name}{office.zh}填报，您可以看。", f"Written by {office.en}; you may read it.")
    if duty.begins_on is not None and duty.begins_on > on:
        day = duty.begins_on
        return Text(f"{day:%Y-%m-%d} 起才办，现在不用报。", f"It is not due before {day:%Y-%m-%d}.")
    return None


def _keep(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    found = posted(sheet.form, request.POST)
    if found.only_rows:
        return render(request, _PAGE, _context(request, sheet, found))
    draft, was_open = "draft" in request.POST, sheet.duty.done_at is None
    data = {key: value for key, value in found.typed.items() if value not in ("", [], None)}
    try:
        file_owed_paper(duty=sheet.duty, data=data, by=reader_person(request), at=clock.now(), draft=draft)
    except Invalid as turned_down:
        return ask_again(request, _PAGE, _context(request, sheet, found, turned_down), turned_down)
    if draft and was_open:
        told.success(request, _("已存为草稿，随时可以接着填。"))
    else:
        told.success(request, _("已报送，这件事办结了。") if was_open else _("已保存更正的一版，原来的一版留着。"))
    return redirect("desk:owed_paper", sheet.duty.pk)


def _context(
    request: HttpRequest, sheet: Sheet, found: Posted | None = None, turned_down: TurnedDown | None = None
) -> dict[str, Any]:
    duty, latest = sheet.duty, sheet.latest
    drafted = {} if latest else drafted_values(duty, sheet.form, sheet.rules, clock.today())
    stored = latest.data if latest else drafted
    bound = BoundForm(
        sheet.form,
        rules=sheet.rules,
        on=sheet.rules_on,
        stored=stored,
        posted=found,
        turned_down=turned_down,
        options=_options(sheet),
    )
    return {
        "duty": duty,
        "place": duty.place,
        "about": sheet.about,
        "span": _span(duty),
        "rules": sheet.rules,
        "stamp": duty_stamp(duty, clock.today()),
        "late_days": _days_late(duty),
        "form": sheet.form,
        "bound": bound,
        "whole_error": bound.errors.get(WHOLE),
        "lengths": lengths(sheet, sheet.form, found.data if found else stored),
        "drafted": bool(drafted) and found is None,
        "closed": sheet.closed,
        "latest": latest,
        "values": shown_values(sheet, sheet.form, latest) if latest and sheet.closed else [],
        "changes": changes(sheet, sheet.form, sheet.history),
        "print_url": address("desk:owed_paper_print", duty.pk) if latest else "",
        "calendar_url": address("desk:obligations", place=sheet.about.pk),
    }


def _span(duty: Duty) -> Text:
    year, span = duty.subject_id.partition("/")[2], span_of(duty)
    return Text(f"{year} 年{span.zh if span else '度'}", f"{span.en} {year}" if span else year)


def _days_late(duty: Duty) -> int:
    """By how many days it was or is late."""
    if duty.due_on is None or duty.outcome in ("lapsed", "paused"):
        return 0
    until = day_in_china(duty.done_at) if duty.done_at else clock.today()
    return max((until - duty.due_on).days, 0)


def _options(sheet: Sheet) -> dict[str, Options]:
    """Choices no catalogue gives: places inside the one it is about."""
    fields = [field for field in sheet.form.fields.values() if field.type == "place"]
    inside: list[Place] = [sheet.about, *descendants(sheet.about)[:200]] if fields else []
    return {field.key: [(place.code, place.short_name) for place in inside] for field in fields}
