"""Calling a meeting: which kind, where and when, about what. Items are picked from the matters whose acts wait for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.cases.models import Case, Party
from linli.records.cases.selectors import visible_to
from linli.records.meetings.models import Meeting
from linli.records.meetings.notice import read_notice
from linli.records.meetings.services import ItemDraft, call_meeting
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import procedures_of, rules_at, states_ahead
from linli.rules.plain.days import SHANGHAI, day_words
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Procedure, Session
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import value_words
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.drafting import kept
from linli.web.shared.undoing import offer_undo

MOST_CASES = 200
_BY_MISTAKE = "通知有误，撤回"
_KINDS = ("resolution", "consultation")
# Whoever supplies, applies or must stand aside: their friends and kin do not decide.
_APART = ("supplier", "applicant", "recused")


@dataclass(frozen=True)
class Topic:
    """A slot of a running matter that a meeting can fill. `now`: the next act already waits for it."""

    key: str
    title: Text
    case: Case
    slot: str
    kind: str
    now: bool


@door(may="meetings.call_meeting", load=place_here, methods=["GET", "POST"])
def call(request: HttpRequest, place: Place) -> HttpResponse:
    rules, on = rules_at(place), clock.today()
    sessions = rules.sessions(on)
    wanted = request.POST.get("session") or request.GET.get("session") or ""
    if wanted not in sessions:
        return render(request, "desk/meetings/choose.html", {"place": place, "rules": rules, **_kinds(rules, on)})
    topics = topics_for(place, me(request), wanted, sessions[wanted])
    if request.method == "GET":
        return _page(request, place, rules, sessions[wanted], topics)
    try:
        meeting = _called(request, place, wanted, topics)
    except TurnedDown as turned_down:
        answer = _page(request, place, rules, sessions[wanted], topics, turned_down)
        answer.status_code = turned_down.status
        return answer
    told(
        request,
        Text("会议已通知，参会人名单和回避情况在下面。", "The meeting is called; who comes and who stands aside is below."),
    )
    offer_undo(request, reverse("desk:meeting_cancel", args=[meeting.pk]), {"cancel-reason": _BY_MISTAKE})
    return redirect("desk:meeting", pk=meeting.pk)


def _kinds(rules: Rules, on: date) -> dict[str, object]:
    """Each kind of meeting with its address and how long before it must be called; what several share is said once above."""
    way, sessions = reverse("desk:call_meeting"), list(rules.sessions(on).values())
    notices = [_notice(rules, session, on) for session in sessions]
    common = next((notice for notice in notices if notices.count(notice) > 1), None)
    rows = [
        (session, f"{way}?session={session.id}", None if notice == common else notice)
        for session, notice in zip(sessions, notices, strict=True)
    ]
    return {"sessions": rows, "common": common}


def _notice(rules: Rules, session: Session, on: date) -> Text:
    """How long before it a meeting must be called, or who would have to say."""
    if not session.notice:
        return Text("没有规定要提前多久通知。", "No length of notice is asked for.")
    reading = rules.read(session.notice, on=on)
    if reading.value is not None:
        words, earliest = value_words(reading.value, reading.unit), read_notice(rules, session, called=on, convened=on).earliest
        day = day_words(earliest) if earliest else Text("", "")
        return Text(
            f"要提前 {words.zh}通知{f'：今天通知，最早{day.zh}开' if earliest else ''}。",
            f"To be called {words.en} ahead{f': called today, it can be held from {day.en} on' if earliest else ''}.",
        )
    zh = "、".join(rules.office_title(office).zh for office in reading.set_by)
    en = ", ".join(rules.office_title(office).en for office in reading.set_by)
    return Text(f"提前多久通知还没有设定，由{zh}设定；没设定前不设限。", f"How long ahead is not set; it is for {en} to set.")


def topics_for(place: Place, person: Person, session: str, known: Session) -> dict[str, Topic]:
    """Running matters of the place with a slot for this kind of meeting that an act now or ahead looks into."""
    running = visible_to(person, clock.today()).filter(
        beneath(place, "place"), passage__ended_at__isnull=True, passage__isnull=False
    )
    cases = list(running.order_by("-id")[:MOST_CASES])
    procedures = procedures_of([case.passage for case in cases if case.passage is not None])
    found = [topic for case in cases if case.passage for topic in _topics(case, procedures[case.passage.pk], session)]
    return {topic.key: topic for topic in sorted(found, key=lambda topic: not topic.now)}


def _topics(case: Case, procedure: Procedure, session: str) -> list[Topic]:
    assert case.passage is not None
    here = case.passage.state
    now = [act for act in procedure.acts.values() if here in act.from_states]
    later = [act for act, _ in states_ahead(procedure, here)]
    found = []
    for slot in procedure.slots.values():
        kind = next((kind for kind in slot.kinds if kind in _KINDS), "")
        if not kind or slot.session not in ("", session) or not _asked(slot.id, [*now, *later]):
            continue
        title = Text(f"{case.code} {case.title} · {slot.title.zh}", f"{case.code} {case.title} · {slot.title.en}")
        found.append(Topic(f"{case.code}/{slot.id}", title, case, slot.id, kind, _asked(slot.id, now)))
    return found


def _asked(slot: str, acts: Sequence[Act]) -> bool:
    return any(check.source == "evidence" and check.name == slot for act in acts for check in act.checks)


def _called(request: HttpRequest, place: Place, session: str, topics: Mapping[str, Topic]) -> Meeting:
    post = request.POST
    return call_meeting(
        place=place,
        session=session,
        title=post.get("title", ""),
        convened_for=_moment(post.get("day", ""), post.get("hour", "")),
        venue=post.get("venue", ""),
        letter=post.get("letter", ""),
        items=[*_picked(post.getlist("topic"), topics), *_talks(post.get("talks", ""))],
        by=me(request),
        at=clock.now(),
    )


def _picked(keys: Sequence[str], topics: Mapping[str, Topic]) -> list[ItemDraft]:
    if any(key not in topics for key in keys):
        raise NotFound(Text("有的事项已经变了，请重新勾选。", "Some matters have changed; please tick them again."))
    drafts = []
    for key in keys:
        topic = topics[key]
        rows = Party.objects.filter(case=topic.case, relation__in=_APART)
        parties = tuple(rows.values_list("ref", flat=True))
        drafts.append(ItemDraft(topic.case.title, topic.case.subject, topic.slot, topic.kind, topic.case.place, parties))
    return drafts


def _talks(text: str) -> list[ItemDraft]:
    """Further items without a matter of their own, one a line."""
    return [ItemDraft(line.strip()[:200]) for line in text.splitlines() if line.strip()]


def _moment(day: str, hour: str) -> datetime | None:
    """None where nobody can tell when from what was typed."""
    try:
        return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def _suggested(place: Place, session: Session, topics: Mapping[str, Topic], chosen: Sequence[str]) -> str:
    """A name for the meeting, to be kept or written over."""
    picked = [topic.case.title for key, topic in topics.items() if key in chosen]
    about = f"：{picked[0]}" if len(picked) == 1 else ""
    return f"{place.short_name}{session.title.zh}{about}"


def _page(
    request: HttpRequest,
    place: Place,
    rules: Rules,
    session: Session,
    topics: Mapping[str, Topic],
    turned_down: TurnedDown | None = None,
) -> HttpResponse:
    post, on = kept(request), clock.today()
    chosen = post.getlist("topic") or request.GET.getlist("topic")
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    context = {
        "place": place,
        "rules": rules,
        "session": session,
        "notice": _notice(rules, session, on),
        "body": rules.bodies(on).get(session.body),
        "now": [(topic, topic.key in chosen) for topic in topics.values() if topic.now],
        "later": [(topic, topic.key in chosen) for topic in topics.values() if not topic.now],
        "typed": {"title": "" if request.method == "POST" else _suggested(place, session, topics, chosen)}
        | {key: post[key] for key in ("title", "day", "hour", "venue", "letter", "talks") if post.get(key)},
        "errors": errors,
        "no_item": errors.get("items", ""),
        "turned_down": turned_down,
        "today": on,
        "here": f"{request.path}?place={place.pk}&session={session.id}",
    }
    return render(request, "desk/meetings/call.html", context)
