"""What the level above answered: for every one chosen here, whether it was chosen there too."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.evidence.services import file_piece
from linli.records.people.models import Person
from linli.records.rounds import events
from linli.records.rounds.candidates import selection_of
from linli.records.rounds.selectors import chosen_in
from linli.records.rounds.services.choosing import slot_of
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text

KIND = "upper_result"
_TOO = Text("上级也选取", "Chosen above as well")
_NOT = Text("上级未选取（含未推荐）", "Not chosen above, or never recommended")


@transaction.atomic
def record_upper_answer(*, round: Case, chosen: Collection[Case], by: Person, at: datetime) -> list[Case]:
    """File the answer with everybody chosen here; "not chosen", or never recommended, is an answer too. All of them.

    Raises NotAllowed, Refused (nobody is chosen here yet), Invalid (somebody who was not chosen here).
    """
    rulebook.lock(round.subject)
    now = standing(round.subject)
    office = require_office(by, offices_named(now.procedure, round.place.level), round.place, day_in_china(at), now.rules)
    here = chosen_in(round)
    if not here:
        raise Refused(Text("本级还没有选出来，不能登记上级结果。", "Nobody is chosen here yet, so there is no answer to record."))
    if any(case not in here for case in chosen):
        wrong = Text("只能从本级选出来的里面选。", "Only those chosen here can be chosen above.")
        raise Invalid(wrong, fields={"chosen": wrong})
    slot = slot_of(now.rules.procedure(selection_of(now).candidates[0], day_in_china(at)), KIND)
    for case in here:
        summary = _TOO if case in chosen else _NOT
        facts = {"chosen": case in chosen}
        file_piece(subject=case.subject, slot=slot, kind=KIND, facts=facts, by=by, at=at, place=case.place, summary=summary)
    sealed = events.UpperRecorded(
        code=round.code, chosen=[case.code for case in chosen], others=[case.code for case in here if case not in chosen]
    )
    record(sealed, stream=round.place_id, subject=round.subject, by=by.ref, office=office, at=at)
    return here
