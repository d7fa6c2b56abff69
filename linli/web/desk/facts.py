"""Facts of evidence as typed fields, and in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from linli.records.evidence.models import Piece
from linli.records.rulebook.sealing import every_part
from linli.records.rulebook.standing import Standing
from linli.rules.plain.texts import Text
from linli.web.desk.versions import words
from linli.web.shared.fieldviews import FieldView, Options
from linli.web.shared.filling import as_typed
from linli.web.shared.tags.figures import date_zh
from linli.web.shared.tags.words import said

# What components count beside the facts that regulations ask about.
_COUNTED = {
    "objections_late": Text("期满以后才提的异议", "Objections after its time"),
    "answered_by_author": Text("由发布人自己答复的异议", "Objections answered by who published it"),
    "score": Text("得分", "Score"),
    "out_of": Text("满分", "Out of"),
    "missing": Text("没交评分表的人数", "Sheets not handed in"),
    "recused": Text("回避人数", "Standing aside"),
}
_KINDS = {"flag": "flag", "count": "number", "money": "money", "share": "share", "date": "date", "entry": "choice"}


def fact_views(
    now: Standing, kind: str, typed: QueryDict | None, before: Piece | None, errors: Mapping[str, Text]
) -> list[FieldView]:
    """One field per fact of this kind of evidence; what was typed, else what the version before says."""
    known = now.rules.vocabulary.evidence.get(kind)
    if known is None:
        return []
    return [
        FieldView(
            name=f"f-{fact}",
            label=now.rules.vocabulary.fact_title(fact),
            kind=_kind(now, fact, type_),
            value=typed.get(f"f-{fact}", "") if typed is not None else as_typed(type_, before.facts.get(fact)) if before else "",
            error=errors.get(fact, ""),
            options=_options(now, fact) if type_ == "entry" else (),
        )
        for fact, type_ in known.facts.items()
    ]


def _kind(now: Standing, fact: str, type_: str) -> str:
    return "text" if type_ == "entry" and not _options(now, fact) else _KINDS.get(type_, "text")


def _options(now: Standing, fact: str) -> Options:
    """The catalogue in which the codes stand that gates hold this fact against."""
    codes = _codes(now, fact)
    for catalogue in now.rules.catalogues(now.rules_on).values():
        if codes and codes <= set(catalogue.entries):
            return [(key, entry.title) for key, entry in catalogue.entries.items()]
    return ()


def _codes(now: Standing, fact: str) -> set[str]:
    found: set[str] = set()
    for act in now.procedure.acts.values():
        for part in (part for check in act.checks for part in every_part(check)):
            if part.source == "evidence" and part.fact == fact:
                found |= {*part.operand.codes, *([str(part.operand.literal)] if isinstance(part.operand.literal, str) else [])}
    return found


def shown_facts(now: Standing, piece: Piece) -> list[tuple[Text, str]]:
    known = now.rules.vocabulary.evidence.get(piece.kind)
    types = known.facts if known else {}
    titles = now.rules.vocabulary
    return [
        (_COUNTED.get(fact) or titles.fact_title(fact), _words(now, fact, types.get(fact, "text"), value))
        for fact, value in piece.facts.items()
    ]


def _words(now: Standing, fact: str, type_: str, value: Any) -> str:
    if isinstance(value, list):
        ends = [date_zh(each) if isinstance(each, str) and _is_day(each) else str(each or _("至今")) for each in value]
        return " – ".join(ends)
    if type_ == "entry":
        return next((said(title) for code, title in _options(now, fact) if code == value), str(value))
    return words(now, type_, value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
