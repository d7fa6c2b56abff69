"""Raising a need, for oneself or for somebody; and noting that somebody was asked and wished for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from linli.records.evidence.forms.characters import clean
from linli.records.needs import events, gate, owing
from linli.records.needs.askers import Asker, asker_of
from linli.records.needs.codes import new_code
from linli.records.needs.form import Wish, need_form
from linli.records.needs.models import Need, Visit
from linli.records.needs.models.needs import CHANNELS
from linli.records.needs.permissions import ENTER_FOR_OTHERS, HELP
from linli.records.needs.sources import fingerprint, source_key
from linli.records.needs.telling import tell
from linli.records.people.access import may, require
from linli.records.people.models import Household, Person
from linli.records.people.selectors import household_of
from linli.records.places.alive import require_alive
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

# A number a place may set for itself (代办限量); without it helping is recorded, not limited.
HELP_LIMIT = "assisted_needs"


@dataclass(frozen=True, slots=True)
class Details:
    """What stands beside the form. `person` and `household` are the asker's; `help_reason` says why somebody else enters it."""

    name: str = ""
    person: Person | None = None
    household: Household | None = None
    category: str = ""
    paper_ref: str = ""
    spot: Place | None = None
    collected_on: date | None = None
    help_reason: str = ""


@transaction.atomic
def raise_need(
    *, place: Place, data: Mapping[str, object], by: Person | None, at: datetime, details: Details | None = None
) -> Need:
    """Take in one need and give it a code. `data` is the pack's needs form; `by` None is somebody who is not signed in.

    The same wish of the same asker in the same year is the need that is there already. Raises Invalid naming every
    field, NotAllowed when somebody enters it for another without the office or a reason, Refused past the limit of help.
    """
    details = details or Details()
    on = day_in_china(at)
    require_alive(place, on)
    wish = need_form(rules_at(place), on).read(data)
    collected = _collected(details, on)
    entered_by = _entered_by(place, by, details, wish, on)
    own = by if by is not None and entered_by is None else details.person
    asker = asker_of(
        place=place,
        on=collected,
        person=own,
        household=details.household,
        phone=wish.contact,
        name=details.name,
        paper_ref=details.paper_ref,
    )
    _must_be_reachable(asker)
    mark = fingerprint(place.pk, collected.year, asker.who, wish.columns["what"], wish.columns["where"])
    there = _standing(place, collected.year, mark)
    if there is not None:
        return there
    need = _need(place, wish, details, asker, entered_by, mark, collected, at)
    try:
        with transaction.atomic():
            need.save(force_insert=True)
    except IntegrityError:
        # The same form was sent twice at one moment: the other one won.
        there = _standing(place, collected.year, mark)
        if there is None:
            raise
        return there
    owing.owe(need, gate.begin(need, by=by, at=at), at=at)
    _record(need, by, at)
    tell(need, "entered" if entered_by else "raised", _received(need, entered_by is not None), at=at)
    return need


@transaction.atomic
def record_visit(
    *,
    place: Place,
    by: Person,
    at: datetime,
    person: Person | None = None,
    household: Household | None = None,
    channel: str = "offline",
    note: str = "",
    on: date | None = None,
) -> Visit:
    """Somebody was asked and wished for nothing. Counts for coverage. Raises Invalid, NotAllowed."""
    require(by, ENTER_FOR_OTHERS, place, day_in_china(at))
    day = on or day_in_china(at)
    if day > day_in_china(at):
        raise Invalid(_FUTURE, fields={"on": _FUTURE})
    if person is None and household is None:
        raise Invalid(_WHO, fields={"household": _WHO})
    if channel not in CHANNELS:
        raise Invalid(_CHANNEL, fields={"channel": _CHANNEL})
    if household is None and person is not None:
        household = household_of(person.pk, place, day)
    visit = Visit.objects.create(
        place=place,
        year=day.year,
        channel=channel,
        person=person,
        household=household,
        source=source_key(person.ref if person else "", ""),
        note=note,
        on=day,
        at=at,
        by=by,
    )
    event = events.NothingWished(year=visit.year, channel=channel, household=household.ref if household else "")
    trail.record(event, stream=place.pk, subject=Subject("visit", str(visit.pk)), by=by.ref, at=at)
    return visit


_FUTURE = Text("日期不能晚于今天。", "The day cannot lie ahead.")
_WHO = Text("请选择走访的是哪一户或哪一位。", "Say which household or person was asked.")
_CHANNEL = Text("请选择线上或线下。", "Choose online or offline.")
_REACH = Text(
    "请留下电话，或填户码，好把结果告诉您。",
    "Leave a phone number or give your household code, so that you can be told.",
)
_REASON = Text("替别人填写，请写明原因。", "You are filling this in for somebody else: say why.")


def _collected(details: Details, on: date) -> date:
    if details.collected_on is not None and details.collected_on > on:
        raise Invalid(_FUTURE, fields={"collected_on": _FUTURE})
    return details.collected_on or on


def _entered_by(place: Place, by: Person | None, details: Details, wish: Wish, on: date) -> Person | None:
    """Who enters it for somebody else; None if the asker does so alone. Raises NotAllowed, Invalid, Refused."""
    for_another = details.person is not None and (by is None or details.person.pk != by.pk)
    if by is None:
        if for_another:
            raise Invalid(_REASON, fields={"help_reason": _REASON})
        return None
    if may(by, ENTER_FOR_OTHERS, place, on) and (
        for_another or details.name or details.household or wish.contact or details.paper_ref
    ):
        return by
    if not for_another and not details.help_reason:
        return None
    require(by, HELP, place, on)
    if not details.help_reason.strip():
        raise Invalid(_REASON, fields={"help_reason": _REASON})
    _within_limit(place, by, on)
    return by


def _within_limit(place: Place, helper: Person, on: date) -> None:
    try:
        limit = rules_at(place).read(HELP_LIMIT, on=on).value
    except KeyError:
        return
    helped = Need.objects.filter(entered_by=helper, year=on.year, withdrawn_at__isnull=True).exclude(help_reason="").count()
    if type(limit) is int and helped >= limit:
        raise Refused(
            Text(
                f"今年您已代办 {helped} 件，达到上限 {limit} 件。请让本人提出，或请社区工作人员录入。",
                f"You have helped {helped} times this year; {limit} is the limit. Let them ask themselves, or ask the staff.",
            )
        )


def _must_be_reachable(asker: Asker) -> None:
    if not asker.who:
        raise Invalid(_REACH, fields={"contact": _REACH})


def _standing(place: Place, year: int, mark: str) -> Need | None:
    return Need.objects.filter(place=place, year=year, fingerprint=mark, withdrawn_at__isnull=True).first()


def _need(
    place: Place, wish: Wish, details: Details, asker: Asker, entered_by: Person | None, mark: str, collected: date, at: datetime
) -> Need:
    return Need(
        code=new_code(),
        place=place,
        year=collected.year,
        **wish.columns,
        beneficiaries=wish.beneficiaries,
        contact=wish.contact,
        more=wish.more,
        sealed=wish.sealed_text,
        asker_name=clean(details.name)[:60],
        person=asker.person,
        household=asker.household,
        source=asker.source,
        category=details.category,
        paper_ref=clean(details.paper_ref)[:60],
        spot=details.spot,
        entered_by=entered_by,
        help_reason=clean(details.help_reason)[:200] if entered_by else "",
        collected_on=collected,
        raised_at=at,
        fingerprint=mark,
    )


def _record(need: Need, by: Person | None, at: datetime) -> None:
    event = events.NeedRaised(
        code=need.code,
        year=need.year,
        channel=need.channel,
        mode=need.mode,
        asker=need.asker,
        entered_by=need.entered_by.ref if need.entered_by else "",
        what=need.what,
        where=need.where,
    )
    trail.record(event, stream=need.place_id, subject=need.subject, by=by.ref if by else "anonymous", at=at)


def _received(need: Need, for_another: bool) -> Text:
    if for_another:
        return Text(
            f"{need.place.short_name}已替您登记这条需求。如果不是您的意思，请联系社区撤回。",
            f"{need.place.short_name} has entered this need for you. Ask to take it back if it is not yours.",
        )
    return Text(
        "您的需求已收到，核实后会答复您。凭这个编号查进度。",
        "Your need has been received and will be answered. This code says how far it is.",
    )
