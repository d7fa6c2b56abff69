"""Meetings of a place, items about a matter, and who counts in the room."""

from collections.abc import Sequence

from django.db.models import F, FilteredRelation, Q, QuerySet

from linli.records.meetings.models import AgendaItem, Attendance, Meeting
from linli.records.meetings.reckoning import Room
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.prepared import Prepared
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject


def meeting(number: int) -> Meeting:
    """Raises NotFound."""
    found = _MEETING.first(number)
    if found is None:
        raise NotFound
    return found


_MEETING = Prepared(lambda number: Meeting.objects.select_related("place", "body").filter(pk=number))


def meetings_at(place: Place) -> QuerySet[Meeting]:
    """Meetings of a place and of the places inside it, the next first."""
    return Meeting.objects.filter(beneath(place, "place")).select_related("place", "body")


def items_about(subject: Subject) -> list[AgendaItem]:
    """Every time a matter was on an agenda, oldest first, with the meeting."""
    return _ABOUT(subject.kind, subject.id)


_ABOUT = Prepared(
    lambda kind, id: (
        AgendaItem.objects.filter(subject_kind=kind, subject_id=id)
        .select_related("meeting")
        .order_by("meeting__convened_for", "number")
    )
)
_DECIDED = Q(motions__decides=True, motions__voided_at=None, motions__voted_at__isnull=False)
_VOTED = Prepared(
    lambda kind, id: (
        AgendaItem.objects.filter(subject_kind=kind, subject_id=id)
        .annotate(vote=FilteredRelation("motions", condition=_DECIDED))
        .annotate(votes_for=F("vote__votes_for"), votes_against=F("vote__votes_against"), votes_abstain=F("vote__votes_abstain"))
        .select_related("meeting")
        .order_by("meeting__convened_for", "number", "vote__number")
    )
)


def votes_about(subject: Subject) -> list[tuple[AgendaItem, list[AgendaItem]]]:
    """Every time a matter was on an agenda, with each vote that decided (`votes_for` …), in one query; a talk has none."""
    found: dict[int, tuple[AgendaItem, list[AgendaItem]]] = {}
    for row in _VOTED(subject.kind, subject.id):
        votes = found.setdefault(row.pk, (row, []))[1]
        if getattr(row, "votes_for") is not None:  # noqa: B009 - read with the row
            votes.append(row)
    return list(found.values())


def room_of(item: AgendaItem, called: Sequence[Attendance] | None = None) -> Room:
    """Those entitled and present now, the recused of this item left out of both. `called` where the caller has them."""
    recusals = {recusal.person_id: recusal.ref for recusal in item.recusals.all()}
    everybody = Attendance.objects.filter(meeting=item.meeting_id) if called is None else called
    entitled = [one for one in everybody if one.entitled]
    out = [one for one in entitled if one.person_id in recusals]
    staying = [one for one in entitled if one.person_id not in recusals]
    return Room(
        entitled=len(staying),
        present=sum(one.present for one in staying),
        recused=tuple(recusals.values()),
        recused_entitled=len(out),
        recused_present=sum(one.present for one in out),
    )
