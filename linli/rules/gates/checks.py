"""The answer to one check: read, compare, say it. An unknown is never taken for a no, nor an unset value for a zero."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from linli.rules.gates import wording
from linli.rules.gates.excuses import excuse
from linli.rules.gates.model import Facts, Finding, Plain
from linli.rules.gates.operands import NotKnown, Unset, held
from linli.rules.gates.publicity import publicity_findings
from linli.rules.gates.scene import Scene
from linli.rules.gates.sheets import checklist_findings, form_finding
from linli.rules.gates.values import Comparable, NotComparable, days_served, holds, matching
from linli.rules.plain.days import DayKind, Period
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.codes import code_title
from linli.rules.policy.models import Check, ExceptionRule, Value
from linli.rules.policy.reading import Reading

# What was read: ("known", value), ("empty", None) = surely not there, ("unknown", None) = nobody has said.
Read = tuple[str, Plain]
UNKNOWN: Read = ("unknown", None)
EMPTY: Read = ("empty", None)


def findings_of(check: Check, scene: Scene) -> list[Finding]:
    """Usually one finding; a checklist gives one per item that fails, publicity one per thing it demands."""
    blocked = _condition(check, scene)
    if blocked is not None:
        return [blocked]
    if check.any_of:
        return [_any_of(check, scene)]
    if check.source == "publicity":
        return publicity_findings(check, scene)
    if check.source == "checklist" and check.operator == "is_there":
        return checklist_findings(check, scene)
    if check.source == "form" and not check.fact:
        return [form_finding(check.name, scene, truth, key=check.key, clause=check.clause)]
    return [_plain_finding(check, scene)]


def truth(check: Check, scene: Scene) -> bool | None:
    """A condition's answer: yes, no, or None for not known. Exceptions never bend a condition."""
    if check.any_of or check.when or check.source in ("publicity", "checklist") or (check.source == "form" and not check.fact):
        outcomes = {finding.outcome for finding in findings_of(check, scene)}
        if outcomes & {"unknown", "unset"}:
            return None
        return not outcomes & {"missing", "refused", "excused"}
    state, value = read(check, scene)
    if check.operator in _PRESENCE:
        return (state == "known" and value is not False) is not _wants_absence(check)
    if state == "empty":
        return False
    if state == "unknown":
        return None
    try:
        limit, _ = held(check.operand, scene, check.as_of)
    except NotKnown:
        return None
    except Unset as nothing:
        return True if nothing.passes(scene) else None
    return measure(check, scene, value, limit).passes


def _condition(check: Check, scene: Scene) -> Finding | None:
    answers = [(part, truth(part, scene)) for part in check.when]
    if any(answer is False for _, answer in answers):
        return Finding(check.key, "skipped", check.clause, wording.does_not_apply(scene.title_of(check)))
    for part, answer in answers:
        if answer is None:
            return _answer_first(check, scene.title_of(part), scene)
    return None


def _any_of(check: Check, scene: Scene) -> Finding:
    options = [finding for part in check.any_of for finding in findings_of(part, scene)]
    for finding in options:
        if finding.outcome in ("ok", "excused", "waived"):
            return replace(finding, key=check.key, clause=check.clause)
    text = Text(
        "以下有一项即可：" + "；".join(f.text.zh for f in options),
        "One of these is enough: " + "; ".join(f.text.en for f in options),
    )
    # What nobody has said or set may still be the one that is enough: that is no no.
    for finding in options:
        if finding.outcome in ("unknown", "unset"):
            return replace(finding, key=check.key, clause=check.clause, text=text)
    return Finding(check.key, "missing", check.clause, text, turn=scene.offices)


def _plain_finding(check: Check, scene: Scene) -> Finding:
    title = scene.title_of(check)
    state, value = read(check, scene)
    slot = check.name if check.source == "evidence" else ""
    if _wants_absence(check):
        return _absence(check, title, state, slot, scene)
    if state == "empty":
        # What is not there at all is asked for whole, not fact by fact.
        return _missing(check, scene.slot_title(check.name) if slot else title, scene, slot)
    if check.operator in _PRESENCE:
        if state == "unknown":
            return _missing(check, title, scene, slot)
        if check.operator == "is_there" and value is False:
            return _missing(check, title, scene, slot)
        return Finding(check.key, "ok", check.clause, wording.there(title), slot=slot)
    if state == "unknown":
        return _answer_first(check, title, scene)
    try:
        limit, reading = held(check.operand, scene, check.as_of)
    except Unset as nothing:
        return nothing.finding(check, scene, slot)
    except NotKnown as question:
        return _answer_first(check, question.title, scene)
    return _judged(check, scene, title, value, limit, reading, slot)


_PRESENCE = ("is_there", "filled", "listed")


def _wants_absence(check: Check) -> bool:
    """`listed: false`, `filled: false`: it must not be there."""
    return check.operator in _PRESENCE and check.operand.kind == "literal" and check.operand.literal is False


def _absence(check: Check, title: Text, state: str, slot: str, scene: Scene) -> Finding:
    if state != "known":
        return Finding(check.key, "ok", check.clause, Text(f"没有：{title.zh}", f"Not there: {title.en}"), slot=slot)
    text = Text(f"不应有：{title.zh}", f"Must not be there: {title.en}")
    finding = Finding(check.key, "refused", check.clause, text, None, scene.offices, slot)
    return excuse(finding, check.exception, scene, title=title, value=None)


@dataclass(frozen=True, slots=True)
class Measured:
    """A comparison made: whether it holds, and both sides as numbers, days or codes."""

    passes: bool
    left: Comparable | frozenset[str]
    right: Comparable | frozenset[str]
    counted_in: DayKind | None = None


def measure(check: Check, scene: Scene, value: Plain, limit: Value | frozenset[str]) -> Measured:
    if isinstance(limit, frozenset):
        values = frozenset(str(item) for item in value) if isinstance(value, list) else frozenset({str(value)})
        return Measured(_AMONG[check.operator](values, limit), values, limit)
    if isinstance(limit, Period):
        served = days_served(value, scene.on, scene.rules.calendar, limit.kind)
        return Measured(holds(check.operator, served, limit.count), served, limit.count, limit.kind)
    left, right = matching(value, limit, scene.year)
    return Measured(holds(check.operator, left, right), left, right)


# An empty answer is inside nothing: "in" over no values is not a yes.
_AMONG: dict[str, Callable[[frozenset[str], frozenset[str]], bool]] = {
    "in": lambda values, codes: bool(values) and values <= codes,
    "not_in": lambda values, codes: not values & codes,
    "includes": lambda values, codes: codes <= values,
    "equals": lambda values, codes: values == codes,
}


def _judged(
    check: Check, scene: Scene, title: Text, value: Plain, limit: Value | frozenset[str], reading: Reading | None, slot: str
) -> Finding:
    found = measure(check, scene, value, limit)
    unit = reading.unit if reading else scene.fact_type(check)
    shown, bound = (_side(side, check, scene, unit, found.counted_in) for side in (found.left, found.right))
    days = isinstance(found.right, date)
    text = wording.held_against(title, check.operator, shown, bound, days=days)
    clause = _clause(check, reading)
    if found.passes:
        return Finding(check.key, "ok", clause, text, slot=slot, parameter=reading)
    mend = wording.bring_to(title, check.operator, bound, days=days)
    sum_ = wording.arithmetic(check.operator, shown, bound)
    finding = Finding(check.key, "refused", clause, text, mend, scene.offices, slot, sum_, reading)
    amount = found.left if isinstance(found.left, int) and not isinstance(found.left, bool) else None
    return excuse(finding, _exception(check, scene, reading), scene, title=title, value=amount, unit=unit)


def _side(side: Comparable | frozenset[str], check: Check, scene: Scene, unit: str, counted_in: DayKind | None) -> Text:
    if isinstance(side, frozenset | str):
        codes = sorted(side) if isinstance(side, frozenset) else [side]
        return listed([code_title(code, check, scene.procedure, scene.rules, scene.rules_on) for code in codes])
    if counted_in is not None and isinstance(side, int):
        return wording.value_text(Period(side, counted_in))
    return wording.value_text(side, unit)


def _exception(check: Check, scene: Scene, reading: Reading | None) -> ExceptionRule | None:
    if check.exception is not None or reading is None:
        return check.exception
    return scene.rules.parameter(reading.parameter, scene.rules_on).exception


def _clause(check: Check, reading: Reading | None) -> str:
    """The check's own clause; where it names none of its own, that of the value it was held against."""
    if reading is not None and check.clause == "open" and reading.clause:
        return reading.clause
    return check.clause


def _missing(check: Check, title: Text, scene: Scene, slot: str) -> Finding:
    return Finding(check.key, "missing", check.clause, wording.missing(title), wording.supply(title), scene.offices, slot)


def _answer_first(check: Check, title: Text, scene: Scene) -> Finding:
    text = Text(f"还不知道：{title.zh}", f"Not known yet: {title.en}")
    return Finding(check.key, "unknown", check.clause, text, wording.answer_first(title), scene.offices)


def read(check: Check, scene: Scene) -> Read:
    """What the record says, told apart: known, surely empty, not known."""
    match check.source:
        case "fact":
            return _fact(check.fact or check.name, scene)
        case "evidence":
            return _from(_evidence(check, scene), check.fact)
        case "form":
            return _from(scene.readings.forms.get(check.name), check.fact)
        case "register":
            return _register(check, scene)
        case "body":
            return _from(scene.readings.bodies.get(check.name), check.fact)
        case "checklist":
            return _from(scene.readings.checklists.get(check.name), check.fact)
        case _:
            raise NotComparable(f"{check.source} is not read alone")


def _fact(name: str, scene: Scene) -> Read:
    if name == "act.on":
        return ("known", scene.on.isoformat())
    value = scene.readings.facts.get(name)
    return UNKNOWN if value is None else ("known", value)


def _from(facts: Facts | None, name: str) -> Read:
    if facts is None:
        return EMPTY
    if not name:
        return ("known", True)
    value = facts.get(name)
    return UNKNOWN if value in (None, "", []) else ("known", value)


def _evidence(check: Check, scene: Scene) -> Facts | None:
    if check.of is None:
        return scene.readings.evidence.get(check.name)
    place = f"{check.of.level or 'here'}/{check.of.year}"
    return scene.readings.place_year.get(place, {}).get(check.name)


def _register(check: Check, scene: Scene) -> Read:
    rows = scene.readings.registers.get(check.name, {})
    if not check.row_key and check.name in scene.readings.totals:
        return _from(scene.readings.totals[check.name], check.fact or "rows")
    if not check.row_key:
        return ("known", len(rows)) if rows or check.fact == "rows" else EMPTY
    key = _row_key(check.row_key, scene)
    if key is None:
        return UNKNOWN
    row = rows.get(key)
    # A list that does not name a thing says no about it; that is known.
    return EMPTY if row is None else _from(row, check.fact)


def _row_key(name: str, scene: Scene) -> str | None:
    if name.startswith("form."):
        _, form, field = name.split(".", 2)
        value = scene.readings.forms.get(form, {}).get(field)
    else:
        value = scene.readings.facts.get(name)
    return value if isinstance(value, str) else None
