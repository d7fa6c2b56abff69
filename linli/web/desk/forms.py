"""Any form of a pack: filled in, kept as a draft, read when locked, its versions held against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.entered import as_entered
from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL, offices_behind
from linli.records.cases.services import fill_case_form
from linli.records.evidence.forms.reading import WHOLE
from linli.records.evidence.models import File, Filling
from linli.records.evidence.selectors import filling_history
from linli.records.people.models import Person
from linli.records.places.selectors import descendants
from linli.records.rounds.grants import grant_draft
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text, listed, quoted
from linli.rules.policy.models import Form
from linli.web.desk.children import change_of
from linli.web.desk.lengths import lengths
from linli.web.desk.loaders import Part, address, holds_any, part_of_case, reader_person
from linli.web.desk.owed_papers import drafted_for
from linli.web.desk.sealed_asks import opening
from linli.web.desk.states import stamp_of
from linli.web.desk.uploads import keep_uploads
from linli.web.desk.versions import changes, shown_values
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.fieldviews import Options
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.turned_down import ask_again
from linli.web.shared.uploads import one_text

_KEPT = "_kept-"  # files of a field that the page carries along, by digest


@dataclass(frozen=True)
class Sheet:
    """A form of a case as this reader meets it. `closed` says why it cannot be filled in now ("" = it can)."""

    case: Case
    now: Standing
    form: Form
    history: Sequence[Filling]
    closed: Text | None

    @property
    def latest(self) -> Filling | None:
        return self.history[-1] if self.history else None


@door(may=READ_ALL, load=part_of_case, methods=["GET", "POST"])
def form(request: HttpRequest, part: Part) -> HttpResponse:
    sheet = sheet_of(request, part)
    if request.method == "POST":
        return _keep(request, sheet)
    return render(request, "desk/cases/form.html", form_context(request, sheet))


def sheet_of(request: HttpRequest, part: Part) -> Sheet:
    now = standing(part.case.subject)
    known = now.rules.forms(now.rules_on).get(part.name)
    if known is None:
        raise NotFound
    history = list(filling_history(part.case.subject, part.name))
    return Sheet(part.case, now, known, history, _closed(now, known, history, reader_person(request), part.case))


def _closed(now: Standing, form: Form, history: Sequence[Filling], reader: Person, case: Case) -> Text | None:
    if now.passage.ended_at is not None:
        return Text("这件事已经办结，材料不再改动。", "This matter has ended; its papers are not changed any more.")
    if history and history[-1].locked_at is not None:
        return Text("已经锁定，只能看。要改，请申请变更。", "It is locked and can only be read. To change it, ask for a change.")
    offices = offices_behind(form.filled_by, now.procedure, case.place.level)
    if not holds_any(reader, offices, case.place, clock.today()):
        titles = [now.rules.office_title(office) for office in offices]
        zh, en = "、".join(each.zh for each in titles), " / ".join(each.en for each in titles)
        return Text(f"由{zh}填写，您可以看。", f"Filled in by {en}; you may read it.")
    return _not_now(now, form)


def _not_now(now: Standing, form: Form) -> Text | None:
    acts = [act for act in now.procedure.acts.values() if form.id in act.fills]
    if not acts or any(now.passage.state in act.from_states for act in acts):
        return None
    here, states = now.procedure.states[now.passage.state].title, now.procedure.states
    when = [states[state].title for state in dict.fromkeys(each for act in acts for each in act.from_states) if state in states]
    then = listed([Text(quoted(each.zh), quoted(each.en)) for each in when])
    return Text(
        f"现在是{quoted(here.zh)}；这张表在{then.zh}时填写。",
        f"It stands at {quoted(here.en)}; this form is filled in at {then.en}.",
    )


def _keep(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    found = posted(sheet.form, request.POST)
    if found.only_rows:
        return render(request, "desk/cases/form.html", form_context(request, sheet, found))
    files, wrong = _files(request, sheet)
    draft = "draft" in request.POST
    try:
        if wrong:
            raise Invalid(_FILES, fields=wrong)
        data = {**_sealed(sheet), **_entered(found), **{key: list(kept) for key, kept in files.items() if kept}}
        fill_case_form(case=sheet.case, form=sheet.form.id, data=data, by=reader_person(request), at=clock.now(), draft=draft)
    except Invalid as turned_down:
        context = form_context(request, sheet, found, turned_down, files)
        return ask_again(request, "desk/cases/form.html", context, turned_down)
    if draft:
        told.success(request, _("已存为草稿，随时可以接着填。"))
        return redirect("desk:form", sheet.case.code, sheet.form.id)
    told.success(request, _("已保存，办理时以这一版为准。"))
    return redirect("desk:dossier", sheet.case.code)


_FILES = Text("有文件没有收下，已填的都还在。", "A file could not be taken; all you typed is kept.")


def _entered(found: Posted) -> dict[str, Any]:
    """What was typed, as it was typed: the service reads it and says what is wrong."""
    return {key: value for key, value in found.typed.items() if value not in ("", [], None)}


def _sealed(sheet: Sheet) -> dict[str, Any]:
    """Sealed fields are never shown here; left blank they stay as they were."""
    if sheet.latest is None or not sheet.latest.sealed:
        return {}
    sealed = {field.key for field in sheet.form.fields.values() if field.public == "sealed"}
    return {key: value for key, value in as_entered(sheet.form, sheet.latest).items() if key in sealed}


def _files(request: HttpRequest, sheet: Sheet) -> tuple[dict[str, tuple[str, ...]], dict[str, Text]]:
    """Field -> digests of its files; field -> what was wrong with a file."""
    found: dict[str, tuple[str, ...]] = {}
    wrong: dict[str, Text] = {}
    for field in sheet.form.fields.values():
        if field.type != "file":
            continue
        fresh, faults = keep_uploads(request, field.key, sheet.case.place, reader_person(request))
        before = request.POST.getlist(_KEPT + field.key)
        found[field.key] = tuple(dict.fromkeys((*before, *(file.sha256 for file in fresh))))
        if faults:
            wrong[field.key] = one_text(faults)
    return found, wrong


def form_context(
    request: HttpRequest,
    sheet: Sheet,
    found: Posted | None = None,
    turned_down: TurnedDown | None = None,
    files: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, Any]:
    case, now = sheet.case, sheet.now
    latest = sheet.latest
    drafted = {} if sheet.closed else drafted_for(request, sheet.form, case.place, now.rules)
    granted = {} if sheet.closed or latest or found else grant_draft(case, sheet.form, clock.now())
    stored = {**granted, **(latest.data if latest else {}), **drafted}
    bound = BoundForm(
        sheet.form,
        rules=now.rules,
        on=now.rules_on,
        stored=stored,
        posted=found,
        turned_down=turned_down,
        options=_options(sheet),
    )
    change = change_of(now, sheet.form.id) if latest and latest.locked_at else None
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "form": sheet.form,
        "bound": bound,
        "whole_error": bound.errors.get(WHOLE),
        "lengths": lengths(now, sheet.form, found.data if found else stored),
        "drafted": bool(drafted) and found is None,
        "granted": bool(granted),
        "closed": sheet.closed,
        "latest": latest,
        "values": shown_values(now, sheet.form, latest) if latest and sheet.closed else [],
        "changes": changes(now, sheet.form, sheet.history),
        "kept_files": _kept_files(sheet, files),
        "sealed_kept": bool(latest and latest.sealed),
        "opening": opening(case, now.procedure, sheet.form.id, latest, reader_person(request)),
        "change_url": address("desk:new_child", case.code, change.id) if change else "",
        "print_url": address("desk:form_print", case.code, sheet.form.id) if latest else "",
    }


def _options(sheet: Sheet) -> dict[str, Options]:
    """Choices of the page that no catalogue gives: places inside the matter's own."""
    fields = [field for field in sheet.form.fields.values() if field.type == "place"]
    if not fields:
        return {}
    inside = [sheet.case.place, *descendants(sheet.case.place)[:200]]
    options: Options = [(place.code, place.short_name) for place in inside]
    return {field.key: options for field in fields}


def _kept_files(sheet: Sheet, files: Mapping[str, tuple[str, ...]] | None) -> list[tuple[str, Text, list[tuple[str, str, int]]]]:
    """Per file field: the name it is carried under, its title, and each file by digest, name and size in kB."""
    fields = [field for field in sheet.form.fields.values() if field.type == "file"]
    stored = sheet.latest.data if sheet.latest else {}
    held = {field.key: files.get(field.key, ()) if files is not None else stored.get(field.key) or () for field in fields}
    rows = File.objects.filter(sha256__in=[digest for several in held.values() for digest in several])
    known = {file.sha256: (file.name, file.size // 1024 + 1) for file in rows}
    return [
        (_KEPT + field.key, field.title, [(digest, *known.get(digest, ("", 0))) for digest in held[field.key]])
        for field in fields
        if held[field.key]
    ]
