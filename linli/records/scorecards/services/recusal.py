"""Standing aside from a scoring."""

from datetime import datetime

from django.db import transaction

from linli.records.evidence.forms.characters import clean
from linli.records.people.models import Person
from linli.records.scorecards import events
from linli.records.scorecards.filing import locked, refile, seal, still_open
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.records.scorecards.owing import settle_if_done
from linli.records.scorecards.selectors import is_host
from linli.records.scorecards.services.scoring import mark_of
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def recuse_rater(*, scoring: Scoring, person: Person, reason: str, by: Person, at: datetime) -> Rater:
    """A rater leaves the count, with the reason; a sheet they gave is kept and no longer counts.

    Raters for themselves, hosts for anyone. Raises NotFound (not asked), NotAllowed, Invalid (no reason), Refused.
    """
    scoring = locked(scoring)
    still_open(scoring)
    rater = scoring.raters.select_related("place", "person", "scoring").filter(person=person).first()
    if rater is None:
        raise NotFound
    if by.pk != person.pk and not is_host(scoring, by, day_in_china(at)):
        raise NotAllowed(Text("回避由本人或组织评分的单位登记。", "Raters stand aside themselves, or the host enters it."))
    why = clean(reason).strip()
    if not why:
        wrong = Text("请写明回避的理由。", "Say what the interest is.")
        raise Invalid(wrong, fields={"reason": wrong})
    if rater.recused_at is not None:
        raise Refused(Text("已经登记回避。", "Entered already."))
    rater.recused_at, rater.recused_as, rater.recused_reason = at, "declared", why
    rater.save(update_fields=["recused_at", "recused_as", "recused_reason"])
    Sheet.objects.filter(scoring=scoring, mark=mark_of(scoring, person)).update(current=False)
    seal(events.RaterRecused(scoring=scoring.pk, person=person.ref, source="declared", reason=why), scoring, by=by, at=at)
    settle_if_done(rater, at=at)
    refile(scoring, by=by, at=at)
    return rater
