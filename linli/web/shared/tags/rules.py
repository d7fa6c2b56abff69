"""Why: clause chips, gate lists, refusals."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from linli.records.rulebook.selectors import library
from linli.rules.gates.decide import DONE
from linli.rules.gates.model import Decision, Finding
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN, TEMPLATE
from linli.rules.policy.reading import Reading
from linli.rules.policy.texts import at_in_english
from linli.web.shared.rulebooks import clause_at, clause_words
from linli.web.shared.shapes import ClauseBook, Link
from linli.web.shared.speaking import language
from linli.web.shared.tags.kept import kept_piece
from linli.web.shared.tags.library import register
from linli.web.shared.tags.words import said
from linli.web.shared.values import value_words

_AT = re.compile(r"[§¶]\s*(\d+(?:\.\d+)*)")
_SHAPES = {
    "ok": ("tick", "ok"),
    "excused": ("tick", "ok"),
    "waived": ("dash", "still"),
    "skipped": ("dash", "still"),
    "missing": ("ring", "missing"),
    "unknown": ("ring", "missing"),
    "unset": ("ring", "missing"),
    "refused": ("cross", "refused"),
}


def outcome_word(outcome: str) -> str:
    return {
        "ok": _("已满足"),
        "excused": _("已准例外"),
        "waived": _("本地不要求"),
        "skipped": _("这里不适用"),
        "missing": _("还缺"),
        "unknown": _("还没填"),
        "unset": _("本地还没定"),
        "refused": _("不符合"),
    }[outcome]


@register.filter
def clause_label(clause: str) -> str:
    """S0 §3 -> 第3条, S1 ¶4 -> 第4段; in Chinese as the register of clauses writes it."""
    if language().startswith("en"):
        return at_in_english(clause)
    found = _AT.search(clause)
    return clause_at(clause) or (f"第{found[1]}{'段' if '¶' in clause else '条'}" if found else at_in_english(clause))


@register.simple_tag
def clause(rules: ClauseBook | None, clause: str, reading: Reading | None = None) -> SafeString:
    """`{% clause rules "S0 §3" %}`, `{% clause rules finding.clause reading=finding.parameter %}`.

    Opens the sentence of the regulation, its source, and the value in force with its first day. Nothing for `template`.
    """
    if reading is not None:
        return _filled(rules, clause, reading)
    return _chip(*_books(rules), clause, language())


@lru_cache(maxsize=8192)
def _chip(book: ClauseBook, _register: ClauseBook, clause: str, _language: str) -> SafeString:
    """A chip without a value says the same for as long as the registers of clauses are the same."""
    return _filled(book, clause, None)


def _filled(book: ClauseBook | None, clause: str, reading: Reading | None, others: Sequence[str] = ()) -> SafeString:
    """`others` stand in the same article: one chip opens the words of them all, each paragraph once."""
    title, words = clause_words(book, clause) if clause not in ("", OPEN, TEMPLATE) else ("", "")
    more = [clause_words(book, each) for each in others]
    told = {
        "clause": clause if clause != TEMPLATE else "",
        "open": clause == OPEN,
        "label": clause_label(clause),
        "source_title": _together(title, [name for name, _words in more]),
        "words": tuple(dict.fromkeys(each for each in (words, *(words for _name, words in more)) if each)),
        "reading": reading,
        "value": value_words(reading) if reading else "",
    }
    return kept_piece("shared/pieces/clause.html", told)


@register.simple_tag
def clauses(rules: ClauseBook | None, clauses: Sequence[str]) -> SafeString:
    """Several chips in a row: `{% clauses rules decision.clause %}`."""
    if not clauses:
        return SafeString()
    book, register = _books(rules)
    return _row_of_chips(book, register, tuple(clauses), language())


@lru_cache(maxsize=8192)
def _row_of_chips(book: ClauseBook, register: ClauseBook, clauses: tuple[str, ...], language: str) -> SafeString:
    chips = [
        _filled(book, alike[0], None, alike[1:]) if len(alike) > 1 else _chip(book, register, alike[0], language)
        for alike in _alike(clauses)
    ]
    return mark_safe(f'<span class="chips">{"".join(chips)}</span>')


def _alike(clauses: Sequence[str]) -> list[list[str]]:
    """Clauses whose chips would look the same, because they stand in one article of one source, are one chip."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in clauses:
        found.setdefault((each.partition(" ")[0], clause_label(each)), []).append(each)
    return list(found.values())


def _together(title: Text | str, others: Sequence[Text | str]) -> Text | str:
    """《…》四(二) 原则、申请: what the others are called after the article they share."""
    if not others or not isinstance(title, Text):
        return title
    last = [said.zh.partition(" ")[2] for said in others if isinstance(said, Text)]
    return Text("、".join([title.zh, *(each for each in last if each)]), title.en)


def _books(rules: ClauseBook | None) -> tuple[ClauseBook, ClauseBook]:
    """The register of clauses these rules were written in, and that of this installation: other rules, other objects."""
    register = library().clause_texts
    return (getattr(rules, "clause_texts", rules) if rules else register), register


_AT_A_GLANCE = 3


@register.inclusion_tag("shared/pieces/gate.html")
def gate(
    decision: Decision,
    rules: ClauseBook | None = None,
    title: Any = "",
    evidence: Mapping[str, str] | None = None,
    ways: Mapping[str, Sequence[Link]] | None = None,
    action: Link | None = None,
    beside: int = 0,
) -> dict[str, Any]:
    """`{% gate decision rules title=act.title evidence=addresses ways=ways action=link beside=forloop.counter0 %}`.

    `evidence`: slot -> address of what it holds. `ways`: key of a finding -> where it is mended. `action`: the act itself,
    drawn as a button. `beside`: of another way on that stands before it; a long list of what this one lacks is folded then.
    """
    shown = [_row(finding, evidence or {}, ways or {}) for finding in said_once(decision.findings)]
    elsewhere = not_yours(decision)
    if elsewhere:
        shown = [row for row in shown if row["finding"].key not in _WHO or row["finding"].passes]
    shown = _papers_whole(shown)
    return {
        "elsewhere": elsewhere,
        "closed": {one.key for one in decision.against} & {"state", DONE},
        "decision": decision,
        "rules": rules,
        "title": title,
        "action": action,
        "against": (against := [row for row in shown if not row["finding"].passes]),
        "folds": bool(beside) and len(against) > _AT_A_GLANCE,
        "passed": [row for row in shown if row["finding"].passes],
    }


def _papers_whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A paper nobody has written yet is one thing to do: what it is asked to say stands with it, not each on a line."""
    unwritten = {way.url: row for row in rows for way in _only(row) if way.url.endswith(f"/{row['finding'].key}/")}
    kept = []
    for row in rows:
        paper = next((unwritten[way.url] for way in _only(row) if way.url in unwritten), row)
        if paper is row:
            kept.append(row)
            continue
        paper["inside"] = [*paper.get("inside", []), row["text"]]
        for each in (row["finding"].clause, *row["clauses"]):
            if clause_label(each) not in map(clause_label, (paper["finding"].clause, *paper["clauses"])):
                paper["clauses"] = [*paper["clauses"], each]
    return kept


def _only(row: dict[str, Any]) -> Sequence[Link]:
    """The one way a missing thing is mended, if there is one way."""
    return row["ways"] if row["finding"].outcome == "missing" and len(row["ways"]) == 1 else ()


@register.filter
def lacking(decision: Decision) -> int:
    """How many things are still to be done: what several clauses ask for is one thing. Whose turn it is, is none of them."""
    skipped = _WHO if not_yours(decision) else frozenset[str]()
    return len(said_once([one for one in decision.against if one.key not in skipped]))


_WHO = frozenset({"by", "apart_from"})


@register.filter
def not_yours(decision: Decision) -> bool:
    """Whether the act belongs to another office: then who may take it is said once, not as something lacking."""
    return any(one.key == "by" and one.outcome == "refused" for one in decision.against)


def said_once(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings in their order; those that say the same of the same slot stand together, each with its own clause."""
    found: dict[object, list[Finding]] = {}
    for finding in findings:
        alone = finding.passes or not finding.slot or finding.arithmetic or finding.parameter
        said = (finding.slot, finding.outcome, finding.text, finding.mend, finding.turn)
        found.setdefault(id(finding) if alone else said, []).append(finding)
    return list(found.values())


def _after_word(finding: Finding) -> str:
    """What was found, without saying 还缺 or Missing a second time."""
    text, word = said(finding.text), outcome_word(finding.outcome)
    for colon in ("：", ": "):
        text = text.removeprefix(f"{word}{colon}")
    return text


def _says_itself(finding: Finding, ways: Mapping[str, Sequence[Link]]) -> bool:
    """Whether the way on says it: 还缺 结算 with a button needs no 请补上“结算” between them."""
    return finding.outcome == "missing" and bool(ways.get(finding.key)) and _after_word(finding) in said(finding.mend or "")


def _row(alike: Sequence[Finding], evidence: Mapping[str, str], ways: Mapping[str, Sequence[Link]]) -> dict[str, Any]:
    finding = alike[0]
    shape, css = _SHAPES[finding.outcome]
    return {
        "finding": finding,
        "clauses": [each for each in dict.fromkeys(one.clause for one in alike) if each != finding.clause],
        "shape": shape,
        "css": css,
        "word": outcome_word(finding.outcome),
        "text": _after_word(finding),
        "mend": finding.mend if not finding.passes and not _says_itself(finding, ways) else None,
        "value": value_words(finding.parameter) if finding.parameter and finding.parameter.state == "known" else "",
        "evidence_url": evidence.get(finding.slot, "") if finding.slot else "",
        "ways": () if finding.passes else ways.get(finding.key, ()),
    }


@register.inclusion_tag("shared/pieces/refusal.html")
def refusal(
    turned_down: TurnedDown | None, rules: ClauseBook | None = None, level: int = 2, heard: bool = False
) -> dict[str, Any]:
    """`{% refusal turned_down rules %}`: everything that stands in the way, with its clause and what mends it.

    `heard`: the sentence stands at its field for whoever sees it; here it is read out.
    """
    return {"turned_down": turned_down, "rules": rules, "level": level, "heard": heard}


@register.filter
def field_errors(turned_down: TurnedDown | None) -> Mapping[str, Any]:
    """The fields an Invalid names; empty for the other three."""
    return turned_down.fields if isinstance(turned_down, Invalid) else {}
