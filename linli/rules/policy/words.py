"""Values and checks said in words, in both languages."""

from calendar import month_name
from datetime import date
from fractions import Fraction

from linli.rules.plain.days import DayKind, Period, day_words
from linli.rules.plain.money import in_words
from linli.rules.plain.texts import Text, both, listed
from linli.rules.policy.codes import code_title
from linli.rules.policy.models import Check, Procedure, Special, Value
from linli.rules.policy.rules import Rules

_KINDS: dict[DayKind, Text] = {
    "days": Text("天", "days"),
    "working_days": Text("个工作日", "working days"),
    "months": Text("个月", "months"),
    "years": Text("年", "years"),
}
_SPECIAL = {
    None: Text("没有规定", "no rule"),
    Special.UNSET: Text("未设定", "not set"),
    Special.UNLIMITED: Text("不限", "unlimited"),
}
_OPERATORS = {
    "equals": Text("应为", "must be"),
    "at_least": Text("不少于", "at least"),
    "at_most": Text("不超过", "at most"),
    "more_than": Text("多于", "more than"),
    "less_than": Text("少于", "less than"),
    "in": Text("属于", "one of"),
    "not_in": Text("不属于", "none of"),
    "includes": Text("包含", "includes"),
    "no_later_than": Text("不晚于", "no later than"),
    "no_earlier_than": Text("不早于", "no earlier than"),
    "filled": Text("已填写", "filled in"),
    "listed": Text("在册", "listed"),
}


def value_words(value: Value | None, unit: str) -> Text:
    """`50 万元` / `500,000 yuan`, `5 个工作日` / `5 working days`, `未设定` / `not set`."""
    if value is None or isinstance(value, Special):
        return _SPECIAL[value]
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if unit == "yuan" and isinstance(value, int):
        return Text(in_words(value, "zh"), in_words(value, "en"))
    if isinstance(value, Period):
        kind = _KINDS[value.kind]
        return Text(f"{value.count} {kind.zh}", f"{value.count} {kind.en if value.count != 1 else kind.en.removesuffix('s')}")
    if isinstance(value, Fraction):
        return both(str(value))
    if unit == "day_of_month":
        return Text(f"每月 {value} 日", f"day {value} of every month")
    if unit == "day_of_year" and isinstance(value, str):
        month, day = value.split("-")
        return Text(f"每年 {int(month)} 月 {int(day)} 日", f"{int(day)} {month_name[int(month)]} of every year")
    if isinstance(value, date):
        return day_words(value)
    return both(str(value))


def check_words(check: Check, procedure: Procedure, rules: Rules, on: date) -> Text:
    """What a check asks for, in half a sentence."""
    subject = check.title or _subject(check, procedure, rules, on)
    if check.operator == "is_there":
        return subject
    verb = _OPERATORS[check.operator]
    held = _operand(check, procedure, rules, on) if check.operator not in ("filled", "listed") else both("")
    return Text(f"{subject.zh}{verb.zh}{held.zh}", f"{subject.en} {verb.en} {held.en}".rstrip())


def _subject(check: Check, procedure: Procedure, rules: Rules, on: date) -> Text:
    match check.source:
        case "evidence":
            slot = procedure.slots.get(check.name)
            word = rules.vocabulary.evidence.get(check.name)
            return _with_fact(slot.title if slot else word.title if word else both(check.name), check.fact, rules)
        case "form":
            form = rules.forms(on).get(check.name)
            field = form.fields.get(check.fact) if form else None
            return field.title if field else form.title if form else both(check.name)
        case "checklist":
            return rules.checklist(check.name, on).title
        case "register":
            return _with_fact(rules.register(check.name, on).title, check.fact, rules)
        case "body":
            return _with_fact(rules.body(check.name, on).title, check.fact, rules)
        case "publicity":
            point = _point(check.name, rules, on)
            return Text(f"{point.zh}公示期满、异议已办结", f"notice served and objections answered: {point.en}")
    return (
        rules.vocabulary.fact_title(check.name)
        if check.name
        else listed([_subject(c, procedure, rules, on) for c in check.any_of])
    )


def _point(id: str, rules: Rules, on: date) -> Text:
    points = rules.catalogues(on).get(rules.parameter("publicity_required").by)
    return points.entries[id].title if points and id in points.entries else both(id)


def _with_fact(title: Text, fact: str, rules: Rules) -> Text:
    if not fact:
        return title
    name = rules.vocabulary.fact_title(fact)
    return Text(f"{title.zh}·{name.zh}", f"{title.en}: {name.en}")


def _operand(check: Check, procedure: Procedure, rules: Rules, on: date) -> Text:
    operand = check.operand
    match operand.kind:
        case "parameter":
            return Text(f"“{rules.parameter(operand.name).title.zh}”", f"“{rules.parameter(operand.name).title.en}”")
        case "catalogue":
            return rules.catalogue(operand.name, on).title
        case "fact":
            return rules.vocabulary.fact_title(operand.name)
        case "codes":
            return listed([code_title(code, check, procedure, rules, on) for code in operand.codes])
    if isinstance(operand.literal, bool):
        return Text("是", "yes") if operand.literal else Text("否", "no")
    return code_title(str(operand.literal), check, procedure, rules, on)
