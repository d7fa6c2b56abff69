"""Who pays what for a matter: every grant the rules know for it, with the arithmetic, and none paid beside one it excludes."""

from dataclasses import dataclass, replace
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.readings import readings_of
from linli.records.rulebook.selectors import standing
from linli.rules.gates.checks import findings_of
from linli.rules.gates.decide import done_before
from linli.rules.gates.model import Actor, Finding, Plain, Readings
from linli.rules.gates.scene import Scene
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Form, Grant, Procedure
from linli.rules.policy.reading import Reading


@dataclass(frozen=True)
class Evaluated:
    """`state`: due (every condition holds), waits (something is not there yet), no (a condition does not hold), awarded."""

    grant: Grant
    amount: Reading
    findings: tuple[Finding, ...]
    state: str

    @property
    def due(self) -> bool:
        return self.state == "due"


def grants_for(case: Case, at: datetime) -> list[Evaluated]:
    """Every grant of the rules for matters of this procedure, judged on what is on the table now. [] where there is none."""
    now, on = standing(case.subject), day_in_china(at)
    known = [each for each in now.rules.grants(now.rules_on).values() if each.procedure == case.procedure]
    if not known:
        return []
    readings = now.complete(readings_of(case, None, at), "", on)
    scene = Scene(now.rules, now.procedure, readings, Actor(""), on, now.rules_on)
    first = {each.id: _evaluated(each, scene, now.rules.read(each.amount, on=now.rules_on)) for each in known}
    return [_taken(_beside(one, first), readings, now.procedure) for one in first.values()]


def grant_draft(case: Case, form: Form, at: datetime) -> dict[str, Plain]:
    """The amount of the grant that is due, for the form of the act that awards it; {} while none is, or two are."""
    if not any(field.type == "money" for field in form.fields.values()):
        return {}
    acts = standing(case.subject).procedure.acts
    awards = {act.id for act in acts.values() if form.id in act.fills}
    due = [one for one in grants_for(case, at) if one.grant.after in awards and one.due and isinstance(one.amount.value, int)]
    if len(due) != 1:
        return {}
    key = next(field.key for field in form.fields.values() if field.type == "money")
    return {key: due[0].amount.value}  # type: ignore[dict-item]


def _evaluated(grant: Grant, scene: Scene, amount: Reading) -> Evaluated:
    findings = tuple(finding for check in grant.when for finding in findings_of(check, scene))
    outcomes = {finding.outcome for finding in findings if not finding.passes}
    state = "due" if not outcomes else "no" if "refused" in outcomes else "waits"
    if state == "due" and amount.state != "known":
        state = "waits"
    return Evaluated(grant, amount, findings, state)


def _beside(one: Evaluated, all_: dict[str, Evaluated]) -> Evaluated:
    """Two that exclude each other are never both due; where the rules make both due a person must look."""
    if not any(each.due and _exclude(one.grant, each.grant) for each in all_.values()):
        return one
    return replace(one, state="waits" if one.due else "no")


def _taken(one: Evaluated, readings: Readings, procedure: Procedure) -> Evaluated:
    """What is due and was awarded already is not due again."""
    act = procedure.acts.get(one.grant.after)
    return replace(one, state="awarded") if one.due and act is not None and done_before(act, readings) else one


def _exclude(one: Grant, other: Grant) -> bool:
    return other.id in one.exclusive or one.id in other.exclusive
