"""Standing aside, motions, and hands counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.meetings import services
from linli.records.meetings.models import AgendaItem, Motion
from linli.records.meetings.reckoning import Votes
from linli.records.meetings.selectors import room_of
from linli.records.meetings.services.voting import reckoned
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.meeting_acts import KEEP, called_person, found_item, found_motion, took
from linli.web.desk.meeting_page import meeting_again
from linli.web.desk.sheets import Tried, typed
from linli.web.shared import clock
from linli.web.shared.doors import door


@door(may="meetings.declare_interest", load=found_item, methods=["POST"])
def recuse(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = f"recuse{item.pk}"

    def act() -> Text:
        person = called_person(item.meeting, typed(request.POST, form, "person"))
        services.declare_interest(
            item=item, person=person, reason=typed(request.POST, form, "reason"), by=me(request), at=clock.now()
        )
        return Text(f"{person.name}对这一议题回避，不计入人数。", f"{person.name} stands aside and is not counted.")

    return took(request, item.meeting, form, act, f"#item{item.pk}")


@door(may=KEEP, load=found_item, methods=["POST"])
def motion(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = f"motion{item.pk}"

    def act() -> Text:
        services.put_motion(item=item, text=typed(request.POST, form, "text"), by=me(request), at=clock.now())
        return Text("动议已提出，可以举手表决。", "The motion is put; hands can be counted.")

    return took(request, item.meeting, form, act, f"#item{item.pk}")


@door(may=KEEP, load=found_motion, methods=["POST"])
def vote(request: HttpRequest, motion: Motion) -> HttpResponse:
    """Hands were counted. With `reckon` the figures are only worked out, and nothing is kept."""
    form, meeting = f"vote{motion.pk}", motion.item.meeting
    if "reckon" in request.POST:
        return _reckoned_page(request, motion)

    def act() -> Text:
        votes = _votes(request, motion)
        voted = services.count_votes(
            motion=motion, in_favour=votes.in_favour, against=votes.against, abstain=votes.abstain, by=me(request), at=clock.now()
        )
        return Text(
            f"同意 {voted.votes_for}，反对 {voted.votes_against}，弃权 {voted.votes_abstain}，已记下。",
            f"{voted.votes_for} for, {voted.votes_against} against, {voted.votes_abstain} abstaining: kept.",
        )

    return took(request, meeting, form, act, f"#item{motion.item_id}")


def _votes(request: HttpRequest, motion: Motion) -> Votes:
    figures, wrong = {}, {}
    for key in ("for", "against", "abstain"):
        text = (request.POST or request.GET).get(f"vote{motion.pk}-{key}", "").strip() or "0"
        if text.isdecimal():
            figures[key] = int(text)
        else:
            wrong[key] = Text("请写成整数", "Write a whole number")
    if wrong:
        raise Invalid(Text("票数要填 0 或以上的整数。", "Votes are whole numbers from 0."), fields=wrong)
    return Votes(figures["for"], figures["against"], figures["abstain"])


def _worked_out(request: HttpRequest, motion: Motion) -> list[Text]:
    """What these figures would mean, sentence by sentence."""
    try:
        votes = _votes(request, motion)
    except Invalid as wrong:
        return [wrong.text]
    room = room_of(motion.item)
    if votes.cast > room.present:
        return [
            Text(
                f"共 {votes.cast} 票，多于可以表决的 {room.present} 人，请重新清点。",
                f"{votes.cast} votes, but only {room.present} may vote. Please count again.",
            )
        ]
    return list(reckoned(motion.item, "count", room, votes).reasons())


def _reckoned_page(request: HttpRequest, motion: Motion) -> HttpResponse:
    """The figures as typed, with what they would mean beside them."""
    typed_so_far = Tried(f"vote{motion.pk}", request.POST, None)
    return meeting_again(request, motion.item.meeting, typed_so_far, (motion.pk, _worked_out(request, motion)))


@door(may=KEEP, load=found_motion)
def reckon(request: HttpRequest, motion: Motion) -> HttpResponse:
    """The arithmetic of the figures typed so far, as a part of the page."""
    return render(request, "desk/meetings/reasons.html", {"reasons": _worked_out(request, motion)})


@door(may=KEEP, load=found_motion, methods=["POST"])
def void(request: HttpRequest, motion: Motion) -> HttpResponse:
    form = f"void{motion.pk}"

    def act() -> Text:
        services.void_vote(motion=motion, reason=typed(request.POST, form, "reason"), by=me(request), at=clock.now())
        return Text(
            "这次表决已作废，记录还在；可以重新提出动议。", "The vote is set aside and stays on record; a new motion can be put."
        )

    return took(request, motion.item.meeting, form, act, f"#item{motion.item_id}")
