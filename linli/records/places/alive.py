"""Nothing new begins in a place that is no more; what is open there goes on."""

from datetime import date

from linli.records.places.models import Place
from linli.records.places.selectors import changes
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


def require_alive(place: Place, on: date) -> None:
    """Raises Refused, naming where the place goes on."""
    if place.until is None or place.until >= on:
        return
    heirs = [change.successor for change in changes(place).filter(kind="merged") if change.successor]
    zh, en = "、".join(heir.short_name for heir in heirs), ", ".join(heir.short_name for heir in heirs)
    to = Text(f"请到{zh}去办。", f" Please turn to {en}.") if heirs else Text("", "")
    raise Refused(
        Text(
            f"{place.short_name}已经撤销，这里不再办新的事；没办结的照常办。{to.zh}",
            f"{place.short_name} has ended: nothing new begins here; what is open goes on.{to.en}",
        )
    )
