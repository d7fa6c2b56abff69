"""Opening what a form keeps sealed: for this one answer, with a reason, not in the address and not in any cache."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.readings.relations import relations_to
from linli.records.evidence.permissions import OPEN_SEALED
from linli.records.evidence.services import open_sealed
from linli.rules.gates.model import Facts
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text
from linli.web.desk.forms import Sheet, form_context, sheet_of
from linli.web.desk.loaders import Part, part_of_case, reader_person
from linli.web.desk.sealed_asks import NAME, opening
from linli.web.desk.sheets import Tried, typed
from linli.web.desk.versions import words
from linli.web.shared import clock
from linli.web.shared.doors import door

_NOTHING = Text("这张表里没有保密的内容。", "Nothing is sealed in this form.")


@door(may=OPEN_SEALED, load=part_of_case, methods=["POST"])
def form_sealed(request: HttpRequest, part: Part) -> HttpResponse:
    sheet, person = sheet_of(request, part), reader_person(request)
    try:
        opened = _shown(sheet, _opened(request, sheet))
    except Invalid as turned_down:
        tried = Tried(NAME, request.POST, turned_down)
        asked = opening(sheet.case, sheet.now.procedure, sheet.form.id, sheet.latest, person, tried)
        return render(request, "desk/cases/form.html", {**form_context(request, sheet), "opening": asked}, status=422)
    answer = render(request, "desk/cases/form.html", {**form_context(request, sheet), "opened": opened})
    answer["Cache-Control"] = "no-store"
    return answer


def _opened(request: HttpRequest, sheet: Sheet) -> Facts:
    if sheet.latest is None or not sheet.latest.sealed:
        raise Refused(_NOTHING)
    person, on = reader_person(request), clock.today()
    relations = relations_to(sheet.case, sheet.now.procedure, person, on)
    reason = typed(request.POST, NAME, "reason")
    return open_sealed(filling=sheet.latest, reason=reason, by=person, at=clock.now(), relations=relations)


def _shown(sheet: Sheet, facts: Facts) -> Sequence[tuple[Text, str]]:
    fields = [field for field in sheet.form.fields.values() if field.key in facts]
    return [(field.title, words(sheet.now, field.type, facts[field.key], field.catalogue)) for field in fields]
