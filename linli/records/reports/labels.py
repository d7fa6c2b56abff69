"""The texts a regulation wants shown about a matter, with what the record says filled in."""

from dataclasses import dataclass
from datetime import date

from linli.records.cases.models import Case
from linli.rules.plain import money
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Wording
from linli.rules.policy.rules import Rules

_NAMES = ("needs_linked", "money_sources", "amount")


@dataclass(frozen=True)
class Label:
    """One text with its clause, ready to be shown. `of_this`: it says something of this very matter."""

    id: str
    title: Text
    body: Text
    clause: str
    of_this: bool = False


@dataclass(frozen=True)
class Known:
    """What texts may name. None: not known yet, and a text that names it is not shown."""

    needs_linked: int
    money_sources: str | None
    amount_fen: int | None

    def words(self, language: str) -> dict[str, str | None]:
        amount = None if self.amount_fen is None else money.in_words(self.amount_fen, language)
        return {"needs_linked": str(self.needs_linked), "money_sources": self.money_sources or None, "amount": amount}


def labels(rules: Rules, on: date, where: str, known: Known, procedure: str = "") -> list[Label]:
    """Every wording shown at a place such as `project_page` or `site_notice`, of this procedure or of all."""
    shown = [one for one in rules.wordings(on).values() if where in one.shown and (not one.of or procedure in one.of)]
    return [label for one in shown if (label := _label(one, known)) is not None]


def known_of(case: Case, *, needs: int, sources: list[str]) -> Known:
    return Known(needs, "、".join(dict.fromkeys(sources)), case.amount_fen)


def _label(wording: Wording, known: Known) -> Label | None:
    zh, en = _filled(wording.body.zh, known.words("zh")), _filled(wording.body.en, known.words("en"))
    if zh is None or en is None:
        return None
    return Label(wording.id, wording.title, Text(zh, en), wording.clause, of_this=zh != wording.body.zh)


def _filled(body: str, words: dict[str, str | None]) -> str | None:
    """Names are replaced one by one: nothing in the record can bring in a name of its own."""
    for name in _NAMES:
        mark = "{" + name + "}"
        if mark in body:
            value = words[name]
            if value is None:
                return None
            body = body.replace(mark, value.replace("{", "(").replace("}", ")"))
    # A blank nobody here can fill in: the text is not shown with a hole in it.
    return None if "{" in body else body
