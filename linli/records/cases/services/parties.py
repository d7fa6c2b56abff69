"""Naming who has a part in a case."""

from datetime import datetime

from django.db import transaction

from linli.records.cases import events
from linli.records.cases.models import Case, Party
from linli.records.cases.permissions import offices_named
from linli.records.people.models import Organisation, Person
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text


@transaction.atomic
def name_party(*, case: Case, relation: str, party: Person | Organisation, by: Person, at: datetime, note: str = "") -> Party:
    """Put down a supplier, a designer, somebody who must stand aside. Raises NotAllowed, Invalid. Twice is once."""
    now = standing(case.subject)
    require_office(by, offices_named(now.procedure, case.place.level), case.place, day_in_china(at), now.rules)
    if relation not in now.rules.vocabulary.relations:
        text = Text("没有这一种关系。", "There is no such relation.")
        raise Invalid(text, fields={"relation": text})
    row, fresh = Party.objects.get_or_create(
        case=case, relation=relation, ref=party.ref, defaults={"note": note, "at": at, "by": by.ref}
    )
    if fresh:
        sealed = events.PartyNamed(code=case.code, relation=relation, ref=party.ref)
        trail.record(sealed, stream=case.place_id, subject=case.subject, by=by.ref, at=at)
    return row
