"""Residents who answered on paper: a clerk hands their sheet in on their behalf, each resident once, online or on paper."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex

from django.db import transaction

from linli.records.evidence.forms.characters import clean
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.people.permissions import KEEP_ROLL
from linli.records.scorecards import events
from linli.records.scorecards.filing import locked, refile, seal, still_open
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.records.scorecards.raters import communities_of, on_roll_of, ties
from linli.records.scorecards.reckoning import card_of
from linli.records.scorecards.selectors import is_host
from linli.records.scorecards.services.scoring import mark_of, read_answers
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotAllowed, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def enter_paper_sheet(
    *, scoring: Scoring, person: Person, answers: Mapping[str, str], by: Person, at: datetime, remark: str = ""
) -> Sheet:
    """Hand in what a resident wrote on paper. Of a secret card the list says only that this resident answered: the sheet
    carries no name, and nothing connects the two.

    By whoever organises the scoring or keeps the roll of the resident's community. Raises NotAllowed, Refused (closed, not
    open to residents, this resident has answered or is tied to a party), Invalid (at each item).
    """
    scoring, on = locked(scoring), day_in_china(at)
    still_open(scoring)
    if not scoring.on_roll:
        raise Refused(Text("这一项评分不由居民评，没有纸质表可录。", "Residents do not score here; there is no paper to enter."))
    if not may_enter(scoring, person, by, on):
        raise NotAllowed(
            Text(
                "纸质评分由组织评分的单位或者居民所在社区录入。",
                "The organiser or the resident's community enters paper.",
            )
        )
    if not on_roll_of(person, scoring.place, on):
        raise Refused(Text("这位居民不在这里的名册上。", "This resident is not on the roll here."))
    if person.pk == by.pk or ties([person], scoring.parties, on):
        raise Refused(
            Text("本人请自己评；有利害关系的不评。", "One's own sheet one gives oneself; nobody tied to a party scores.")
        )
    rater = scoring.raters.filter(person=person).first()
    if rater is not None and (rater.given or rater.recused_at is not None):
        raise Refused(Text("这位居民已经评过或者已回避，纸质表不再录入。", "This resident has answered or stands aside already."))
    given = read_answers(scoring, card_of(scoring), answers)
    rater = rater or Rater(scoring=scoring, person=person, office="community.resident", place=scoring.place)
    rater.given = rater.on_paper = True
    rater.save()
    sheet = Sheet.objects.create(
        scoring=scoring,
        mark=token_hex(32) if scoring.secret else mark_of(scoring, person),
        rater=None if scoring.secret else rater,
        answers=given,
        remark=clean(remark).strip(),
        given_at=None if scoring.secret else at,
        on_paper=not scoring.secret,  # marked, a single one would be traced to its resident
    )
    seal(events.PaperSheetEntered(scoring=scoring.pk, resident=person.ref, secret=scoring.secret), scoring, by=by, at=at)
    refile(scoring, by=by, at=at)
    return sheet


def may_enter(scoring: Scoring, person: Person, by: Person, on: date) -> bool:
    return is_host(scoring, by, on) or any(may(by, KEEP_ROLL, place, on) for place in communities_of(person, on))
