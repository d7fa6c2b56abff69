"""The closed vocabulary of constructs: every word a pack may use, and where."""

from linli.rules.policy.grammar_base import CHECK, CHECKS, EXCEPTION, OPERATORS, SOURCES, UNITS
from linli.rules.policy.grammar_choosing import QUOTA, SELECTION
from linli.rules.policy.grammar_people import (
    BODY,
    CLAUSE,
    DOCUMENT,
    GRANT,
    HOLD,
    OBLIGATION,
    PACK,
    RESPONSIBILITY,
    SESSION,
    SOURCE,
)
from linli.rules.policy.grammar_procedures import ACT, PROCEDURE
from linli.rules.policy.grammar_records import CATALOGUE, CHECKLIST, FORM, PARAMETER, REGISTER, SCORECARD, WORDING

__all__ = [
    "ACT",
    "BODY",
    "CATALOGUE",
    "CHECK",
    "CHECKLIST",
    "CHECKS",
    "CLAUSE",
    "DOCUMENT",
    "EXCEPTION",
    "FORM",
    "GRANT",
    "HOLD",
    "OBLIGATION",
    "OPERATORS",
    "PACK",
    "PARAMETER",
    "PROCEDURE",
    "QUOTA",
    "REGISTER",
    "RESPONSIBILITY",
    "SCORECARD",
    "SELECTION",
    "SESSION",
    "SOURCE",
    "SOURCES",
    "UNITS",
    "WORDING",
]
