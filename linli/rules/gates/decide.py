"""May this act be taken, and if not, what is missing? The one question the whole house turns on."""

from datetime import date

from linli.rules.gates.checks import findings_of, truth
from linli.rules.gates.model import Actor, Decision, Finding, Readings
from linli.rules.gates.roles import offices_for, who_findings
from linli.rules.gates.scene import Scene
from linli.rules.gates.sheets import form_finding
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Act
from linli.rules.policy.rules import Rules

DONE = "done"
# Sending something back must stay possible while somebody has stopped it.
_ALLOWED_ON_HOLD = frozenset({"return", "refuse", "withdraw"})


def decide(rules: Rules, procedure: str, act: str, *, state: str, actor: Actor, on: date, readings: Readings) -> Decision:
    """Judge one act by the rules of the stage it starts in, as they stood on that stage's first day.

    Everything that stands in the way is found at once, each finding with its clause and what would make it pass.
    KeyError if the pack has no such procedure or state.
    """
    rules_on = _rule_day(rules, procedure, state, on, readings)
    composed = rules.procedure(procedure, rules_on)
    if act not in composed.acts:
        return _no_such_act(procedure, act, rules_on, on)
    the_act = composed.acts[act]
    scene = Scene(rules, composed, readings, actor, on, rules_on)
    if state not in the_act.from_states:
        return _decision(scene, the_act, [_wrong_state(scene, the_act, state)])
    if done_before(the_act, readings):
        return _decision(scene, the_act, [_done(the_act)])
    scene.offices, questions = offices_for(the_act, scene)
    findings = [*questions, *who_findings(the_act, scene), *_holds(the_act, readings)]
    findings += _forms_to_fill(the_act, scene)
    for check in the_act.checks:
        findings += findings_of(check, scene)
    return _decision(scene, the_act, findings)


def _rule_day(rules: Rules, procedure: str, state: str, on: date, readings: Readings) -> date:
    stage = rules.procedure(procedure, on).states[state].stage
    return readings.stages.get(stage, on)


def _decision(scene: Scene, act: Act, findings: list[Finding]) -> Decision:
    passes = all(finding.passes for finding in findings)
    return Decision(
        scene.procedure.id,
        act.id,
        "open" if passes else "refused",
        tuple(findings),
        tuple(scene.trace),
        scene.rules_on,
        scene.on,
        scene.offices,
        act.clause,
    )


def _no_such_act(procedure: str, act: str, rules_on: date, on: date) -> Decision:
    text = Text("当时的规定里没有这一步。", "The rules of that day know no such step.")
    return Decision(procedure, act, "unknown_act", (Finding("act", "refused", "open", text),), (), rules_on, on)


def _wrong_state(scene: Scene, act: Act, state: str) -> Finding:
    states = scene.procedure.states
    now = states[state].title
    before = Text(
        "、".join(states[each].title.zh for each in act.from_states if each in states),
        ", ".join(states[each].title.en for each in act.from_states if each in states),
    )
    text = Text(
        f"现在是{quoted(now.zh)}，这一步要在{quoted(before.zh)}时办",
        f"It stands at {quoted(now.en)}; this step is taken at {quoted(before.en)}",
    )
    mend = Text("请先办完前面的步骤。", "Take the steps before it first.")
    return Finding("state", "refused", act.clause[0] if act.clause else "open", text, mend)


def done_before(act: Act, readings: Readings) -> bool:
    """Taken once, what leads nowhere else and locks its forms is over for as long as they stay locked."""
    return act.to == "same" and bool(act.locks) and act.id in readings.did and readings.locked.issuperset(act.locks)


def _done(act: Act) -> Finding:
    text = Text("这一步已经办过，表单已经锁定。", "This step has been taken; its form is locked.")
    mend = Text("不用再办；内容有误，请申请变更。", "There is nothing more to do; if something is wrong, ask for a change.")
    return Finding(DONE, "refused", act.clause[0] if act.clause else "open", text, mend)


def _holds(act: Act, readings: Readings) -> list[Finding]:
    if act.kind in _ALLOWED_ON_HOLD:
        return []
    return [
        Finding(
            "hold",
            "refused",
            "open",
            Text(f"已被叫停：{title}", f"Stopped: {title}"),
            Text("答复并解除叫停后再办。", "Answer it and have it released first."),
        )
        for title in readings.holds
    ]


def _forms_to_fill(act: Act, scene: Scene) -> list[Finding]:
    """Forms an act fills must be complete, unless one of its checks asks for them already."""
    asked = {check.name for check in act.checks if check.source == "form" and not check.fact}
    clause = act.clause[0] if act.clause else "open"
    return [form_finding(form, scene, truth, key=form, clause=clause) for form in act.fills if form not in asked]
