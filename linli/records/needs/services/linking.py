"""Needs and the matters that take them up; what becomes of a matter is told to everybody who asked for it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.records.needs import events, gate
from linli.records.needs.models import Link, Need
from linli.records.needs.permissions import LINK
from linli.records.needs.services.common import filled, lock_need, seal
from linli.records.needs.telling import tell
from linli.records.people.models import Person
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, both


@transaction.atomic
def link_need(*, need: Need, subject: Subject, by: Person, at: datetime) -> Link:
    """Note that a matter answers this need, whatever state the need is in. Linking twice is one link. Raises NotAllowed."""
    need = lock_need(need, by=by, at=at, may=LINK)
    if need.withdrawn_at is not None:
        raise Refused(Text("这条需求已经撤回。", "This need has been taken back."))
    link, new = Link.objects.get_or_create(
        need=need, subject_kind=subject.kind, subject_id=subject.id, ended_at=None, defaults={"at": at, "by": by}
    )
    if new:
        seal(events.NeedLinked(by_subject=str(subject)), need, by=by, at=at)
    return link


@transaction.atomic
def adopt_need(*, need: Need, subject: Subject, by: Person, at: datetime) -> Link:
    """Link a need and move it into the project by its own gate; one already in a project is only linked.

    Raises Refused with what is missing (it was never verified, for one).
    """
    link = link_need(need=need, subject=subject, by=by, at=at)
    need = link.need
    if _in_a_project(need):
        return link
    gate.take(need, gate.ADOPT, by=by, at=at)
    tell(need, "adopted", Text("您的需求已纳入项目，进展会在这里告诉您。", "Your need has been taken into a project."), at=at)
    return link


@transaction.atomic
def release_need(*, need: Need, subject: Subject, reason: str | Text, by: Person, at: datetime) -> Link:
    """The matter lets the need go; with no other matter holding it, it goes back to be dealt with. Raises NotFound, Refused."""
    need = lock_need(need, by=by, at=at, may=LINK)
    link = _links(subject).filter(need=need).first()
    if link is None:
        raise NotFound
    link.ended_at, link.ended_reason = at, filled(both(reason).zh, "reason", "请写明理由。", "Give the reason.")
    link.save(update_fields=["ended_at", "ended_reason"])
    seal(events.NeedUnlinked(by_subject=str(subject), reason=link.ended_reason), need, by=by, at=at)
    if not need.links.filter(ended_at__isnull=True).exists() and _in_a_project(need):
        gate.take(need, gate.RELEASE, by=by, at=at, note=link.ended_reason)
        told = Text(
            f"项目没有办成，您的需求会继续处理：{link.ended_reason}",
            f"The project ended; your need stays open: {both(reason).en.strip()}",
        )
        tell(need, "released", told, at=at)
    return link


@transaction.atomic
def tell_linked(*, subject: Subject, text: Text, at: datetime, kind: str = "progress") -> int:
    """Tell everybody whose need this matter answers; how many needs."""
    needs = [link.need for link in _links(subject).select_related("need__person", "need__place")]
    for need in needs:
        tell(need, kind, text, at=at)
    return len(needs)


def _links(subject: Subject) -> "QuerySet[Link]":
    return Link.objects.filter(subject_kind=subject.kind, subject_id=subject.id, ended_at__isnull=True).select_related("need")


def _in_a_project(need: Need) -> bool:
    """Whether the need stands where a release would take it from."""
    return gate.can_begin(need, gate.RELEASE)
