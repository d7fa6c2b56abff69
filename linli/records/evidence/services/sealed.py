"""Reading the sealed fields of a form."""

import json
from datetime import datetime

from django.db import transaction

from linli.records.evidence import events
from linli.records.evidence.models import Filling
from linli.records.evidence.permissions import OPEN_SEALED
from linli.records.evidence.services.recording import seal
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.rules.gates.model import Facts
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text


@transaction.atomic
def open_sealed(*, filling: Filling, reason: str, by: Person, at: datetime, relations: frozenset[str] = frozenset()) -> Facts:
    """The sealed fields of a filling. Needs a reason, and the reading is recorded. Raises NotAllowed, Invalid.

    `relations` are the reader's to the matter: who must stand aside, or supplies, does not read.
    """
    require(by, OPEN_SEALED, filling.place, day_in_china(at), relations)
    if not reason.strip():
        text = Text("查阅保密内容需要写明理由，并会留下记录。", "Reading sealed fields needs a reason and is recorded.")
        raise Invalid(text, fields={"reason": text})
    event = events.SealedFieldsRead(form=filling.form, version=filling.version, reason=reason)
    seal(event, place=filling.place, subject=filling.subject, by=by, at=at)
    fields: Facts = json.loads(filling.sealed.open()) if filling.sealed else {}
    return fields
