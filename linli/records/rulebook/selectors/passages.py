"""Where subjects stand and how they came there."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.records.prepared import Prepared
from linli.records.rulebook.edition import Edition, edition
from linli.records.rulebook.models import PAUSED, DecisionRecord, Hold, Passage, Step
from linli.records.rulebook.standing import Standing, standing_at
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject
from linli.rules.policy.models import Procedure


def passage_of(subject: Subject) -> Passage:
    """The passage of a subject. Raises NotFound."""
    try:
        return Passage.objects.select_related("place").get(subject_kind=subject.kind, subject_id=subject.id)
    except Passage.DoesNotExist as error:
        raise NotFound from error


def passages_of(kind: str, ids: Iterable[str]) -> Mapping[str, Passage]:
    """By subject id; one query. Subjects without a passage are left out."""
    return {passage.subject_id: passage for passage in _OF(kind, list(ids))}


_OF = Prepared(lambda kind, ids: Passage.objects.filter(subject_kind=kind, subject_id__in=ids).select_related("place"))


def running(kind: str, procedure: str = "") -> QuerySet[Passage]:
    """Passages that have not ended."""
    found = Passage.objects.filter(subject_kind=kind, ended_at__isnull=True)
    return found.filter(procedure=procedure) if procedure else found


def paused() -> Q:
    """Passages that another matter has stopped, as a condition."""
    return Q(pk__in=Hold.objects.filter(kind=PAUSED, released_at__isnull=True).values("passage"))


def procedures_of(passages: Iterable[Passage]) -> Mapping[int, Procedure]:
    """By passage id: the procedure each goes by. One query in all; the passages bring their place with them."""
    now = edition()
    return {each.pk: _procedure(now, each) for each in passages}


def _procedure(now: Edition, passage: Passage) -> Procedure:
    stage = passage.frozen[passage.stage]
    rules = now.rules(passage.pack, passage.place.ancestor_codes, digest=stage.get("digest", ""))
    return rules.procedure(passage.procedure, date.fromisoformat(stage["on"]))


def standing(subject: Subject) -> Standing:
    found = standing_at(subject_kind=subject.kind, subject_id=subject.id)
    if found is None:
        raise NotFound
    return found


def procedure_of(subject: Subject) -> Procedure:
    """The procedure by the rules of the stage the subject stands in. Raises NotFound."""
    return standing(subject).procedure


def history(subject: Subject) -> list[Step]:
    """Every act taken, oldest first, each with its decision (without the sealed body)."""
    found = Step.objects.filter(passage__subject_kind=subject.kind, passage__subject_id=subject.id)
    return list(found.select_related("decision").defer("decision__body").order_by("number"))


def decision_body(record: DecisionRecord) -> Any:
    """What was read and found when the act was decided, as it was sealed."""
    return json.loads(bytes(record.body))
