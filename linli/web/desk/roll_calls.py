"""A vote by name: everybody who may vote is asked in turn, and each answer is kept with the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.meetings import services
from linli.records.meetings.models import Attendance, Motion
from linli.records.people.models import Person
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.meeting_acts import KEEP, found_motion, took
from linli.web.desk.meeting_minutes import CHOICES, said_by_name
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.fieldviews import FieldView

_EACH = Text("到会的每一位都要记下一个答复。", "Everybody present has to give an answer.")
_ANSWER = Text("请选一项。", "Choose one.")


@door(may=KEEP, load=found_motion, methods=["GET", "POST"])
def roll_call(request: HttpRequest, motion: Motion) -> HttpResponse:
    if request.method == "GET":
        return _page(request, motion)
    try:
        answers = _answers(request, motion)
        services.roll_call(motion=motion, answers=answers, by=me(request), at=clock.now())
    except TurnedDown as turned_down:
        answer = _page(request, motion, turned_down)
        answer.status_code = turned_down.status
        return answer
    done = Text("逐人表决已记下，不能再改。", "The vote by name is kept and cannot be changed.")
    return took(request, motion.item.meeting, "roll", lambda: done, f"#item{motion.item_id}")


def _voters(motion: Motion) -> list[Person]:
    """Entitled, present, and not standing aside."""
    item = motion.item
    away = item.recusals.values("person")
    rows = Attendance.objects.filter(meeting=item.meeting, entitled=True, present_at__isnull=False).exclude(person__in=away)
    return [row.person for row in rows.select_related("person")]


def _answers(request: HttpRequest, motion: Motion) -> dict[Person, str]:
    voters = _voters(motion)
    found = {person: request.POST.get(f"voice-{person.pk}", "") for person in voters}
    missing = {f"voice-{person.pk}": _ANSWER for person, answer in found.items() if not answer}
    if missing or not voters:
        raise Invalid(_EACH, fields=missing)
    return found


def _page(request: HttpRequest, motion: Motion, turned_down: TurnedDown | None = None) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    fields = [
        FieldView(
            key := f"voice-{person.pk}",
            person.name,
            "choice",
            request.POST.get(key, ""),
            errors.get(key, ""),
            required=True,
            options=CHOICES,
        )
        for person in (_voters(motion) if motion.voted_at is None else ())
    ]
    context = {
        "motion": motion,
        "meeting": motion.item.meeting,
        "fields": fields,
        "names": said_by_name(motion),
        "back": reverse("desk:meeting", args=[motion.item.meeting_id]) + f"#item{motion.item_id}",
        "turned_down": turned_down,
    }
    return render(request, "desk/meetings/roll_call.html", context)
