"""Locking forms, and opening them again when a matter is sent back."""

from linli.records.cases.effects.done import Done
from linli.records.evidence import services as evidence
from linli.rules.policy.models import Procedure


def lock_forms(done: Done) -> None:
    for form in done.act.locks:
        evidence.lock_form(subject=done.case.subject, form=form, by=done.by, at=done.at)


def release_forms(done: Done) -> None:
    """Sent back to before a form was locked, the form opens again; the locked version stays as it was."""
    if done.act.kind != "return":
        return
    for form in _locked_ahead(done.procedure, done.state.id):
        evidence.release_form(subject=done.case.subject, form=form, reason=done.reason, by=done.by, at=done.at)


def amend_own_forms(done: Done) -> None:
    for form in done.act.amends:
        evidence.release_form(subject=done.case.subject, form=form, reason=done.reason, by=done.by, at=done.at)


def _locked_ahead(procedure: Procedure, state: str) -> list[str]:
    """Forms locked by acts that can still be taken from here on."""
    ahead, queue = {state}, [state]
    while queue:
        here = queue.pop()
        for act in procedure.acts.values():
            if act.kind == "advance" and here in act.from_states and act.to != "same" and act.to not in ahead:
                ahead.add(act.to)
                queue.append(act.to)
    acts = [act for act in procedure.acts.values() if act.kind == "advance" and ahead & set(act.from_states)]
    return list(dict.fromkeys(form for act in acts for form in act.locks))
