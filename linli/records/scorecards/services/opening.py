"""Opening a scoring: which card, for what, by whom."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at, standing
from linli.records.scorecards import events
from linli.records.scorecards.filing import refile, seal
from linli.records.scorecards.models import Rater, Scoring
from linli.records.scorecards.owing import owe
from linli.records.scorecards.raters import Asked, asked_by_office, by_residents, hosts, office_among, on_roll_of, ties
from linli.records.scorecards.reckoning import vocabulary_kind
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, one_line, quoted
from linli.rules.policy.models import Procedure, Scorecard
from linli.rules.policy.rules import Rules
from linli.rules.policy.tallying import full_marks


@transaction.atomic
def open_scoring(
    *,
    subject: Subject,
    slot: str,
    place: Place,
    title: str,
    by: Person | None,
    at: datetime,
    card: str = "",
    raters: Iterable[Person] | None = None,
    parties: Sequence[str] = (),
    public: bool = True,
    demonstration: bool = False,
) -> Scoring:
    """Open the scorecard of a slot for scoring. `raters` None: everybody in the offices the card names.

    A matter's slot names its card; of a place's year `card` does, and the slot is called like it. Whoever is tied to one of
    `parties` (refs) stands aside from the beginning. `by` None is an act that opens it. Raises NotFound (no such slot or
    card), NotAllowed (naming who may), Refused (one is open, no weights, nobody to ask), Invalid (raters).
    """
    on = day_in_china(at)
    rules, procedure, known = _card(subject, slot, card, place, on)
    office = _host(rules, known, procedure, place, by, on)
    _none_open(subject, slot)
    asked = _asked(known, place, on, raters)
    made = Scoring.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        slot=slot,
        card=known.id,
        kind=vocabulary_kind(procedure.slots[slot].kinds) if procedure else vocabulary_kind(("score",)),
        title=one_line(title)[:160] or known.title.zh,
        place=place,
        rules_on=on,
        secret=known.secret,
        on_roll=by_residents(known) and raters is None,
        public=public,
        full=_full(rules, known, on),
        parties=list(parties),
        office=office,
        opened_by=by,
        opened_at=at,
        demonstration=demonstration,
    )
    recused = _enter(made, asked, at)
    event = events.ScoringOpened(
        scoring=made.pk,
        card=known.id,
        slot=slot,
        raters=[each.person.ref for each in asked],
        recused=recused,
        secret=known.secret,
    )
    seal(event, made, by=by, at=at)
    owe(made, rules, known, at)
    refile(made, by=by, at=at)
    return made


def _card(subject: Subject, slot: str, card: str, place: Place, on: date) -> tuple[Rules, Procedure | None, Scorecard]:
    try:
        now = standing(subject)
    except NotFound:
        rules = rules_at(place, on)
        known = rules.scorecards(on).get(card)
        if known is None or slot != card:
            raise
        return rules, None, known
    wanted = now.procedure.slots.get(slot)
    if wanted is None or not wanted.scorecard or not vocabulary_kind(wanted.kinds):
        raise NotFound
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，不再评分。", "This matter has ended; nothing is scored any more."))
    return now.rules, now.procedure, now.rules.scorecard(wanted.scorecard, now.rules_on)


def _host(rules: Rules, card: Scorecard, procedure: Procedure | None, place: Place, by: Person | None, on: date) -> str:
    wanted = hosts(rules, card, procedure, place.level, on)
    if by is None:
        return wanted[0] if wanted else ""
    office = office_among(by, wanted, place, on)
    if not office:
        names = [rules.office_title(each) for each in wanted]
        zh, en = "、".join(name.zh for name in names), " / ".join(name.en for name in names)
        raise NotAllowed(Text(f"评分由{zh}组织。", f"The scoring is organised by {en}."))
    return office


def _none_open(subject: Subject, slot: str) -> None:
    if Scoring.objects.filter(subject_kind=subject.kind, subject_id=subject.id, slot=slot, closed_at__isnull=True).exists():
        raise Refused(Text("这一项评分正在进行，不用再开。", "This scoring is open already."))


def _asked(card: Scorecard, place: Place, on: date, named: Iterable[Person] | None) -> list[Asked]:
    known = asked_by_office(card, place, on)
    if named is None:
        chosen = known
    else:
        wanted = list(named)
        known += [Asked(one, "community.resident", place) for one in wanted if by_residents(card) and on_roll_of(one, place, on)]
        chosen = [each for each in known if each.person in wanted]
        stray = [person.name for person in wanted if person not in [each.person for each in known]]
        if stray:
            text = Text(f"{'、'.join(stray)}不是规定的评分人。", f"{', '.join(stray)} may not score by this card.")
            raise Invalid(text, fields={"raters": text})
    if not chosen and not by_residents(card):
        text = Text("规定的评分单位现在没有人任职，请先登记任职。", "Nobody holds the offices that score; enter them first.")
        raise Invalid(text, fields={"raters": text})
    return chosen


def _full(rules: Rules, card: Scorecard, on: date) -> dict[str, str]:
    """Full marks as text. Raises Refused when a weight is not set, naming who sets it."""
    full, missing = full_marks(card, lambda parameter, key: rules.read(parameter, on=on, key=key))
    if missing:
        reading = rules.read(card.weights, on=on, key=missing[0])
        items = "、".join(card.items[key].title.zh for key in missing)
        names = [rules.office_title(each) for each in reading.set_by]
        zh, en = "、".join(name.zh for name in names), " / ".join(name.en for name in names)
        what = ", ".join(card.items[key].title.en for key in missing)
        raise Refused(
            Text(
                f"{quoted(items)}的权重还没有设定，先由{zh}在“本地设定”里设定，再开始评分。",
                f"The weights of {what} are not set. {en} sets them under local settings; then scoring can begin.",
            )
        )
    return {key: str(Fraction(marks)) for key, marks in full.items()}


def _enter(scoring: Scoring, asked: Sequence[Asked], at: datetime) -> int:
    """Everybody asked; those with a known tie at once aside. How many stand aside."""
    known = ties([each.person for each in asked], scoring.parties, scoring.rules_on)
    Rater.objects.bulk_create(
        Rater(
            scoring=scoring,
            person=each.person,
            office=each.office,
            place=each.place,
            recused_at=at if each.person in known else None,
            recused_as="known" if each.person in known else "",
            recused_reason=known[each.person].zh if each.person in known else "",
        )
        for each in asked
    )
    return len(known)
