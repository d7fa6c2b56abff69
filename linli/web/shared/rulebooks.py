"""Where pieces look up clauses and offices: the rules a page gave them, else all packs of this installation."""

from typing import Any

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.shared.shapes import ClauseBook


def clause_words(rules: ClauseBook | None, clause: str) -> tuple[Text | str, str]:
    """(how the clause is called, the paragraph in which its words stand); both "" for a clause nobody knows."""
    book: Any = rules or library()
    try:
        return book.clause_title(clause), book.clause_text(clause)
    except KeyError:
        return "", ""


def clause_at(clause: str) -> str:
    """In short where in its source the clause stands (第4条), "" if it is not in the register."""
    found = library().clauses.get(clause)
    return found.at.split()[0] if found else ""


def office_words(office: str, rules: Any = None) -> Text:
    """What people call an office: 社区党委, not `community.party_committee`. An unknown one is shown as it is written."""
    try:
        found: Text = (rules or library().vocabulary).office_title(office)
        return found
    except KeyError:
        return Text(office, office)


def rules_named(rules: Rules) -> Text:
    """The regulations in force as people call them, each with its version: the law above first."""
    zh = "、".join(f"{pack.title.zh} {pack.version} 版" for pack in rules.chain)
    return Text(zh, ", ".join(f"{pack.title.en} {pack.version}" for pack in rules.chain))
