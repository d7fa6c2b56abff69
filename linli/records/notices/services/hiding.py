"""Keeping the words of an objection from the public, for privacy alone: asked by one, approved by another."""

from datetime import datetime

from django.db import transaction

from linli.records.evidence.forms.characters import clean
from linli.records.notices import events
from linli.records.notices.models import Hiding, Objection
from linli.records.notices.services.filing import filled, locked, seal
from linli.records.people.models import Person
from linli.rules.plain.refusals import NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def ask_to_hide(*, objection: Objection, ground: str, by: Person, at: datetime) -> Hiding:
    """Ask that the words be hidden, on a legal ground. Nothing is hidden until somebody else approves."""
    notice = locked(objection.notice)
    why = filled(clean(ground), "ground", "请写明隐去内容的法律依据。", "Please give the legal ground for hiding it.")
    if Hiding.objects.filter(objection=objection).exists():
        raise Refused(Text("已经申请过，请等待另一位负责人核准。", "This has been asked for; another person has to approve it."))
    hiding = Hiding.objects.create(objection=objection, ground=why, asked_by=by, asked_at=at)
    seal(events.HidingAsked(notice=notice.pk, number=objection.number, ground=why), notice, by=by, at=at)
    return hiding


@transaction.atomic
def approve_hiding(*, objection: Objection, by: Person, at: datetime) -> Hiding:
    """Approve as the second person. A stub with the ground stays; the objection still counts and still needs an answer."""
    notice = locked(objection.notice)
    hiding = Hiding.objects.select_for_update().filter(objection=objection).first()
    if hiding is None:
        raise NotFound
    if hiding.approved_at is not None:
        return hiding
    if by.pk == hiding.asked_by_id:
        raise NotAllowed(Text("申请人不能自己核准，请由另一位负责人核准。", "Who asks does not approve; another person does."))
    hiding.approved_by, hiding.approved_at = by, at
    hiding.save(update_fields=["approved_by", "approved_at"])
    seal(events.ObjectionHidden(notice=notice.pk, number=objection.number, ground=hiding.ground), notice, by=by, at=at)
    return hiding
