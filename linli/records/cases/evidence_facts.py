"""Facts as people enter them, read by the types of the vocabulary."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from linli.rules.gates.model import Plain
from linli.rules.plain.money import fen_from_yuan
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.vocabulary import EvidenceWord

_FLAGS = {"yes": True, "true": True, "on": True, "是": True, "no": False, "false": False, "否": False}


def facts_of_kind(kind: EvidenceWord, given: Mapping[str, object]) -> dict[str, Plain]:
    """Plain facts of this kind of evidence; blanks are left out. Raises Invalid naming every fact that cannot be read."""
    wrong = {name: Text("没有这一项。", "There is no such entry.") for name in given if name not in kind.facts}
    facts: dict[str, Plain] = {}
    for name, type_ in kind.facts.items():
        value = given.get(name)
        if value is None or value == "":
            continue
        try:
            facts[name] = READ[type_](value)
        except (ValueError, TypeError, KeyError, ZeroDivisionError):
            wrong[name] = Text(f"{quoted(str(value))}不是这一项的写法。", f"{quoted(str(value))} cannot be read here.")
    if wrong:
        raise Invalid(Text(f"有 {len(wrong)} 项要更正。", f"{len(wrong)} to correct."), fields=wrong)
    return facts


def _flag(value: object) -> Plain:
    return value if isinstance(value, bool) else _FLAGS[str(value).strip().lower()]


def _count(value: object) -> Plain:
    number = int(str(value).strip())
    if isinstance(value, bool) or number < 0:
        raise ValueError(value)
    return number


def _money(value: object) -> Plain:
    if isinstance(value, bool | float):
        raise ValueError(value)
    fen = value if isinstance(value, int) else fen_from_yuan(str(value))
    if fen < 0:
        raise ValueError(value)
    return fen


def _share(value: object) -> Plain:
    text = str(value).strip()
    share = Fraction(text.removesuffix("%")) / 100 if text.endswith("%") else Fraction(text)
    if not 0 <= share <= 1:
        raise ValueError(value)
    return str(share)


def _date(value: object) -> Plain:
    return date.fromisoformat(str(value)).isoformat()


def _text(value: object) -> Plain:
    return str(value).strip()


READ: Mapping[str, Callable[[object], Plain]] = {
    "flag": _flag,
    "count": _count,
    "money": _money,
    "share": _share,
    "date": _date,
    "entry": _text,
    "text": _text,
    "office": _text,
}
