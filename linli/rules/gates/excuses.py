"""原则上: when a rule may be excused, and whether this exception really covers this case."""

from linli.rules.gates.model import Finding, Granted
from linli.rules.gates.scene import Scene
from linli.rules.gates.wording import excused, value_text
from linli.rules.plain.texts import Text
from linli.rules.policy.models import ExceptionRule


def excuse(
    finding: Finding, rule: ExceptionRule | None, scene: Scene, *, title: Text, value: int | None, unit: str = ""
) -> Finding:
    """The finding, excused where a valid exception is on record; otherwise with how one could be asked for."""
    if rule is None:
        return finding
    for granted in scene.readings.exceptions:
        if granted.excuses != finding.key:
            continue
        fault = _fault(granted, rule, scene, value, unit)
        if fault is None:
            text = excused(title, scene.rules.office_title(granted.by), granted.reason)
            return Finding(finding.key, "excused", finding.clause, text, slot=finding.slot, parameter=finding.parameter)
        return _with_mend(finding, fault)
    return _with_mend(finding, _how_to_ask(rule, scene))


def _fault(granted: Granted, rule: ExceptionRule, scene: Scene, value: int | None, unit: str) -> Text | None:
    if granted.by not in rule.by:
        wrong, right = scene.rules.office_title(granted.by), scene.office_titles(rule.by)
        return Text(
            f"已登记的例外由{wrong.zh}批准，应由{right.zh}批准。",
            f"The exception was granted by {wrong.en}; only {right.en} may.",
        )
    if granted.asked_by and granted.asked_by == granted.approved_by:
        return Text("例外的申请人和批准人是同一人，须换人批准。", "Whoever asks for an exception may not grant it.")
    if granted.up_to is not None and value is not None and _beyond(rule, value, granted.up_to):
        limit, now = value_text(granted.up_to, unit), value_text(value, unit)
        least, at_least = ("不少于 ", "not below ") if rule.reaches == "down_to" else ("", "")
        return Text(
            f"例外只批到{least or ' '}{limit.zh}，现在是 {now.zh}，须重新申请。",
            f"The exception reaches {at_least}{limit.en}; it is {now.en} now. Ask again.",
        )
    return None


def _beyond(rule: ExceptionRule, value: int, limit: int) -> bool:
    """A ceiling is passed upwards, a floor downwards; where the rule names no way the amount granted is met exactly or not."""
    if rule.reaches == "up_to":
        return value > limit
    return value < limit if rule.reaches == "down_to" else value != limit


def _how_to_ask(rule: ExceptionRule, scene: Scene) -> Text:
    offices = scene.office_titles(rule.by)
    return Text(
        f"确有必要的，可说明理由报{offices.zh}批准例外。", f"Where it is needed, ask {offices.en} for an exception, with reasons."
    )


def _with_mend(finding: Finding, more: Text) -> Finding:
    mend = Text(f"{finding.mend.zh}{more.zh}", f"{finding.mend.en} {more.en}") if finding.mend else more
    return Finding(
        finding.key,
        finding.outcome,
        finding.clause,
        finding.text,
        mend,
        finding.turn,
        finding.slot,
        finding.arithmetic,
        finding.parameter,
    )
