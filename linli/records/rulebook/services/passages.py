"""Setting a subject on its way."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from linli.records.places.models import Place
from linli.records.rulebook.bulk import insert_alike
from linli.records.rulebook.edition import edition
from linli.records.rulebook.models import Passage
from linli.records.rulebook.refs import By, ref_of
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.rules import Rules

# From here on it pays to prepare once what the passages of one place share.
_MANY = 50


@transaction.atomic
def open_passage(*, subject: Subject, procedure: str, place: Place, by: By, at: datetime) -> Passage:
    """Begin a procedure in its first state. Raises Refused if the rules of this place and day do not know it.

    A second passage for the same subject is an error of the caller: IntegrityError.
    """
    return open_passages(openings=[(subject, place)], procedure=procedure, by=by, at=at)[0]


@transaction.atomic
def open_passages(*, openings: Iterable[tuple[Subject, Place]], procedure: str, by: By, at: datetime) -> Sequence[Passage]:
    """The same for many subjects at once, for imports: a few queries for all of them."""
    now, who, first = edition(), ref_of(by), {}
    passages = []
    for subject, place in openings:
        if place.pk not in first:
            line = place.ancestor_codes
            rules = now.rules_in(line, day_in_china(at))
            first[place.pk] = _first(rules, rules.pack.id, procedure, place, at)
        passages.append(Passage(subject_kind=subject.kind, subject_id=subject.id, place=place, opened_by=who, **first[place.pk]))
    if len(passages) < _MANY or len(first) > 1:
        return Passage.objects.bulk_create(passages, batch_size=1000)
    insert_alike(passages, ("subject_id",))
    kind, ids = passages[0].subject_kind, [passage.subject_id for passage in passages]
    keys = dict(Passage.objects.filter(subject_kind=kind, subject_id__in=ids).values_list("subject_id", "pk"))
    for passage in passages:
        passage.pk = keys[passage.subject_id]
    return passages


def _first(rules: Rules, pack: str, procedure: str, place: Place, at: datetime) -> dict[str, object]:
    """The columns that all subjects of a place share when they begin."""
    on = day_in_china(at)
    known = rules.procedures(on).get(procedure)
    if known is None:
        raise Refused(Text("这里当时的规定没有这一种办理程序。", "The rules of this place and day know no such procedure."))
    if place.level not in known.at:
        raise Refused(
            Text(f"{quoted(known.title.zh)}不在这一层级办理。", f"{quoted(known.title.en)} is not carried out at this level."),
        )
    stage = known.states[known.starts].stage
    return {
        "procedure": procedure,
        "pack": pack,
        "rules_version": rules.version,
        "rules_digest": rules.digest,
        "state": known.starts,
        "stage": stage,
        "frozen": {stage: {"on": on.isoformat(), "roles": {}, "rules": rules.version, "digest": rules.digest}},
        "opened_at": at,
        "entered_at": at,
    }
