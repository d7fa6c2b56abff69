"""Taking an act: lock, decide, seal the decision, move."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.rulebook.edition import rules_of_pack
from linli.records.rulebook.models import DecisionRecord, Passage, Signature, Step
from linli.records.rulebook.refs import ref_of
from linli.records.rulebook.roles import known_roles
from linli.records.rulebook.sealing import decision_plain
from linli.records.rulebook.selectors.acts import judge
from linli.records.rulebook.standing import Standing, standing_of
from linli.rules.gates.model import Actor, Decision, Readings
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Act, Procedure
from linli.rules.policy.rules import Rules
from linli.rules.proof.canonical import canonical


@dataclass(frozen=True)
class Moved:
    """What taking an act did. `procedure` and `act` are those it was judged by; `step.moved` is false for one of
    several signatures. `left` is the state it left ("" if it stayed)."""

    step: Step
    passage: Passage
    decision: Decision
    procedure: Procedure
    act: Act
    left: str


def lock(subject: Subject) -> Passage:
    """The passage, locked until the transaction ends: readings gathered after this cannot be overtaken."""
    try:
        found = Passage.objects.select_for_update(of=("self",)).select_related("place")
        return found.get(subject_kind=subject.kind, subject_id=subject.id)
    except Passage.DoesNotExist as error:
        raise NotFound from error


@transaction.atomic
def take(*, subject: Subject, act: str, by: Person | None, at: datetime, readings: Readings, note: str = "") -> Step:
    """Take an act. Raises Refused with every finding of the gate, and then nothing has changed; NotFound."""
    return move(subject=subject, act=act, by=by, at=at, readings=readings, note=note).step


@transaction.atomic
def move(*, subject: Subject, act: str, by: Person | None, at: datetime, readings: Readings, note: str = "") -> Moved:
    """`take`, with everything that the apps above need to carry out what follows from it."""
    passage = lock(subject)
    now, on = standing_of(passage), day_in_china(at)
    actor = actor_for(by, passage.place, on)
    decision = judge(now, act, actor=actor, on=on, readings=readings)
    completed = now.complete(readings, act, on)
    if _others_must_sign(now, act, decision):
        return _sign(now, act, actor, decision, completed, by=by, at=at, note=note)
    if not decision.open:
        raise refusal(now.procedure, act, decision)
    return _move(now, act, actor, decision, completed, by=by, at=at, note=note)


def refusal(procedure: Procedure, act: str, decision: Decision) -> Refused:
    """One sentence and every finding that stands in the way."""
    known = procedure.acts.get(act)
    title = known.title if known else Text(act, act)
    theirs = next((one for one in decision.against if one.key == "by" and one.outcome == "refused"), None)
    count = len([one for one in decision.against if theirs is None or one.key not in ("by", "apart_from")])
    if theirs is not None:
        return Refused(_not_yours(title, theirs.text, count), reasons=decision.against)
    text = Text(
        f"还不能{quoted(title.zh)}：有 {count} 项要先办好。", f"{quoted(title.en)} is not possible yet: {count} to settle first."
    )
    return Refused(text, reasons=decision.against)


def _not_yours(title: Text, whose: Text, count: int) -> Text:
    """Whose turn it is comes first; what else is lacking is theirs to settle."""
    zh, en = (f"；还有 {count} 项要先办好", f"; {count} to settle first") if count else ("", "")
    return Text(f"您不能{quoted(title.zh)}：{whose.zh}{zh}。", f"You cannot take {quoted(title.en)}: {whose.en}{en}.")


def _others_must_sign(now: Standing, act: str, decision: Decision) -> bool:
    """A joint act that is ready but for more signatures; who holds two of the offices still signs for one."""
    if [(finding.key, finding.outcome) for finding in decision.against] == [("by", "missing")]:
        return True
    signed = {each.office for each in now.signed(act)}
    return decision.open and now.procedure.acts[act].jointly and len(set(decision.offices) - signed) > 1


def _sign(
    now: Standing, act: str, actor: Actor, decision: Decision, readings: Readings, *, by: Person | None, at: datetime, note: str
) -> Moved:
    office = _office_to_sign(now, act, actor, decision)
    passage = now.passage
    step = _write(now, act, decision, readings, "signed", to=passage.state, office=office, by=by, at=at, note=note)
    _signature(now, step, office)
    Passage.objects.filter(pk=passage.pk).update(taken=step.number)
    passage.taken = step.number
    return Moved(step, passage, decision, now.procedure, now.procedure.acts[act], "")


def _office_to_sign(now: Standing, act: str, actor: Actor, decision: Decision) -> str:
    """The office this person signs for; one person never signs for two. Raises Refused."""
    signed = now.signed(act)
    if any(each.person == actor.person for each in signed):
        raise Refused(
            Text("您已经签署过这一步，一个人不能替两个单位签署。", "You have signed this already; nobody signs for two offices."),
            reasons=decision.against,
        )
    taken = {each.office for each in signed}
    free = [office for office in decision.offices if office in actor.offices and office not in taken]
    if not free:
        raise Refused(Text("您的单位已经签署过这一步。", "Your office has signed this already."), reasons=decision.against)
    return free[0]


def _signature(now: Standing, step: Step, office: str) -> None:
    moves = sum(each.moved for each in now.steps)
    Signature.objects.create(passage=now.passage, act=step.act, round=moves, office=office, person=step.by, step=step, at=step.at)


def _move(
    now: Standing, act: str, actor: Actor, decision: Decision, readings: Readings, *, by: Person | None, at: datetime, note: str
) -> Moved:
    passage, procedure = now.passage, now.procedure
    the_act = procedure.acts[act]
    office = _office_acting(now, the_act, actor, decision)
    left = passage.state
    to = left if the_act.to == "same" else the_act.to
    step = _write(now, act, decision, readings, "open", to=to, office=office, by=by, at=at, note=note)
    if the_act.jointly:
        _signature(now, step, office)
    _freeze(now, readings, to, day_in_china(at))
    passage.taken = step.number
    if to != left:
        _enter(passage, procedure, to, at)
    passage.save()
    return Moved(step, passage, decision, procedure, the_act, left if to != left else "")


def _office_acting(now: Standing, act: Act, actor: Actor, decision: Decision) -> str:
    if act.jointly:
        return _office_to_sign(now, act.id, actor, decision)
    return next((office for office in decision.offices if office in actor.offices), "")


def _freeze(now: Standing, readings: Readings, to: str, on: date) -> None:
    """Fix the roles of the stage that was acted in, and begin the stage entered by the rules of this day."""
    passage, procedure = now.passage, now.procedure
    here = passage.frozen[passage.stage]
    here["roles"] = {**known_roles(now.rules, procedure, readings, on, now.rules_on), **here["roles"]}
    if procedure.states[to].stage == passage.stage:
        return
    rules = _edition_for(now, to, on)
    entered = rules.procedure(passage.procedure, on)
    stage = (entered if to in entered.states else procedure).states[to].stage
    if stage in passage.frozen:
        return
    roles = known_roles(rules, entered, replace(readings, frozen_roles={}), on, on)
    passage.frozen[stage] = {"on": on.isoformat(), "roles": roles, "rules": rules.version, "digest": rules.digest}


def _edition_for(now: Standing, to: str, on: date) -> Rules:
    """A new stage goes by the edition adopted by its first day; by its own still where that no longer knows the state."""
    passage = now.passage
    newest = rules_of_pack(passage.pack, passage.place, on=on)
    known = newest.procedures(on).get(passage.procedure)
    return newest if known is not None and to in known.states else now.rules


def _enter(passage: Passage, procedure: Procedure, to: str, at: datetime) -> None:
    state = procedure.states[to]
    passage.state, passage.stage, passage.entered_at = to, state.stage, at
    passage.end = state.end
    passage.ended_at = at if state.end else None


def _write(
    now: Standing,
    act: str,
    decision: Decision,
    readings: Readings,
    verdict: str,
    *,
    to: str,
    office: str,
    by: Person | None,
    at: datetime,
    note: str,
) -> Step:
    passage, rules = now.passage, now.rules
    body = canonical(decision_plain(now, decision, readings, by=ref_of(by), office=office))
    record = DecisionRecord.objects.create(
        passage=passage,
        act=act,
        verdict=verdict,
        body=body,
        digest=sha256(body).hexdigest(),
        rules_version=rules.version,
        rules_digest=rules.digest,
        rules_on=decision.rules_on or decision.on,
        by=ref_of(by),
        at=at,
    )
    return Step.objects.create(
        passage=passage,
        number=passage.taken + 1,
        act=act,
        from_state=passage.state,
        to_state=to,
        moved=verdict == "open",
        by=ref_of(by),
        office=office,
        at=at,
        note=note,
        decision=record,
    )
