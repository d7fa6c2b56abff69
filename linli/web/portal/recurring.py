"""When something recurs, as a pack says it: every year by a day, after an act, or as often as the place sets."""

from datetime import date

from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Obligation
from linli.rules.policy.reading import Reading
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import value_words

_EVERY = {
    "month": Text("每月", "every month"),
    "quarter": Text("每季度", "every quarter"),
    "half_year": Text("每半年", "every half-year"),
    "year": Text("每年", "every year"),
    "local": Text("多久一次由本地定", "how often is set locally"),
    "as_needed": Text("需要时随时办", "whenever needed"),
}


def when_of(duty: Obligation, rules: Rules, on: date) -> Text:
    """每年 3 月 31 日; 每年 1 次; 多久一次由本地定; “试点”办理“拨付”以后 10 天内."""
    found = _after(duty, rules, on) if duty.after else _by_the_calendar(duty, rules, on)
    way = rules.procedures(on).get(duty.while_procedure)
    if way is None:
        return found
    return Text(f"{quoted(way.title.zh)}办理期间，{found.zh}", f"while {quoted(way.title.en)} runs, {found.en}")


def _by_the_calendar(duty: Obligation, rules: Rules, on: date) -> Text:
    every = _EVERY.get(duty.every, Text("", ""))
    if duty.due:
        day = rules.read(duty.due, on=on)
        return _said(day) if day.state == "known" else Text(f"{every.zh}，哪一天由本地定", f"{every.en}, on a day set locally")
    if duty.times:
        times = rules.read(duty.times, on=on)
        if times.state == "known":
            return Text(f"{every.zh} {times.value} 次", f"{every.en}: {times.value} ×")
        return Text(f"{every.zh}，几次由本地定", f"{every.en}, as many times as set locally")
    return every


def _after(duty: Obligation, rules: Rules, on: date) -> Text:
    assert duty.after is not None
    way = rules.procedures(on).get(duty.after[0])
    act = way.acts.get(duty.after[1]) if way else None
    if way is None or act is None:
        return Text("", "")
    zh, en = f"{quoted(way.title.zh)}办理{quoted(act.title.zh)}以后", f"after {quoted(act.title.en)} of {quoted(way.title.en)}"
    if not duty.within:
        return Text(zh, en)
    length = rules.read(duty.within, on=on)
    if length.state != "known":
        return Text(f"{zh}，多长时间内由本地定", f"{en}, within a time set locally")
    return Text(f"{zh} {_said(length).zh}内", f"{en}, within {_said(length).en}")


def _said(reading: Reading) -> Text:
    return value_words(reading.value, reading.unit)
