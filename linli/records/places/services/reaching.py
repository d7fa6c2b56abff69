"""How people reach a place who do not come online: its telephone, its counter and when that is open."""

from datetime import datetime

from django.db import transaction

from linli.records.places import events
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

LONGEST_PHONE, LONGEST_COUNTER = 40, 120
_DIALLED = frozenset("0123456789+-() （）转")
_FEWEST = 3  # digits, as of a hotline


@transaction.atomic
def set_reached(*, place: Place, phone: str, counter: str, by: str, at: datetime) -> Place:
    """Shown on every page of the place; both empty: nothing is shown. Raises Invalid."""
    phone, counter = phone.strip(), " ".join(counter.split())
    _check(phone, counter)
    place = Place.objects.select_for_update().get(pk=place.pk)
    if (phone, counter) == (place.phone, place.counter):
        return place
    place.phone, place.counter = phone, counter
    place.save(update_fields=["phone", "counter"])
    done = events.PlaceReached(place=place.pk, phone=phone, counter=counter)
    record(done, stream=place.pk, subject=place.subject, by=by, at=at)
    return place


def _check(phone: str, counter: str) -> None:
    wrong: dict[str, Text] = {}
    if phone and (len(phone) > LONGEST_PHONE or not _DIALLED.issuperset(phone) or sum(map(str.isdecimal, phone)) < _FEWEST):
        wrong["phone"] = Text(
            "电话只写数字和 - ( ) +，分机写在“转”后面，如 0755-12345678 转 12。",
            "A telephone number has digits and - ( ) + only; an extension stands after 转.",
        )
    if len(counter) > LONGEST_COUNTER:
        wrong["counter"] = Text(f"最长 {LONGEST_COUNTER} 个字。", f"{LONGEST_COUNTER} characters at most.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
