"""Telling the proposer: always on the need's own page, and by phone where one was left."""

import logging
from datetime import datetime

from django.db import transaction

from linli.records.needs.models import Need, Telling
from linli.records.people.phones import mobile_phone
from linli.records.people.sms import SmsFailed, adapter
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

_log = logging.getLogger(__name__)


def tell(need: Need, kind: str, text: Text, *, at: datetime) -> Telling:
    """Keep the message; send it once the act is committed. A message that does not leave stays on the page."""
    telling = Telling.objects.create(need=need, kind=kind, zh=text.zh, en=text.en, at=at)
    phone = _mobile(need)
    if phone:
        transaction.on_commit(lambda: _send(telling, phone, f"【邻里】{need.code}：{text.zh}", at))
    return telling


def _mobile(need: Need) -> str:
    contact = need.contact.open() or (need.person.phone.open() if need.person else "")
    try:
        return mobile_phone(contact) if contact else ""
    except Invalid:
        return ""


def _send(telling: Telling, phone: str, text: str, at: datetime) -> None:
    try:
        adapter().send(phone, text, at)
    except SmsFailed:
        _log.warning("the message of telling %s did not leave", telling.pk)
        return
    Telling.objects.filter(pk=telling.pk).update(by_phone=True)
