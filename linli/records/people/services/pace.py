"""How often somebody who is not signed in may do the same thing: enough for a family or a counter, too little for a machine."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from linli.records.people.models import Turns
from linli.records.people.sealed import blind_index
from linli.rules.plain.days import SHANGHAI, day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text

Limit = tuple[timedelta, int]  # a length of time, and how many in it
_DAY = timedelta(days=1)


@transaction.atomic
def take_turn(*, what: str, who: str, at: datetime, limits: Sequence[Limit], amount: int = 1) -> None:
    """Count `amount` more; "" counts nobody. Raises Refused when it would pass one of the limits: then nothing is counted.

    `who` (an address, a telephone number) is kept as a keyed digest, and only until its time is over.
    """
    key = blind_index(who, f"turns {what}")
    for length, most in limits if key else ():
        since = _window(at, length)
        Turns.objects.filter(what=what, length=length, since__lt=since).delete()
        Turns.objects.bulk_create([Turns(what=what, who=key, length=length, since=since)], ignore_conflicts=True)
        mine = Turns.objects.filter(what=what, who=key, length=length, since=since)
        if not mine.filter(taken__lte=most - amount).update(taken=F("taken") + amount):
            raise Refused(_later(length, most))


def _window(at: datetime, length: timedelta) -> datetime:
    """Windows follow one another without overlap, the same for everybody; days begin at midnight in China."""
    if length % _DAY:
        return datetime.fromtimestamp(at.timestamp() // length.total_seconds() * length.total_seconds(), at.tzinfo)
    days = length // _DAY
    return datetime.combine(date.fromordinal(day_in_china(at).toordinal() // days * days), time(), SHANGHAI)


def _later(length: timedelta, most: int) -> Text:
    if length <= timedelta(hours=1):
        return Text(
            f"这里一小时内已经收到 {most} 次，请过一小时再试；您填的都还在。也可以登录后再交，或到社区柜台办理。",
            f"There were {most} from here within an hour; try again in an hour. What you typed is kept. "
            "You may also sign in, or come to the community's counter.",
        )
    return Text(
        f"今天已经收到 {most} 次，请明天再试；您填的都还在。也可以登录后再交，或到社区柜台办理。",
        f"There were {most} today; try again tomorrow. What you typed is kept. "
        "You may also sign in, or come to the community's counter.",
    )
