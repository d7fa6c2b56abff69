"""Needs that are about the same thing stand together. None is merged away: each keeps its asker, its links and its answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.records.needs import events
from linli.records.needs.models import Cluster, Judgement, Need
from linli.records.needs.permissions import HANDLE
from linli.records.needs.services.common import filled, lock_need, seal
from linli.records.people.models import Person
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text


@transaction.atomic
def cluster_needs(*, needs: Sequence[Need], title: str, by: Person, at: datetime, cluster: Cluster | None = None) -> Cluster:
    """Put needs of one place together, in a new cluster or one that is there. Raises Invalid, NotAllowed."""
    locked = [lock_need(need, by=by, at=at, may=HANDLE) for need in sorted(needs, key=lambda need: need.pk)]
    places = {need.place_id for need in locked} | ({cluster.place_id} if cluster else set())
    if len(places) != 1:
        raise Invalid(Text("只能归并同一社区的需求。", "Only needs of one community can stand together."))
    if cluster is None:
        name = filled(title, "title", "请给这一组起个名字。", "Give the group a name.")
        cluster = Cluster.objects.create(place=locked[0].place, title=name, made_at=at, made_by=by)
    for need in locked:
        if need.cluster_id != cluster.pk:
            need.cluster = cluster
            need.save(update_fields=["cluster"])
            seal(events.NeedClustered(cluster=cluster.pk, title=cluster.title), need, by=by, at=at)
    return cluster


@transaction.atomic
def uncluster_need(*, need: Need, reason: str, by: Person, at: datetime) -> Need:
    """Take one need out of its cluster again. Raises Invalid, NotAllowed."""
    need = lock_need(need, by=by, at=at, may=HANDLE)
    why = filled(reason, "reason", "请写明移出的理由。", "Say why it is taken out.")
    if need.cluster_id is None:
        return need
    left, need.cluster = need.cluster_id, None
    need.save(update_fields=["cluster"])
    seal(events.NeedUnclustered(cluster=left, reason=why), need, by=by, at=at)
    return need


@transaction.atomic
def judge_pair(*, need: Need, other: Need, same: bool, by: Person, at: datetime, reason: str = "") -> Judgement:
    """Say whether two needs that seem alike are about the same thing; if so they stand in one cluster. The last word counts."""
    if need.pk == other.pk:
        raise Invalid(Text("请选择另一条需求。", "Choose another need."))
    first, second = (lock_need(one, by=by, at=at, may=HANDLE) for one in sorted((need, other), key=lambda one: one.pk))
    judgement, _ = Judgement.objects.update_or_create(
        first=first, second=second, defaults={"same": same, "reason": reason.strip(), "at": at, "by": by}
    )
    for one, another in ((first, second), (second, first)):
        seal(events.PairJudged(other=str(another.subject), same=same, reason=reason.strip()), one, by=by, at=at)
    if same:
        _together(first, second, by=by, at=at)
    return judgement


def _together(first: Need, second: Need, *, by: Person, at: datetime) -> None:
    cluster = first.cluster or second.cluster
    together = [first, second]
    if first.cluster and second.cluster and first.cluster_id != second.cluster_id:
        together += list(second.cluster.needs.all())
    cluster_needs(needs=together, title=first.what[:40], by=by, at=at, cluster=cluster)
