"""Taking back what was recorded wrongly, as long as nobody has acted on it."""

from datetime import datetime

from django.db import transaction

from linli.records.places import events
from linli.records.places.models import Place, PlaceChange
from linli.records.trail.models import Event
from linli.records.trail.services import record
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text

KINDS = ("renamed", "split", "merged", "ended")


@transaction.atomic
def undo_change(*, change: PlaceChange, reason: str, by: str, at: datetime) -> Place:
    """The place is again as it was before; mergers go with the end they belong to. Raises Refused, Invalid."""
    place = Place.objects.select_for_update().get(pk=change.place_id)
    change = PlaceChange.objects.select_for_update().get(pk=change.pk)
    if not reason.strip():
        need = Text("请写明为什么撤回，如“编码写错了”。", "Say why, such as a wrong code.")
        raise Invalid(need, fields={"reason": need})
    together = _together(change)
    _check(change, place, together)
    if change.kind == "renamed":
        place.name = change.name_before
    elif change.kind in ("merged", "ended"):
        place.until = None
    place.save(update_fields=["name", "until"])
    PlaceChange.objects.filter(pk__in=[each.pk for each in together]).update(undone_at=at)
    done = events.PlaceChangeUndone(place=place.pk, change=change.kind, since=change.since.isoformat(), reason=reason)
    record(done, stream=place.pk, subject=place.subject, by=by, at=at)
    return place


def _together(change: PlaceChange) -> list[PlaceChange]:
    """The rows that were recorded by the same act."""
    kinds = ("merged", "ended") if change.kind in ("merged", "ended") else (change.kind,)
    return list(PlaceChange.objects.filter(place=change.place_id, recorded_at=change.recorded_at, kind__in=kinds))


def _check(change: PlaceChange, place: Place, together: list[PlaceChange]) -> None:
    if change.kind not in KINDS:
        raise Refused(Text("新设不能撤回；请登记它的最后一天。", "An opening is not taken back; record the place's last day."))
    later = PlaceChange.objects.filter(place=place, undone_at__isnull=True, pk__gt=max(each.pk for each in together))
    if change.undone_at is not None or later.exists():
        raise Refused(Text("只有最近的一次变更能撤回。", "Only the latest change can be taken back."))
    streams = [place.pk, *(each.successor_id for each in together if each.successor_id)] if change.kind != "renamed" else []
    since = Event.objects.filter(stream__in=streams, at__gt=change.recorded_at).exclude(kind__startswith="place")
    if since.exists():
        raise Refused(
            Text(
                "登记以后那里已经办过事，不能撤回。请按文件再登记一次变更。",
                "Acts have been recorded there since, so it stays. Record another change by its document.",
            )
        )
