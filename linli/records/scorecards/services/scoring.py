"""Giving a sheet, and giving it again until the scoring closes."""

import re
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from linli.records.evidence.forms.characters import clean
from linli.records.evidence.sealing import digest_of
from linli.records.people.models import Person
from linli.records.people.sealed import blind_index
from linli.records.scorecards import events
from linli.records.scorecards.filing import locked, refile, seal, still_open
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.records.scorecards.owing import settle_if_done
from linli.records.scorecards.raters import on_roll_of, ties
from linli.records.scorecards.reckoning import card_of, rules_of
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Scorecard
from linli.rules.policy.tallying import NO, YES, plain

_POINTS = re.compile(r"\d{1,4}(\.\d{1,2})?")
LONGEST = 2_000


@transaction.atomic
def give_scores(
    *, scoring: Scoring, by: Person, answers: Mapping[str, str], at: datetime, remark: str = "", because: str = ""
) -> Sheet:
    """Hand in a whole sheet, or a new version of one's own; `because` says why it changes.

    Residents join by handing in, where the card is theirs. Raises Invalid (at each item), NotAllowed, Refused (closed, or
    this person stands aside or is tied to a party).
    """
    scoring = locked(scoring)
    still_open(scoring)
    rater = _rater(scoring, by, at)
    given = read_answers(scoring, card_of(scoring), answers)
    said, why = _short(clean(remark), "remark"), _short(clean(because), "because")
    mark = mark_of(scoring, by)
    before = Sheet.objects.filter(scoring=scoring, mark=mark, current=True).first()
    if before is not None:
        _amends(before, given, said, why, secret=scoring.secret)
        Sheet.objects.filter(pk=before.pk).update(current=False)
    sheet = Sheet.objects.create(
        scoring=scoring,
        mark=mark,
        rater=None if scoring.secret else rater,
        version=before.version + 1 if before else 1,
        answers=given,
        remark=said,
        amended_because=why if before else "",
        given_at=None if scoring.secret else at,
    )
    if not rater.given:
        Rater.objects.filter(pk=rater.pk).update(given=True)
        rater.given = True
    _record(scoring, sheet, by, at)
    settle_if_done(rater, at=at)
    refile(scoring, by=by, at=at)
    return sheet


def mark_of(scoring: Scoring, person: Person) -> str:
    """Finds one's own sheet again. Without the site's key it says nothing about who that is."""
    return blind_index(f"{scoring.pk}:{person.pk}", "score sheet")


def own_sheet(scoring: Scoring, person: Person) -> Sheet | None:
    """The sheet this person gave, as it counts now."""
    return Sheet.objects.filter(scoring=scoring, mark=mark_of(scoring, person), current=True).first()


def _rater(scoring: Scoring, by: Person, at: datetime) -> Rater:
    found = scoring.raters.select_related("place", "person", "scoring").filter(person=by).first()
    if found is None and scoring.on_roll and on_roll_of(by, scoring.place, day_in_china(at)):
        found = Rater.objects.create(scoring=scoring, person=by, office="community.resident", place=scoring.place)
    if found is None:
        raise NotAllowed(Text("这一项评分没有请您评。", "You were not asked to score this."))
    if found.recused_at is not None:
        raise Refused(Text(f"您已回避：{found.recused_reason}", f"You stand aside: {found.recused_reason}"))
    if found.on_paper:
        raise Refused(Text("您的纸质评分表已经录入，不用再评。", "Your paper sheet has been entered; you need not score again."))
    known = ties([by], scoring.parties, day_in_china(at))
    if by in known:
        raise Refused(
            Text(f"您要回避：{known[by].zh}请在评分页上登记回避。", f"You must stand aside: {known[by].en} Say so on the page.")
        )
    return found


def read_answers(scoring: Scoring, card: Scorecard, answers: Mapping[str, str]) -> dict[str, str]:
    """A whole sheet as it is kept. Raises Invalid at each item."""
    wrong: dict[str, Text] = {}
    given: dict[str, str] = {}
    for key in card.items:
        text = answers.get(key, "").strip()
        problem = _problem(scoring, card, key, text)
        if problem:
            wrong[key] = problem
        else:
            given[key] = plain(Fraction(text)) if card.scale == "points" else text
    if wrong:
        raise Invalid(
            Text("还有没填好的项目，已填的都还在。", "Some items are not filled in yet; what you gave is kept."), fields=wrong
        )
    return given


def _problem(scoring: Scoring, card: Scorecard, key: str, text: str) -> Text | None:
    if card.scale == "points":
        full = Fraction(scoring.full[key])
        if not _POINTS.fullmatch(text) or Fraction(text) > full:
            return Text(f"请填 0 到 {plain(full)} 分，最多两位小数。", f"From 0 to {plain(full)}, two decimals at most.")
        return None
    choices = (YES, NO) if card.scale == "yes_no" else tuple(rules_of(scoring).catalogue(card.grades, scoring.rules_on).entries)
    return None if text in choices else Text("请选一个。", "Please choose one.")


def _short(text: str, field: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        wrong = Text(f"最多 {LONGEST} 字。", f"At most {LONGEST} characters.")
        raise Invalid(wrong, fields={field: wrong})
    return text


def _amends(before: Sheet, given: Mapping[str, str], remark: str, because: str, *, secret: bool) -> None:
    if before.answers == given and before.remark == remark:
        raise Refused(Text("和您上次交的一样，没有变化。", "This is what you gave before; nothing changes."))
    if not because and not secret:
        wrong = Text("改动已交的评分，请写明为什么改。", "Say why you change what you gave.")
        raise Invalid(wrong, fields={"because": wrong})


def _record(scoring: Scoring, sheet: Sheet, by: Person, at: datetime) -> None:
    """Of a secret card only that a sheet came in: its digest would tell by the hour whose it is. The closing seals them all."""
    if scoring.secret:
        seal(events.SheetGiven(scoring=scoring.pk, version=0, digest=""), scoring, by=None, at=at, nobody="anonymous")
        return
    digest = digest_of({"sheet": str(sheet.pk), "answers": sheet.answers, "remark": sheet.remark})
    seal(events.SheetGiven(scoring=scoring.pk, version=sheet.version, digest=digest), scoring, by=by, at=at)
