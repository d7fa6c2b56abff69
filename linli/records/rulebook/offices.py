"""In which of the offices that the rules name a person acts."""

from collections.abc import Callable, Iterable
from datetime import date

from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.places.models import Place
from linli.records.rulebook.roles import spelled
from linli.rules.plain.refusals import NotAllowed
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules


def _this_is_for(who: Text) -> Text:
    return Text(f"这件事由{who.zh}办理。", f"This is for {who.en}.")


def office_among(person: Person | None, offices: Iterable[str], place: Place, on: date) -> str:
    """The first of these offices that the person holds on the line of the place, as `community.party_committee`; "" for none."""
    held = actor_for(person, place, on).offices
    return next((office for office in _spelt(offices, place) if office in held), "")


def require_office(
    person: Person | None,
    offices: Iterable[str],
    place: Place,
    on: date,
    rules: Rules,
    *,
    said: Callable[[Text], Text] = _this_is_for,
) -> str:
    """As `office_among`. Raises NotAllowed in the words of `said`, which is given the names of those who may."""
    wanted = _spelt(offices, place)
    office = office_among(person, wanted, place, on)
    if office:
        return office
    names = [rules.office_title(office) for office in wanted] or [Text("有关单位", "the office concerned")]
    raise NotAllowed(said(Text("、".join(name.zh for name in names), " / ".join(name.en for name in names))))


def _spelt(offices: Iterable[str], place: Place) -> list[str]:
    return list(dict.fromkeys(spelt for office in offices for spelt in spelled(office, place.level)))
