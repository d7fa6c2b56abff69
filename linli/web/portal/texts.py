"""Texts that are talked over: open calls first; one text by paragraph with what was said, its basis, its versions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.selectors import visible_to
from linli.records.evidence.models import Piece
from linli.records.evidence.selectors import answers, pieces
from linli.records.rulebook.selectors import passage_of, procedure_of
from linli.records.texts import selectors
from linli.records.texts.models import Document, Paragraph, Report, Version
from linli.records.texts.permissions import READ_TEXT
from linli.records.texts.selectors import Changed, Shown, successors
from linli.rules.matching.paragraphs import is_heading
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules
from linli.web.portal.asking import asked_place, at_home, scopes
from linli.web.portal.finding import person_of, rules_here
from linli.web.portal.listing import around, stamp_of
from linli.web.portal.saying import plain_words
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Tab

VERDICTS = {
    "adopted": Text("采纳", "Adopted"),
    "partly": Text("部分采纳", "Partly adopted"),
    "not_adopted": Text("未采纳", "Not adopted"),
}
WAYS = {
    "online": Text("网上", "online"),
    "email": Text("电子邮件", "e-mail"),
    "fax": Text("传真", "fax"),
    "letter": Text("来信", "letter"),
    "phone": Text("电话", "telephone"),
    "counter": Text("柜台", "at the counter"),
}
KINDS = {
    "rule": Text("规范性文件", "Rule text"),
    "covenant": Text("居民公约", "Covenant"),
    "other": Text("其他文本", "Other text"),
}
_SHOWN_AT_ONCE = 3


def text_named(request: HttpRequest, pk: int) -> Document:
    """A text everybody may read: opened for comment at least once, or adopted. Raises NotFound."""
    found = selectors.text(pk)
    if found.adopted_at is None and not found.calls.exists():
        raise NotFound
    return found


@door(may=READ_TEXT)
def consultations(request: HttpRequest) -> HttpResponse:
    if (home := at_home(request)) is not None:
        return home
    place, on, over = asked_place(request), clock.today(), request.GET.get("over") == "1"
    every = selectors.calls().filter(around(place, "document__place")) if place else selectors.calls()
    now = every.filter(selectors.running(on))
    past = every.exclude(selectors.running(on))
    page = page_of(_listed(past if over else now), request, by=("-opened_at", "-pk"))
    here = f"?place={place.code if place else ''}"
    ways = [
        Tab(Text("正在征求意见", "Open now"), here, current=not over, count=now.count()),
        Tab(Text("已结束", "Closed"), f"{here}&over=1", current=over, count=past.count()),
    ]
    signing = selectors.being_signed().select_related("place")
    context = {
        "place": place,
        "page": page,
        "ways": ways,
        "over": over,
        "scopes": scopes(request, place),
        "signing": list((signing.filter(around(place)) if place else signing).order_by("-pk")[:5]),
    }
    return render(request, "portal/consultations.html", context)


def _listed(found: Any) -> Any:
    reported = Exists(Report.objects.filter(document=OuterRef("document")))
    return selectors.counted(found).annotate(reported=reported)


@dataclass(frozen=True)
class Part:
    """A paragraph as it is read, with what was said about it."""

    paragraph: Paragraph
    heading: bool
    said: list[Shown]
    change: Changed | None

    @property
    def first(self) -> list[Shown]:
        return self.said[:_SHOWN_AT_ONCE]

    @property
    def more(self) -> int:
        return max(0, len(self.said) - _SHOWN_AT_ONCE)


@door(may=READ_TEXT, load=text_named)
def text(request: HttpRequest, document: Document) -> HttpResponse:
    versions = selectors.public_versions(document)
    version, call, on = _wanted(request, versions), document.calls.order_by("-number").first(), clock.today()
    said = selectors.heard(document)
    rules = rules_here(document.place)
    takes = call is not None and call.version_id == version.pk and document.adopted_at is None
    changes = {one.anchor: one for one in selectors.changes_between(version) if one.kind != "same"}
    by_anchor = said.by_anchor
    context = {
        **_about(document),
        "place": document.place,
        "document": document,
        "kind": KINDS[document.kind],
        "version": version,
        "versions": versions,
        "latest": version.pk == versions[-1].pk,
        "rules": rules,
        "call": call,
        "running": call is not None and call.running_on(on),
        "takes": takes,
        "parts": [
            Part(one, is_heading(one.words), by_anchor.get(one.anchor, []), changes.get(one.anchor))
            for one in version.paragraphs.all()
        ],
        "on_the_whole": by_anchor.get(None, []),
        "received": len(said.every),
        "waiting": len(said.unanswered),
        "report": document.reports.order_by("-number").first(),
        **_effect(document),
        "verdicts": VERDICTS,
        "ways": WAYS,
        **_signed(request, document, on),
        "address": request.build_absolute_uri(reverse("portal:text", args=[document.pk])),
        **_matter(request, document, rules, on),
    }
    return render(request, "portal/text.html", context)


def _signed(request: HttpRequest, document: Document, on: date) -> dict[str, Any]:
    """How many have signed, and whether this reader's household is among them."""
    signed, person = selectors.signed(document), person_of(request)
    return {"signed": signed, "own": selectors.own_signature(signed.signing, person, on) if signed and person else None}


def _effect(document: Document) -> dict[str, Any]:
    """What the draft pack would have done, as it was last reckoned for this very pack."""
    effect = document.effects.filter(pack_digest=document.pack_digest).order_by("-pk").first() if document.pack else None
    if effect is None:
        return {"effect": None}
    return {
        "effect": effect,
        "effect_clauses": [(row["count"], Text(row["zh"], row["en"]), row["clause"]) for row in effect.clauses],
        "effect_rows": [(row["code"], Text(row["zh"], row["en"]), row["day"], row["would"]) for row in effect.rows[:_ROWS_SHOWN]],
    }


_ROWS_SHOWN = 40


def _wanted(request: HttpRequest, versions: list[Version]) -> Version:
    """The version asked for, else the latest."""
    number = request.GET.get("v", "")
    return next((one for one in versions if str(one.number) == number), versions[-1])


def _about(document: Document) -> dict[str, Any]:
    """What it rests on and takes the place of, and what took its own place."""
    bases = document.bases.filter(removed_at__isnull=True).order_by("pk")
    heirs = successors(document).select_related("place")
    return {
        "based_on": [one for one in bases if one.kind == "based_on"],
        "replaces": [one for one in bases if one.kind == "replaces"],
        "successors": list(heirs),
        "attachments": list(document.attachments.all()),
    }


def _matter(request: HttpRequest, document: Document, rules: Rules | None, on: date) -> dict[str, Any]:
    """Where the matter stands, and of a covenant how it was decided, answered for and kept."""
    case = None
    if document.subject_kind == "case":
        case = visible_to(person_of(request), on).filter(pk=int(document.subject_id)).first()
    if case is None or case.passage is None:
        return {"case": None, "stamp": None}
    way = procedure_of(document.subject)
    found: dict[str, Any] = {"case": case, "stamp": stamp_of(way.states[passage_of(document.subject).state])}
    if document.kind == "covenant" and rules is not None:
        held = sorted(pieces(case.subject).values(), key=lambda piece: piece.filed_at)
        decisions = [piece for piece in held if piece.kind in ("resolution", "ballot_result")]
        found["decided"] = [(_slot_title(way, piece), _facts_of(piece, rules)) for piece in decisions]
        found["kept"] = [(None, _facts_of(piece, rules)) for piece in held if piece.kind == "satisfaction"]
        found["qualities"] = _qualities(case, rules, on)
    return found


def _slot_title(way: Procedure, piece: Piece) -> Text | None:
    return way.slots[piece.slot].title if piece.slot in way.slots else None


def _facts_of(piece: Piece, rules: Rules) -> list[tuple[Text, Any, bool | None]]:
    """The facts of a piece of evidence in words: days first, then figures, then what held or did not."""
    words = rules.vocabulary
    found = [
        (words.fact_title(key), words.evidence[piece.kind].facts.get(key, "text"), value)
        for key, value in piece.facts.items()
        if value is not None
    ]
    found.sort(key=lambda one: (isinstance(one[2], bool), one[1] != "date"))
    return [(title, plain_words(kind, value), value if isinstance(value, bool) else None) for title, kind, value in found]


def _qualities(case: Case, rules: Rules, on: date) -> list[tuple[Text, str]]:
    """What the checklists of the pack ask of the text, with the answers given."""
    known = rules.checklists(on)
    return [
        (item.text, given.answers[key])
        for name, given in answers(case.subject).items()
        if name in known
        for key, item in known[name].items.items()
        if key in given.answers
    ]


@door(may=READ_TEXT, load=text_named)
def comments(request: HttpRequest, document: Document) -> HttpResponse:
    """Every comment ever received, by number; `?p=3` those on one paragraph."""
    anchor = request.GET.get("p", "")
    rows = document.comments.select_related("statement", "answer", "hiding", "grouping__group__answer")
    if anchor.isdecimal():
        rows = rows.filter(anchor=int(anchor))
    page = page_of(rows, request, by=("number",))
    words = {one.anchor: one.words for version in selectors.versions_of(document) for one in version.paragraphs.all()}
    context = {
        "place": document.place,
        "document": document,
        "page": page,
        "rows": [(selectors.comment_shown(row), words.get(row.anchor or 0, "")) for row in page.items],
        "verdicts": VERDICTS,
        "ways": WAYS,
        "on": words.get(int(anchor), "") if anchor.isdecimal() else "",
        "counts": selectors.counts(document),
    }
    return render(request, "portal/text_comments.html", context)


@door(may=READ_TEXT, load=text_named)
def report(request: HttpRequest, document: Document) -> HttpResponse:
    """What came in and what became of it. Raises NotFound before it is published."""
    found = list(document.reports.order_by("-number"))
    if not found:
        raise NotFound
    said = selectors.heard(document)
    counts = found[0].counts
    context = {
        "place": document.place,
        "document": document,
        "report": found[0],
        "earlier": found[1:],
        "call": document.calls.order_by("-number").first(),
        "channels": [(title, counts[key]) for key, title in WAYS.items() if counts.get(key)],
        "results": [(title, counts.get(key, 0)) for key, title in VERDICTS.items()],
        "groups": [one for one in said.groups if one.members],
        "single": [one for one in said.every if one.group is None],
        "verdicts": VERDICTS,
        "waiting": len(said.unanswered),
    }
    return render(request, "portal/text_report.html", context)


@door(may=READ_TEXT, load=text_named)
def versions(request: HttpRequest, document: Document) -> HttpResponse:
    """Two versions beside each other: what changed, why, and because of which comments."""
    known = selectors.public_versions(document)
    after = next((one for one in known if str(one.number) == request.GET.get("b", "")), known[-1])
    earlier = [one for one in known if one.number < after.number]
    before = next((one for one in earlier if str(one.number) == request.GET.get("a", "")), earlier[-1] if earlier else None)
    changes = selectors.changes_between(after, before) if before else []
    context = {
        "place": document.place,
        "document": document,
        "known": known,
        "before": before,
        "after": after,
        "changes": changes,
        "changed": [one for one in changes if one.kind != "same"],
    }
    return render(request, "portal/text_versions.html", context)


@door(may=READ_TEXT, load=text_named)
def text_print(request: HttpRequest, document: Document) -> HttpResponse:
    """One sheet after the other, A4: the text with what a reader of paper needs."""
    version = _wanted(request, selectors.public_versions(document))
    call = document.calls.order_by("-number").first()
    context = {
        **_about(document),
        "document": document,
        "version": version,
        "call": call,
        "running": call is not None and call.running_on(clock.today()),
        "parts": [(one, is_heading(one.words)) for one in version.paragraphs.all()],
        "address": request.build_absolute_uri(reverse("portal:text", args=[document.pk])),
    }
    return render(request, "portal/text_print.html", context)
