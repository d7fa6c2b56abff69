"""How a gate says what it found. One sentence each, in both languages; the arithmetic is always shown."""

from datetime import date
from fractions import Fraction

from linli.rules.plain import money
from linli.rules.plain.days import Period, day_words
from linli.rules.plain.texts import Text, both, listed, quoted
from linli.rules.policy.models import Operator

_SIGN: dict[str, tuple[str, str]] = {
    "equals": ("应为", "must be"),
    "at_least": ("不少于", "at least"),
    "at_most": ("不超过", "at most"),
    "more_than": ("多于", "more than"),
    "less_than": ("少于", "less than"),
    "no_later_than": ("不晚于", "no later than"),
    "no_earlier_than": ("不早于", "no earlier than"),
    "in": ("应属于", "must be one of"),
    "not_in": ("不得属于", "must not be one of"),
    "includes": ("应包含", "must include"),
}
# Days are not more or less: they are later or earlier.
_OF_DAYS: dict[str, tuple[str, str]] = {
    "equals": ("应为", "must be"),
    "at_least": ("不早于", "no earlier than"),
    "at_most": ("不晚于", "no later than"),
    "more_than": ("须晚于", "must be later than"),
    "less_than": ("须早于", "must be earlier than"),
}
_BROKEN: dict[str, str] = {
    "equals": "≠",
    "at_least": "<",
    "at_most": ">",
    "more_than": "≤",
    "less_than": "≥",
    "no_later_than": ">",
    "no_earlier_than": "<",
    "in": "∉",
    "not_in": "∈",
    "includes": "⊉",
}
_KINDS = {
    "days": ("天", "days"),
    "working_days": ("个工作日", "working days"),
    "months": ("个月", "months"),
    "years": ("年", "years"),
}


def value_text(value: object, unit: str = "") -> Text:
    """A value as people read it: 50 万元, 83.3%, 5 个工作日, 是."""
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, Period):
        zh, en = _KINDS[value.kind]
        return Text(f"{value.count} {zh}", f"{value.count} {en}")
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Fraction):
        return both(_share(value))
    if isinstance(value, int) and unit in ("yuan", "money"):
        return Text(money.wan(value), money.in_words(value, "en"))
    if isinstance(value, int) and unit == "share":
        return both(_share(Fraction(value)))
    if isinstance(value, list):
        return listed(str(item) for item in value)
    return both(str(value))


def _share(value: Fraction) -> str:
    percent = value * 100
    if percent.denominator == 1:
        return f"{percent.numerator}%"
    return f"{float(percent):.1f}% ({value.numerator}/{value.denominator})"


def _sign(operator: Operator, days: bool) -> tuple[str, str]:
    return _OF_DAYS.get(operator, _SIGN[operator]) if days else _SIGN[operator]


def held_against(title: Text, operator: Operator, value: Text, limit: Text, *, days: bool = False) -> Text:
    """`单项资金 52 万元,上限 50 万元` as a plain sentence that gives both figures."""
    zh, en = _sign(operator, days)
    return Text(f"{title.zh}：{value.zh}（{zh}{_gap(limit)}{limit.zh}）", f"{title.en}: {value.en} ({en} {limit.en})")


def _gap(limit: Text) -> str:
    """A space before figures and Latin, none between Chinese signs."""
    return "" if limit.zh[:1] >= "\u4e00" else " "


def arithmetic(operator: Operator, value: Text, limit: Text) -> Text:
    """`52 万元 > 50 万元`: why it does not hold."""
    sign = _BROKEN[operator]
    return Text(f"{value.zh} {sign} {limit.zh}", f"{value.en} {sign} {limit.en}")


def bring_to(title: Text, operator: Operator, limit: Text, *, days: bool = False) -> Text:
    zh, en = _sign(operator, days)
    if days:
        return Text(f"{quoted(title.zh)}{zh}{limit.zh}。", f"{quoted(title.en)} {en} {limit.en}.")
    if en.startswith("must"):
        return Text(
            f"{quoted(title.zh)}{zh}{_gap(limit)}{limit.zh}，才能办这一步。",
            f"{quoted(title.en)} {en} {limit.en} before this can be done.",
        )
    return Text(
        f"{quoted(title.zh)}{zh}{_gap(limit)}{limit.zh}，这一条就符合。",
        f"Once {quoted(title.en)} is {en} {limit.en}, this holds.",
    )


def there(title: Text) -> Text:
    return Text(f"已有：{title.zh}", f"There: {title.en}")


def missing(title: Text) -> Text:
    return Text(f"还缺：{title.zh}", f"Missing: {title.en}")


def supply(title: Text) -> Text:
    return Text(f"请补上{quoted(title.zh)}。", f"Add {quoted(title.en)}.")


def answer_first(title: Text) -> Text:
    return Text(
        f"请先回答{quoted(title.zh)}，才知道这一条怎么算。",
        f"Answer {quoted(title.en)} first; until then this rule cannot be applied.",
    )


def unset(title: Text, offices: Text) -> Text:
    return Text(
        f"{quoted(title.zh)}由{offices.zh}在本地设定，目前还没有设定。",
        f"{quoted(title.en)} is set locally by {offices.en} and has not been set yet.",
    )


def none_in_force(title: Text, day: str) -> Text:
    return Text(f"{day} 没有生效的{quoted(title.zh)}规定。", f"No rule on {quoted(title.en)} was in force on {day}.")


def not_required(title: Text) -> Text:
    return Text(f"{title.zh}：按规定不要求", f"{title.en}: not required by the rules")


def does_not_apply(title: Text) -> Text:
    return Text(f"{title.zh}：本事项不适用", f"{title.en}: does not apply here")


def excused(title: Text, office: Text, reason: str) -> Text:
    return Text(
        f"{title.zh}：原则上不允许，{office.zh}已批准例外。理由：{reason}",
        f"{title.en}: excused by {office.en}. Reason: {reason}",
    )
