"""A decision as plain data to be sealed: what was read, what was found, by which edition of the rules."""

from collections.abc import Iterator
from typing import Any

from linli.records.rulebook.plainly import plain_of
from linli.records.rulebook.standing import Standing
from linli.rules.gates.model import Decision, Readings
from linli.rules.policy.models import Check, Procedure
from linli.rules.proof.canonical import digest


def decision_plain(now: Standing, decision: Decision, readings: Readings, *, by: str, office: str) -> dict[str, Any]:
    passage, rules = now.passage, now.rules
    sealed = plain_of(readings)
    sealed["forms"] = _forms(readings, now.procedure)
    sealed["registers"] = _registers(now, readings)
    return {
        "subject": str(passage.subject),
        "place": passage.place_id,
        "state": passage.state,
        "rules": {"pack": passage.pack, "version": rules.version, "digest": rules.digest},
        "by": by,
        "office": office,
        "readings": sealed,
        "decision": plain_of(decision),
    }


def _forms(readings: Readings, procedure: Procedure) -> dict[str, Any]:
    """Of each form its digest and the fields that gates read. The rest may name people and stays where it can be erased."""
    read = set(_form_fields(procedure))
    return {
        form: {
            "digest": digest(plain_of(facts)),
            "fields": {key: plain_of(value) for key, value in facts.items() if (form, key) in read},
        }
        for form, facts in readings.forms.items()
    }


def _registers(now: Standing, readings: Readings) -> dict[str, Any]:
    """Rows of lists that are not public go by the digest of their key: it may be somebody's name."""
    known = now.rules.registers(now.rules_on)
    return {
        name: {
            key if name in known and known[name].public == "public" else digest(plain_of(key)): plain_of(facts)
            for key, facts in rows.items()
        }
        for name, rows in readings.registers.items()
    }


def _form_fields(procedure: Procedure) -> Iterator[tuple[str, str]]:
    conditions = [check for role in procedure.roles.values() for instead in role.instead for check in instead.when]
    for check in [*conditions, *(check for act in procedure.acts.values() for check in act.checks)]:
        for part in every_part(check):
            if part.source == "form" and part.fact:
                yield part.name, part.fact


def every_part(check: Check) -> Iterator[Check]:
    """A check with its conditions and alternatives."""
    yield check
    for part in (*check.when, *check.any_of):
        yield from every_part(part)
