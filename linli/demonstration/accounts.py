"""How to come into the demonstration: one account per office, a few residents by phone, a household by its paper code."""

import json
from dataclasses import dataclass
from pathlib import Path

from linli.demonstration.world import NANTOUCHENG, World
from linli.records.people.models import OfficeHeld, Person
from linli.records.rulebook.selectors import library, rules_at
from linli.rules.plain.refusals import TurnedDown


@dataclass(frozen=True)
class Officer:
    office: str
    place: str
    user: str
    name: str


@dataclass(frozen=True)
class Resident:
    """`about` says what one sees by signing in as this resident."""

    about: str
    place: str
    phone: str
    name: str


def officers() -> list[Officer]:
    """From the city down, in the words of the rules of each place."""
    held = OfficeHeld.objects.filter(person__demonstration=True, person__account__isnull=False, until__isnull=True)
    rows = held.select_related("person__account", "place").order_by("place__path", "id")
    return [Officer(_title(row), row.place.short_name, row.person.account.username, row.person.name) for row in rows]


def _title(held: OfficeHeld) -> str:
    """Above the place of a district's rules no rules may be in force; then the office is called as everybody calls it."""
    try:
        return rules_at(held.place).office_title(held.title).zh
    except TurnedDown:
        return library().vocabulary.office_title(held.title).zh


def residents() -> list[Resident]:
    """One who asked for what is a project by now, and one who sits in the council."""
    here = Person.objects.filter(demonstration=True, kind="resident", home=NANTOUCHENG).exclude(phone_index="")
    asked = here.filter(needs__links__isnull=False).distinct().order_by("pk").first()
    others = here.exclude(pk=asked.pk) if asked else here
    seated = others.filter(seats__isnull=False).order_by("pk").first()
    about = (("提出过需求", asked), ("居民议事会成员", seated))
    return [_resident(what, person) for what, person in about if person is not None]


def _resident(about: str, person: Person) -> Resident:
    place = person.home.short_name if person.home else ""
    return Resident(about, place, person.phone.open(), person.name)


# --- the household codes: kept as digests in the records, so the plain ones are noted beside the database ----------------
def note_codes(world: World, folder: Path) -> None:
    """Write down what was printed, for the table at the end of the command. Only a demonstration does this."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"household": household, "place": place, "code": code} for household, place, code in world.codes]
    _file(folder).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def noted_codes(folder: Path) -> list[tuple[str, str, str]]:
    """(household, place, code); nothing if the note is gone: the desk then prints new codes."""
    if not _file(folder).exists():
        return []
    rows = json.loads(_file(folder).read_text(encoding="utf-8"))
    return [(row["household"], row["place"], row["code"]) for row in rows]


def _file(folder: Path) -> Path:
    return folder / "demonstration-household-codes.json"
