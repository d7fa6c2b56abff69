"""Reading the sealed fields of a form."""

import json
from datetime import datetime

from django.db import transaction

from linli.records.evidence import events
from linli.records.evidence.models import Filling
from linli.records.evidence.services.recording import seal
from linli.records.people.models import Person
from linli.rules.gates.model import Facts
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text


@transaction.atomic
def open_sealed(*, filling: Filling, reason: str, by: Person, at: datetime) -> Facts:
    """The sealed fields of a filling. Needs a reason, and the reading is recorded. Raises Invalid."""
    if not reason.strip():
        text = Text("查阅保密内容需要写明理由，并会留下记录。", "Reading sealed fields needs a reason and is recorded.")
        raise Invalid(text, fields={"reason": text})
    event = events.SealedFieldsRead(form=filling.form, version=filling.version, reason=reason)
    seal(event, place=filling.place, subject=filling.subject, by=by, at=at)
    fields: Facts = json.loads(filling.sealed.open()) if filling.sealed else {}
    return fields
