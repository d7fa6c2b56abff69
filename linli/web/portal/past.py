"""What a place was before: other names, places that merged into it, parts that left it, where it goes on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.records.places.models import Place, PlaceChange
from linli.records.prepared import Prepared
from linli.rules.plain.days import day_words
from linli.rules.plain.texts import Text


@dataclass(frozen=True, slots=True)
class Past:
    """One sentence; `other` is the place it names at its end, to go to. `over`: the place itself is no more."""

    said: Text
    other: Place | None = None
    over: bool = False


def past_of(place: Place, on: date) -> list[Past]:
    """Oldest first; without the opening, which nobody asks for."""
    found = _CHANGES(place.pk)
    heirs = any(change.kind == "merged" and change.place_id == place.pk for change in found)
    return [_past(change, place, on) for change in found if change.kind != "ended" or not heirs]


_CHANGES = Prepared(
    lambda code: (
        PlaceChange.objects.filter(
            Q(place=code, kind__in=["renamed", "split", "merged", "ended"]) | Q(successor=code), undone_at__isnull=True
        )
        .select_related("place", "successor")
        .order_by("since", "id")
    )
)


def _past(change: PlaceChange, place: Place, on: date) -> Past:
    day = day_words(change.since)
    own = change.place_id == place.pk
    if change.kind == "renamed":
        return Past(
            Text(
                f"曾用名：{change.name_before}（{day.zh}更名）",
                f"Formerly {change.name_before} (renamed {day.en})",
            )
        )
    if change.kind == "split" and own:
        return Past(Text(f"{day.zh}拆出", f"Parts left on {day.en}:"), change.successor)
    if change.kind == "split":
        return Past(Text(f"{day.zh}拆分自", f"Split on {day.en} from"), change.place)
    over = own and change.since < on
    if change.kind == "merged" and own:
        return Past(
            Text(
                f"存在到{day.zh}，编号和网址不变，没办结的事还能查；以后并入",
                f"It existed until {day.en}. Codes and addresses stay, and what was open can be followed; it goes on in",
            ),
            change.successor,
            over,
        )
    if change.kind == "merged":
        return Past(Text(f"{day.zh}以后并入这里的有", f"Merged into this place after {day.en}:"), change.place)
    return Past(
        Text(
            f"存在到{day.zh}。编号和网址不变，没办结的事还能查。",
            f"It existed until {day.en}. Codes and addresses stay, and what was open can be followed.",
        ),
        None,
        over,
    )
