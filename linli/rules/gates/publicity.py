"""公示: whether this link must be publicised, whether the notice hung long enough, whether objections are answered.

Two parameters carry it, by their names in every pack: `publicity_required` (a flag per link) and `notice_days`.
"""

from dataclasses import replace

from linli.rules.gates import wording
from linli.rules.gates.model import Facts, Finding
from linli.rules.gates.operands import Unset
from linli.rules.gates.scene import Scene
from linli.rules.gates.values import days_served
from linli.rules.plain.days import Period
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
    mend = Text(
        "公示期满后再办；起始当天不算，按整天计。", "Wait until the notice has run its whole days; the first day does not count."
    )
    return Finding(
        key, "refused", required.clause, text, mend, (), slot, wording.arithmetic("at_least", now, due), parameter=days
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
    return [Finding(f"{key}.objections", "refused", required.clause, text, mend, scene.offices, slot)]


def _named(finding: Finding, key: str) -> Finding:
    return replace(finding, key=key)
