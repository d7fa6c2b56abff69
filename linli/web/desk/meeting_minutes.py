"""The minutes of a meeting at the desk: the text, who has signed, who is missing, what was added, and the paper."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.meetings.models import Annex, Attendance, Meeting, Minutes, Motion, Signatory, Voice
from linli.records.meetings.selectors import opinions_of, signatures_needed
from linli.records.people.models import Person
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import SHANGHAI, day_in_china, day_words
from linli.rules.plain.texts import Text
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet

ROLES = (
    ("chair", Text("主持人", "Chair")),
    ("secretary", Text("记录人", "Secretary")),
    ("teller", Text("计票人", "Teller")),
    ("attendee", Text("参会人", "Attendee")),
)
WRITE = (Ask("text", Text("会议记录", "Minutes"), "long_text", required=True),)
SIGN = (
    Ask(
        "dissent",
        Text("保留意见", "Dissent"),
        "long_text",
        hint=Text(
            "有不同意见写在这里，会和签名一起留下；没有就空着", "If you disagree, say so here; it is kept with your signature"
        ),
    ),
)
ANNEX = (Ask("text", Text("补充说明", "Annex"), "long_text", required=True),)


def minutes_part(
    meeting: Meeting, called: Sequence[Attendance], person: Person, keeps: bool, tried: Tried | None
) -> dict[str, Any]:
    """What the page shows of the minutes, with the forms this reader may use."""
    versions = list(meeting.minutes.select_related("written_by"))
    minutes = versions[-1] if versions else None
    locked = minutes is not None and minutes.locked_at is not None
    signed = {one.person_id: one for one in minutes.signatures.select_related("person")} if minutes else {}
    named = list(Signatory.objects.filter(meeting=meeting).select_related("person"))
    here = any(one.person_id == person.pk and one.present for one in called)
    writes = keeps and meeting.state in ("open", "closed") and not locked
    return {
        "minutes": minutes,
        "versions": versions,
        "locked": locked,
        "signed": list(signed.values()),
        "missing": [(one.person, dict(ROLES)[one.role]) for one in named if one.person_id not in signed],
        "signatories": named,
        "needed": signatures_needed(meeting),
        "annexes": list(Annex.objects.filter(minutes=minutes).select_related("by")) if minutes else [],
        "write": _form(
            meeting,
            "write",
            WRITE,
            Text("保存为新的一版", "Keep as a new version"),
            tried,
            {"text": minutes.text if minutes else drafted(meeting, called)},
        )
        if writes
        else None,
        "name": _form(meeting, "name", _name(called, named), Text("指定会签人", "Name a signatory"), tried, {"role": "attendee"})
        if writes
        else None,
        "sign": _sign(meeting, minutes, tried)
        if minutes and not locked and here and meeting.state == "closed" and person.pk not in signed
        else None,
        "annex": _form(meeting, "annex", ANNEX, Text("附上说明", "Add the annex"), tried) if keeps and locked else None,
    }


def _sign(meeting: Meeting, minutes: Minutes, tried: Tried | None) -> Sheet:
    digest = Ask("digest", Text("摘要", "Digest"), "hidden")
    button = Text(f"签第 {minutes.version} 版", f"Sign version {minutes.version}")
    return _form(meeting, "sign", (digest, *SIGN), button, tried, {"digest": minutes.digest})


def _name(called: Sequence[Attendance], named: Sequence[Signatory]) -> tuple[Ask, ...]:
    there = {one.person_id for one in named}
    options = [(str(one.person_id), one.person.name) for one in called if one.present and one.person_id not in there]
    return (
        Ask("person", Text("谁会签（到会的人）", "Who signs (of those present)"), "choice", required=True, options=options),
        Ask("role", Text("以什么身份", "As what"), "choice", required=True, options=ROLES),
    )


def _form(meeting: Meeting, name: str, asks: Sequence[Ask], button: Text, tried: Tried | None, start: Any = None) -> Sheet:
    action = reverse(f"desk:minutes_{name}", args=[meeting.pk])
    return sheet(name, asks, action=action, button=button, tried=tried, start=start)


def drafted(meeting: Meeting, called: Sequence[Attendance]) -> str:
    """A beginning of the minutes from what is on record; the secretary writes on from there."""
    if meeting.held_on is None:
        return ""
    when = meeting.convened_for.astimezone(SHANGHAI)
    entitled = [one for one in called if one.entitled]
    lines = [
        f"{meeting.title}",
        f"时间：{day_words(meeting.held_on).zh} {when:%H:%M}　地点：{meeting.venue}",
        f"到会：{'、'.join(one.person.name for one in called if one.present) or '（未登记）'}",
    ]
    if entitled:
        lines.append(f"应到 {len(entitled)} 人，实到 {sum(one.present for one in entitled)} 人。")
    motions = (
        Motion.objects.filter(item__meeting=meeting, voided_at__isnull=True)
        .select_related("item")
        .order_by("item__number", "number")
    )
    for item in meeting.items.all():
        lines.append(f"\n议题 {item.number}：{item.title}")
        lines += [_motion_line(motion) for motion in motions if motion.item_id == item.pk]
    return "\n".join(lines)


CHOICES = (("for", Text("同意", "For")), ("against", Text("反对", "Against")), ("abstain", Text("弃权", "Abstain")))
VOICES = Prefetch("voices", queryset=Voice.objects.select_related("person").order_by("pk"))


def said_by_name(motion: Motion) -> list[Text]:
    """Who answered what where names were called, one line for each answer given."""
    given: dict[str, list[str]] = {}
    for voice in motion.voices.all():
        given.setdefault(voice.choice, []).append(voice.person.name)
    return [
        Text(f"{title.zh}：{'、'.join(given[choice])}", f"{title.en}: {', '.join(given[choice])}")
        for choice, title in CHOICES
        if choice in given
    ]


def _motion_line(motion: Motion) -> str:
    said = "".join(one["zh"] for one in motion.result.get("reasons", ()))
    text = motion.text.rstrip("。 ")
    return f"动议：{text}。{said}" if motion.voted_at else f"动议：{text}。（还没有表决）"


def paper(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One A4 sheet: the minutes as they stand, the votes, the names under it."""
    called = list(meeting.attendances.select_related("person").defer("person__phone"))
    versions = list(meeting.minutes.all())
    minutes = versions[-1] if versions else None
    rules, on = rules_at(meeting.place), day_in_china(meeting.called_at)
    context = {
        "meeting": meeting,
        "place": meeting.place,
        "session": rules.sessions(on).get(meeting.session),
        "minutes": minutes,
        "signed": list(minutes.signatures.select_related("person")) if minutes else [],
        "signatories": list(Signatory.objects.filter(meeting=meeting).select_related("person")),
        "roles": dict(ROLES),
        "motions": [
            (motion, said_by_name(motion))
            for motion in Motion.objects.filter(item__meeting=meeting)
            .select_related("item")
            .prefetch_related(VOICES)
            .order_by("item__number", "number")
        ],
        "opinions": opinions_of(meeting),
        "present": [one for one in called if one.present],
        "annexes": list(Annex.objects.filter(minutes=minutes)) if minutes else [],
    }
    return render(request, "desk/meetings/paper.html", context)
