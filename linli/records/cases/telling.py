"""Word to one office, at the place of its level."""

from datetime import datetime

from linli.records.cases.models import Case, Message
from linli.records.places.selectors import at_level
from linli.rules.plain.texts import Text


def tell_office(case: Case, office: str, *, act: str, step: int, said: Text, at: datetime) -> None:
    """`step` is the step of the act, or the stop. Twice is once; where the place has no such level nobody is told."""
    place = at_level(case.place, office.partition(".")[0])
    if place is None:
        return
    Message.objects.get_or_create(
        case=case, act=act, step=step, office=office, place=place, defaults={"zh": said.zh, "en": said.en, "at": at}
    )
