"""A place for evidence: what it holds, filing a new version, voiding it, public copies of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL, offices_named
from linli.records.cases.services import file_case_evidence, void_case_evidence
from linli.records.evidence.models import File, Piece
from linli.records.evidence.permissions import REDACT_FILE
from linli.records.evidence.selectors import files_shown, piece_history, public_copy
from linli.records.evidence.services import redact_file
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Slot
from linli.web.desk.facts import fact_views, shown_facts
from linli.web.desk.loaders import Part, address, desk_case, holds_any, part_of_case, reader_person
from linli.web.desk.states import stamp_of
from linli.web.desk.uploads import keep_uploads, kept_before
from linli.web.desk.ways import Ways, by_hand, surroundings
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.shapes import Link
from linli.web.shared.tags.words import said
from linli.web.shared.turned_down import ask_again
from linli.web.shared.uploads import one_text

VISIBLE = {
    "public": Text("公开：所有人都能看到", "Public: everybody can see it"),
    "redacted": Text("公开遮盖后的副本：原件只给工作人员看", "A covered copy is public; the original is for staff only"),
    "staff": Text("只给工作人员看", "For staff only"),
    "sealed": Text("保密：这里不显示内容", "Sealed: its content is not shown here"),
}


@dataclass(frozen=True)
class Shown:
    """A version as this reader may see it."""

    piece: Piece
    kind: Text
    facts: Sequence[tuple[Text, str]]
    files: Sequence[tuple[Link, File, File | None]]  # where to open it, the file, its public copy


@dataclass(frozen=True)
class Holder:
    case: Case
    now: Standing
    slot: Slot
    history: Sequence[Piece]
    may: bool

    @property
    def current(self) -> Piece | None:
        return next((piece for piece in self.history if piece.current), None)


@dataclass(frozen=True)
class CaseFile:
    case: Case
    slot: str
    file: File


@door(may=READ_ALL, load=part_of_case, methods=["GET", "POST"])
def slot(request: HttpRequest, part: Part) -> HttpResponse:
    holder = _holder(request, part)
    if request.method == "POST":
        return _file(request, holder)
    return render(request, "desk/cases/slot.html", _context(request, holder))


@door(may=READ_ALL, load=part_of_case, methods=["POST"])
def void(request: HttpRequest, part: Part) -> HttpResponse:
    holder = _holder(request, part)
    try:
        void_case_evidence(
            case=part.case, slot=part.name, reason=request.POST.get("reason", ""), by=reader_person(request), at=clock.now()
        )
    except (Invalid, Refused) as turned_down:
        return _again(request, holder, turned_down)
    told.success(request, _("已作废。旧版本仍可查看，可以重新提交。"))
    return redirect("desk:slot", part.case.code, part.name)


def file_of_slot(request: HttpRequest, code: str, slot: str, pk: int) -> Found:
    found = desk_case(request, code)
    pieces = piece_history(found.thing.subject, slot)
    file = File.objects.filter(pk=pk, pieces__in=pieces).first()
    if file is None:
        raise NotFound
    return Found(CaseFile(found.thing, slot, file), found.place)


@door(may=REDACT_FILE, load=file_of_slot, methods=["POST"])
def redact(request: HttpRequest, about: CaseFile) -> HttpResponse:
    """A public copy of a file, with personal details covered."""
    part = Part(about.case, about.slot)
    upload = request.FILES.get("copy")
    try:
        if upload is None:
            raise Invalid(_NO_COPY, fields={f"copy-{about.file.pk}": _NO_COPY})
        redact_file(original=about.file, upload=upload, by=reader_person(request), at=clock.now(), place=about.case.place)
    except Invalid as turned_down:
        again = Invalid(turned_down.text, fields={f"copy-{about.file.pk}": turned_down.text})
        return _again(request, _holder(request, part), again)
    told.success(request, _("公开副本已保存。"))
    return redirect("desk:slot", about.case.code, about.slot)


_NO_COPY = Text("请选择遮盖后的文件。", "Choose the covered file.")


def _holder(request: HttpRequest, part: Part) -> Holder:
    now = standing(part.case.subject)
    known = now.procedure.slots.get(part.name)
    if known is None:
        raise NotFound
    offices = offices_named(now.procedure, part.case.place.level)
    may = holds_any(reader_person(request), offices, part.case.place, clock.today()) and now.passage.ended_at is None
    return Holder(part.case, now, known, list(piece_history(part.case.subject, part.name)), may)


def _file(request: HttpRequest, holder: Holder) -> HttpResponse:
    person, place = reader_person(request), holder.case.place
    fresh, wrong = keep_uploads(request, "files", place, person) if holder.may else ([], [])
    before = list(holder.current.files.all()) if holder.current else []
    files = [*kept_before(request.POST.getlist("kept"), place, person, before), *fresh]
    kind = _kind(request, holder)
    typed = {key: value for key, value in request.POST.items() if key.startswith("f-")}
    try:
        if wrong:
            raise Invalid(_FILES, fields={"files": one_text(wrong)})
        file_case_evidence(
            case=holder.case,
            slot=holder.slot.id,
            kind=kind,
            facts={key.removeprefix("f-"): value for key, value in typed.items()},
            by=person,
            at=clock.now(),
            files=files,
            summary=request.POST.get("summary", "").strip(),
        )
    except (Invalid, Refused) as turned_down:
        return _again(request, holder, turned_down, files)
    told.success(request, _("已提交“%(slot)s”。") % {"slot": said(holder.slot.title)})
    return redirect("desk:dossier", holder.case.code)


_FILES = Text(
    "有文件没有收下，已填的和已收下的都还在。", "A file could not be taken; all you typed and the other files are kept."
)


def _again(request: HttpRequest, holder: Holder, turned_down: TurnedDown, files: Sequence[File] = ()) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    return ask_again(request, "desk/cases/slot.html", _context(request, holder, errors, files), turned_down)


def _kind(request: HttpRequest, holder: Holder) -> str:
    """The kind asked for, else of the present version, else the first that is filed by hand."""
    hand = by_hand(holder.slot)
    wanted = request.POST.get("kind") or request.GET.get("kind") or (holder.current.kind if holder.current else "")
    if wanted in holder.slot.kinds and (wanted in hand or request.method == "POST"):
        return wanted
    return hand[0] if hand else holder.slot.kinds[0]


def _context(
    request: HttpRequest, holder: Holder, errors: Mapping[str, Text] | None = None, files: Sequence[File] | None = None
) -> dict[str, Any]:
    case, now, known, current = holder.case, holder.now, holder.slot, holder.current
    kind = _kind(request, holder)
    words = now.rules.vocabulary.evidence
    posted = request.method == "POST" and "kind" in request.POST
    same_kind = current if current and current.kind == kind else None
    carried = files if posted and files is not None else list(current.files.all()) if current else []
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "slot": known,
        "visible": VISIBLE[known.public],
        "kind": kind,
        "kind_title": words[kind].title if kind in words else kind,
        "kinds": [(each, words[each].title) for each in by_hand(known)],
        "facts": fact_views(now, kind, request.POST if posted else None, same_kind, errors or {}),
        "summary": request.POST.get("summary", "") if posted else "",
        "carried": carried,
        "errors": errors or {},
        "may": holder.may and bool(by_hand(known)),
        "ended": now.passage.ended_at is not None,
        "elsewhere": [
            link
            for link in Ways(case, now, surroundings(case), reader_person(request)).to_slot(known)
            if "/slots/" not in link.url and link.url
        ],
        "current": _shown(holder, current) if current else None,
        "versions": [_shown(holder, piece) for piece in reversed(holder.history) if not piece.current],
        "void_may": holder.may and current is not None and current.kind in by_hand(known),
        "redacts": known.public == "redacted",
        "form_url": address("desk:form", case.code, known.form) if known.form else "",
    }


def _shown(holder: Holder, piece: Piece) -> Shown:
    words = holder.now.rules.vocabulary.evidence
    files = [
        (Link(file.name, address("portal:file", file.pk, file.name)), file, public_copy(file)) for file in _files(holder, piece)
    ]
    facts = [] if holder.slot.public == "sealed" else shown_facts(holder.now, piece)
    return Shown(piece, words[piece.kind].title if piece.kind in words else Text(piece.kind, piece.kind), facts, files)


def _files(holder: Holder, piece: Piece) -> list[File]:
    return files_shown(piece, public=holder.slot.public, staff=True)
