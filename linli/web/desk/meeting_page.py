"""One meeting: who came, who stood aside, what was moved and how it was voted, the minutes, the opinions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.meetings.models import AgendaItem, Attendance, Meeting, Motion, Recusal
from linli.records.meetings.permissions import CALL, KEEP, READ_MINUTES, SPEAK
from linli.records.meetings.reckoning import Room
from linli.records.meetings.selectors import meeting as meeting_of
from linli.records.meetings.selectors import room_of
from linli.records.meetings.services.common import relations_of
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.rulebook.selectors import procedures_of, rules_at
from linli.rules.gates.wording import value_text
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Session
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import address, me
from linli.web.desk.meeting_ledger import ledger
from linli.web.desk.meeting_minutes import VOICES, minutes_part, said_by_name
from linli.web.desk.meetings import STATES
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet, why
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Link, Stamp

INVITE = (
    Ask(
        "name",
        Text("姓名", "Name"),
        required=True,
        hint=Text("名册上的居民或工作人员", "A resident on the roll or a member of staff"),
    ),
    Ask("household", Text("户号", "Household number"), hint=Text("有同名的才要填", "Only where two have the same name")),
    Ask("newcomer", Text("名册里没有，新登记这位", "Not on the roll: enter this person"), "flag"),
)
CANCEL = (why(Text("为什么取消", "Why it is called off")),)
MOTION = (
    Ask(
        "text",
        Text("动议内容", "The motion"),
        "long_text",
        required=True,
        hint=Text("照着念、照着表决的那句话", "The sentence that is read out and voted on"),
    ),
)
VOTES = (("for", Text("同意", "For")), ("against", Text("反对", "Against")), ("abstain", Text("弃权", "Abstain")))
VOID = (why(Text("为什么作废", "Why it is set aside")),)


@dataclass(frozen=True)
class Voted:
    """A motion with its result in words, or the forms by which it is voted on or set aside."""

    motion: Motion
    reasons: Sequence[Text]
    vote: Sheet | None = None
    void: Sheet | None = None
    reckon_url: str = ""
    passed: Stamp | None = None
    names: Sequence[Text] = ()


@dataclass(frozen=True)
class Topic:
    """An item of the agenda as the page shows it."""

    item: AgendaItem
    matter: Link | None
    slot: Text | str
    room: Room
    recusals: Sequence[Recusal]
    motions: Sequence[Voted]
    filed: bool
    put: Sheet | None = None
    recuse: Sheet | None = None


def found_meeting(request: HttpRequest, pk: int) -> Found:
    """Raises NotFound for those who may neither keep nor read it and were not called."""
    meeting, person = meeting_of(pk), reader_of(request).person
    relations = relations_of(meeting, person) if person else frozenset[str]()
    if not may(person, READ_MINUTES, meeting.place, clock.today(), relations):
        raise NotFound
    return Found(meeting, meeting.place, relations)


@door(may="meetings.read_minutes", load=found_meeting)
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return meeting_again(request, meeting)


def meeting_again(
    request: HttpRequest, meeting: Meeting, tried: Tried | None = None, reckoned: tuple[int, Sequence[Text]] | None = None
) -> HttpResponse:
    """The page as it stands; `reckoned` is (motion, what its figures would mean) before they are kept."""
    person = me(request)
    rules, on = rules_at(meeting.place), day_in_china(meeting.called_at)
    called = list(meeting.attendances.select_related("person").defer("person__phone"))
    keeps = may(person, KEEP, meeting.place, clock.today())
    speaks = may(person, SPEAK, meeting.place, clock.today(), _relations(called, person))
    session = rules.sessions(on).get(meeting.session)
    context: dict[str, Any] = {
        "meeting": meeting,
        "place": meeting.place,
        "rules": rules,
        "session": session,
        "state": STATES[meeting.state],
        "keeps": keeps,
        "ticks": keeps and meeting.state == "open",
        "too_early": clock.today() < day_in_china(meeting.convened_for),
        "notice": _notice(meeting, rules),
        "seats": _seats(meeting, called, rules),
        "present": sum(one.present for one in called),
        "ticked": _ticked(request, meeting, called, tried),
        "all_ticked": _all_ticked(request, meeting),
        "entitled": sum(one.entitled for one in called),
        "entitled_present": sum(one.entitled and one.present for one in called),
        "called": called,
        "topics": _topics(meeting, called, session, person, keeps, tried, reckoned),
        "invite": _form(meeting, "invite", INVITE, Text("通知这位参会", "Call this person"), tried),
        "cancel": _form(meeting, "cancel", CANCEL, Text("取消会议", "Call it off"), tried, grave=True),
        "may_call": may(person, CALL, meeting.place, clock.today()),
        **minutes_part(meeting, called, person, keeps, tried),
        **ledger(meeting, called, person, speaks, rules, tried),
        "refused": tried.turned_down if tried and not _drawn(tried, meeting) else None,
        "shell": "shared/desk.html" if reader_of(request).is_staff else "shared/portal.html",
    }
    return render(request, "desk/meetings/meeting.html", context)


def _relations(called: Sequence[Attendance], person: Person) -> frozenset[str]:
    return frozenset({"present"} if any(one.person_id == person.pk and one.present for one in called) else ())


def _all_ticked(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether the list is asked for with everybody ticked; nothing is kept before it is sent."""
    return meeting.state == "open" and request.GET.get("everybody") == "1"


def _ticked(request: HttpRequest, meeting: Meeting, called: Sequence[Attendance], tried: Tried | None) -> set[int]:
    """Whose box is ticked: as it came back, everybody where that is asked for, else those who are there."""
    if tried and tried.form == "attendance":
        sent = set(tried.post.getlist("present"))
        return {one.pk for one in called if str(one.pk) in sent}
    everybody = _all_ticked(request, meeting)
    return {one.pk for one in called if everybody or one.present}


def _drawn(tried: Tried, meeting: Meeting) -> bool:
    """Whether the form that came back stands on the page with its own refusal."""
    return tried.form not in ("attendance", "state")


def _notice(meeting: Meeting, rules: Rules) -> Text:
    kept = meeting.notice
    if kept.get("earliest"):
        day = value_text(date.fromisoformat(str(kept["earliest"])))
        return Text(f"规定最早可在 {day.zh}召开，通知合规。", f"It could be held from {day.en} on: called in time.")
    if kept.get("state") == "not_asked":
        return Text("这类会议没有规定要提前多久通知。", "No length of notice is asked for.")
    who = [rules.office_title(office) for office in kept.get("set_by", ())]
    zh, en = "、".join(one.zh for one in who), ", ".join(one.en for one in who)
    return Text(f"提前多久通知没有设定（由{zh}设定）。", f"How long ahead was not set (it is for {en} to set).")


def _seats(meeting: Meeting, called: Sequence[Attendance], rules: Rules) -> list[tuple[Text, list[Attendance]]]:
    """Those called by category of seat; whoever sits in comes last."""
    known = rules.bodies(day_in_china(meeting.called_at)).get(meeting.body.kind) if meeting.body else None
    found: dict[str, list[Attendance]] = {}
    for one in called:
        found.setdefault(one.seat if one.entitled else "", []).append(one)
    titles = {key: seat.title for key, seat in known.seats.items()} if known else {}
    others = Text("列席", "Sitting in") if meeting.body else Text("参会人", "Those called")
    named = [(titles.get(seat, Text(seat, seat)), rows) for seat, rows in found.items() if seat]
    return [*named, *([(others, found[""])] if "" in found else [])]


def _topics(
    meeting: Meeting,
    called: Sequence[Attendance],
    session: Session | None,
    person: Person,
    keeps: bool,
    tried: Tried | None,
    reckoned: tuple[int, Sequence[Text]] | None,
) -> list[Topic]:
    items = list(
        meeting.items.select_related("piece").prefetch_related(
            Prefetch("motions", queryset=Motion.objects.prefetch_related(VOICES)),
            Prefetch("recusals", queryset=Recusal.objects.select_related("person")),
        )
    )
    cases, slots = _matters(items)
    found = []
    for item in items:
        item.meeting = meeting
        case = cases.get(item.subject_id)
        put = keeps and meeting.state == "open" and not any(one.decides and one.voided_at is None for one in item.motions.all())
        found.append(
            Topic(
                item,
                Link(f"{case.code} {case.title}", address("desk:dossier", case.code)) if case else None,
                slots.get((item.subject_id, item.slot), ""),
                room_of(item, called),
                list(item.recusals.all()),
                [_voted(motion, meeting, keeps, tried, reckoned) for motion in item.motions.all()],
                item.piece is not None and item.piece.voided_at is None,
                _item_form(item, "motion", MOTION, Text("提出动议", "Put the motion"), tried) if put else None,
                _item_form(item, "recuse", _recuse(called, item, person, keeps), Text("登记回避", "Enter the recusal"), tried)
                if meeting.state in ("called", "open") or (meeting.state == "closed" and item.kind == "resolution")
                else None,
            )
        )
    return found


def _matters(items: Sequence[AgendaItem]) -> tuple[Mapping[str, Case], Mapping[tuple[str, str], Text]]:
    """The matters on the agenda by subject id, and what the slots are called."""
    ids = [int(item.subject_id) for item in items if item.subject_kind == "case"]
    cases = {str(case.pk): case for case in Case.objects.filter(pk__in=ids).select_related("passage__place")} if ids else {}
    procedures = procedures_of([case.passage for case in cases.values() if case.passage is not None])
    titles = {}
    for id, case in cases.items():
        for slot in procedures[case.passage.pk].slots.values() if case.passage else ():
            titles[id, slot.id] = slot.title
    return cases, titles


def _recuse(called: Sequence[Attendance], item: AgendaItem, person: Person, keeps: bool) -> tuple[Ask, ...]:
    """The hosts declare for anyone, everybody for themselves."""
    out = {recusal.person_id for recusal in item.recusals.all()}
    options = [
        (str(one.person_id), one.person.name)
        for one in called
        if one.person_id not in out and (keeps or one.person_id == person.pk)
    ]
    return (
        Ask("person", Text("谁回避", "Who stands aside"), "choice", required=True, options=options),
        why(Text("为什么", "Why")),
    )


def _voted(
    motion: Motion, meeting: Meeting, keeps: bool, tried: Tried | None, reckoned: tuple[int, Sequence[Text]] | None
) -> Voted:
    reasons = [Text(one["zh"], one["en"]) for one in motion.result.get("reasons", ())]
    live = keeps and meeting.state == "open" and motion.voided_at is None
    name, vote = f"vote{motion.pk}", None
    if live and motion.voted_at is None:
        asks = [Ask(key, title, "number", required=True) for key, title in VOTES]
        vote = sheet(
            name,
            asks,
            action=_of_motion(motion, "vote"),
            button=Text("票数记下，不能再改", "Keep the votes"),
            tried=tried,
            start={"against": "0", "abstain": "0"},
        )
        if reckoned and reckoned[0] == motion.pk:
            reasons = list(reckoned[1])
    void = sheet(
        f"void{motion.pk}",
        VOID,
        action=_of_motion(motion, "void"),
        button=Text("作废这次表决", "Set it aside"),
        tried=tried,
        grave=True,
    )
    mends = void if live and motion.voted_at else None
    return Voted(motion, reasons, vote, mends, _of_motion(motion, "reckon"), _passed(motion), said_by_name(motion))


def _passed(motion: Motion) -> Stamp | None:
    if motion.voided_at is not None:
        return Stamp(Text("已作废", "Set aside"), "closed")
    if motion.voted_at is None:
        return None
    answers = {motion.result["decides"]["answer"], motion.result["quorum"]["answer"]}
    if "no" in answers:
        return Stamp(Text("没有通过", "Not carried"), "refused")
    if "unset" in answers:
        return Stamp(Text("比例未设定，只记录", "Recorded, not judged"), "waiting")
    return Stamp(Text("通过", "Carried"), "done")


def _of_motion(motion: Motion, act: str) -> str:
    return reverse(f"desk:motion_{act}", args=[motion.item.meeting_id, motion.pk])


def _item_form(item: AgendaItem, name: str, asks: Sequence[Ask], button: Text, tried: Tried | None) -> Sheet:
    action = reverse(f"desk:item_{name}", args=[item.meeting_id, item.pk])
    return sheet(f"{name}{item.pk}", asks, action=action, button=button, tried=tried)


def _form(meeting: Meeting, name: str, asks: Sequence[Ask], button: Text, tried: Tried | None, *, grave: bool = False) -> Sheet:
    action = reverse(f"desk:meeting_{name}", args=[meeting.pk])
    return sheet(name, asks, action=action, button=button, tried=tried, grave=grave)
