"""公示: whether this link must be publicised, whether the notice hung long enough, whether objections are answered.

Two parameters carry it, by their names in every pack: `publicity_required` (a flag per link) and `notice_days`.
"""

from dataclasses import replace
from datetime import date

from linli.rules.gates import wording
from linli.rules.gates.model import Facts, Finding, Plain
from linli.rules.gates.operands import Unset
from linli.rules.gates.scene import Scene
from linli.rules.gates.values import day, days_served
from linli.rules.plain.days import Period, day_words
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Check
from linli.rules.policy.reading import Reading

REQUIRED = "publicity_required"
DAYS = "notice_days"


def publicity_findings(check: Check, scene: Scene) -> list[Finding]:
    title = scene.title_of(check)
    key, slot = f"publicity.{check.name}", f"{check.name}_notice"
    required = scene.read(REQUIRED, key=check.name)
    if required.state != "known":
        return [_named(Unset(required).finding(check, scene, slot), key)]
    if required.value is False:
        return [Finding(key, "waived", required.clause, wording.not_required(title), parameter=required)]
    notice = scene.readings.evidence.get(slot)
    if notice is None:
        mend = Text(f"请发布{quoted(title.zh)}。", f"Publish {quoted(title.en)}.")
        return [Finding(key, "missing", required.clause, wording.missing(title), mend, scene.offices, slot, parameter=required)]
    return [_served(key, title, slot, notice, check, scene, required), *_objections(key, title, slot, notice, scene, required)]


def _served(key: str, title: Text, slot: str, notice: Facts, check: Check, scene: Scene, required: Reading) -> Finding:
    days = scene.read(DAYS, key=check.name)
    if days.state != "known" or not isinstance(days.value, Period):
        return _named(Unset(days).finding(check, scene, slot), key)
    served = days_served(notice.get("shown"), scene.on, scene.rules.calendar, days.value.kind)
    now, due = wording.value_text(Period(served, days.value.kind)), wording.value_text(days.value)
    text = Text(f"{title.zh}：已公示 {now.zh}，要求 {due.zh}", f"{title.en}: shown {now.en} of {due.en}")
    if served >= days.value.count:
        return Finding(key, "ok", required.clause, text, slot=slot, parameter=days)
    last = _last_day(notice.get("shown"), days.value, scene)
    if last is not None:
        return Finding(key, "missing", required.clause, text, _wait_for(last), slot=slot, parameter=days)
    mend = Text(
        f"这次公示没有挂满就撤下了，请重新发布，挂满 {due.zh}。",
        f"This notice came down before its time. Publish it again and let it hang for {due.en}.",
    )
    sum_ = wording.arithmetic("at_least", now, due)
    return Finding(key, "refused", required.clause, text, mend, scene.offices, slot, sum_, parameter=days)


def _last_day(shown: Plain, period: Period, scene: Scene) -> date | None:
    """The day at whose end the notice has served; None where it came down before."""
    first, until = shown if isinstance(shown, list) else (None, None)
    last = scene.rules.calendar.after(day(first), period)
    return last if until is None or day(until) >= last else None


def _wait_for(last: date) -> Text:
    said = day_words(last)
    return Text(
        f"公示到{said.zh} 24:00 满期，第二天起就能办；起始当天不算，只算整天。",
        f"The notice has served at the end of {said.en}; the day after, this can be done. The first day does not count.",
    )


def _objections(key: str, title: Text, slot: str, notice: Facts, scene: Scene, required: Reading) -> list[Finding]:
    still = notice.get("objections_open")
    if still == 0:
        return []
    if not isinstance(still, int):
        text = Text("还不知道有没有未答复的异议", "Not known whether objections are open")
        return [Finding(f"{key}.objections", "unknown", required.clause, text, turn=scene.offices, slot=slot)]
    text = Text(
        f"{title.zh}：还有 {still} 条异议没有答复",
        f"{title.en}: {still} objection{'s are' if still != 1 else ' is'} not answered yet",
    )
    mend = Text("请逐条答复异议并写明理由；异议不能删除。", "Answer each objection with a reason; objections cannot be deleted.")
    return [Finding(f"{key}.objections", "missing", required.clause, text, mend, scene.offices, slot)]


def _named(finding: Finding, key: str) -> Finding:
    return replace(finding, key=key)
