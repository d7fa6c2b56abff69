"""Minutes and opinions: written, signed, annexed, answered."""

from django.http import HttpRequest, HttpResponse

from linli.records.meetings import services
from linli.records.meetings.models import AgendaItem, Meeting, Opinion
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.meeting_acts import KEEP, called_person, found_opinion, took
from linli.web.desk.meeting_minutes import paper
from linli.web.desk.meeting_page import found_meeting
from linli.web.desk.sheets import typed
from linli.web.shared import clock
from linli.web.shared.days import day_typed
from linli.web.shared.doors import door


@door(may=KEEP, load=found_meeting, methods=["POST"])
def write(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        minutes = services.write_minutes(
            meeting=meeting, text=typed(request.POST, "write", "text"), by=me(request), at=clock.now()
        )
        n, again = minutes.version, "重新" if minutes.version > 1 else ""
        return Text(f"第 {n} 版已保存，要{again}会签。", f"Version {n} is kept and wants signing{' anew' if again else ''}.")

    return took(request, meeting, "write", act, "#minutes")


@door(may=KEEP, load=found_meeting, methods=["POST"])
def name(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        person = called_person(meeting, typed(request.POST, "name", "person"))
        services.name_signatory(
            meeting=meeting, person=person, role=typed(request.POST, "name", "role"), by=me(request), at=clock.now()
        )
        return Text(f"已指定 {person.name} 会签。", f"{person.name} is named to sign.")

    return took(request, meeting, "name", act, "#minutes")


@door(may="meetings.sign_minutes", load=found_meeting, methods=["POST"])
def sign(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        post = request.POST
        services.sign_minutes(
            meeting=meeting,
            digest=typed(post, "sign", "digest"),
            dissent=typed(post, "sign", "dissent"),
            by=me(request),
            at=clock.now(),
        )
        return Text("您已会签。", "You have signed.")

    return took(request, meeting, "sign", act, "#minutes")


@door(may=KEEP, load=found_meeting, methods=["POST"])
def annex(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        services.add_annex(meeting=meeting, text=typed(request.POST, "annex", "text"), by=me(request), at=clock.now())
        return Text("说明已附上，原记录不变。", "The annex is added; the minutes stay as they were.")

    return took(request, meeting, "annex", act, "#minutes")


@door(may="meetings.read_minutes", load=found_meeting)
def meeting_paper(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return paper(request, meeting)


@door(may="meetings.record_opinion", load=found_meeting, methods=["POST"])
def opinion(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        post = request.POST
        speaker = typed(post, "opinion", "speaker")
        services.record_opinion(
            meeting=meeting,
            topic=typed(post, "opinion", "topic"),
            text=typed(post, "opinion", "text"),
            owner=typed(post, "opinion", "owner"),
            speaker=called_person(meeting, speaker) if speaker else None,
            speaker_name=typed(post, "opinion", "speaker_name"),
            item=_item(meeting, typed(post, "opinion", "item")),
            due_on=day_typed(typed(post, "opinion", "due_on"), "due_on"),
            by=me(request),
            at=clock.now(),
        )
        return Text("已记入台账，答复的单位会在待办里看到。", "Entered; the office that answers finds it on its list.")

    return took(request, meeting, "opinion", act, "#opinions")


def _item(meeting: Meeting, key: str) -> AgendaItem | None:
    return AgendaItem.objects.filter(meeting=meeting, pk=key).first() if key.isdecimal() else None


@door(may="meetings.answer_opinion", load=found_opinion, methods=["POST"])
def answer(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    form = f"reply{opinion.pk}"

    def act() -> Text:
        post = request.POST
        services.answer_opinion(
            opinion=opinion,
            verdict=typed(post, form, "verdict"),
            reply=typed(post, form, "reply"),
            by=me(request),
            at=clock.now(),
        )
        return Text("已答复。", "Answered.")

    return took(request, opinion.meeting, form, act, "#opinions")
