"""Deciding again what was decided: the stored readings through the gate once more. An auditor's question, years later."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from linli.records.evidence.forms.facts import form_facts
from linli.records.evidence.models import Filling
from linli.records.rulebook.edition import rules_of_pack
from linli.records.rulebook.models import DecisionRecord
from linli.records.rulebook.plainly import plain_of
from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Facts, Granted, Readings
from linli.rules.plain.subjects import Subject
from linli.rules.proof.canonical import digest


def decided_again(record: DecisionRecord, forms: Iterable[Facts] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """The decision as it was sealed, and as the gate gives it today from the readings sealed with it: they are equal.

    Of a form the seal holds the fields gates look at and the digest of the rest. The whole form is taken from the papers of the
    subject, or from `forms`, where it has that digest; a form that was changed or erased since reads as not filled in.
    """
    sealed = json.loads(bytes(record.body))
    was, subject = sealed["decision"], record.passage.subject
    kept = {digest(plain_of(facts)): facts for facts in (*forms, *_papers(subject))}
    now = decide(
        rules_of_pack(sealed["rules"]["pack"], record.passage.place),
        was["procedure"],
        was["act"],
        state=sealed["state"],
        actor=Actor(sealed["by"], frozenset({sealed["office"]} - {""})),
        on=date.fromisoformat(was["on"]),
        readings=_readings(sealed["readings"], kept),
    )
    return was, plain_of(now)


def _papers(subject: Subject) -> Iterable[Facts]:
    """Every version of every form about it."""
    return [form_facts(each) for each in Filling.objects.filter(subject_kind=subject.kind, subject_id=subject.id)]


def _readings(sealed: Mapping[str, Any], kept: Mapping[str, Facts]) -> Readings:
    opened = sealed["opened_on"]
    read = {
        "forms": {form: kept.get(part["digest"], part["fields"]) for form, part in sealed["forms"].items()},
        "exceptions": tuple(Granted(**each) for each in sealed["exceptions"]),
        "locked": frozenset(sealed.get("locked", ())),
        "relations": frozenset(sealed["relations"]),
        "did": {act: tuple(persons) for act, persons in sealed["did"].items()},
        "stages": {stage: date.fromisoformat(on) for stage, on in sealed["stages"].items()},
        "frozen_roles": {role: tuple(offices) for role, offices in sealed["frozen_roles"].items()},
        "opened_on": date.fromisoformat(opened) if opened else None,
        "holds": tuple(sealed["holds"]),
        "signed": tuple(sealed["signed"]),
    }
    return Readings(**{**sealed, **read})
