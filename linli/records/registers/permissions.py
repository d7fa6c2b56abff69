"""Who may do what with a list. Which offices keep it and answer its rows stands in the packs; this table names the doors."""

from collections.abc import Iterable
from datetime import date

from linli.records.people.access import Permission
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.places.models import Place
from linli.records.registers.book import Keeping
from linli.records.rulebook.roles import spelled
from linli.rules.plain.refusals import NotAllowed
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.rules import Rules

READ_PUBLIC = Permission("read_public_register", anonymous=True)
READ_REGISTERS = Permission("read_registers", staff=True)
READ_HERE = Permission("read_registers_here", read_above=True)
ASK = Permission("ask_in_ledger", resident=True)
TABLE = PERMISSIONS = (READ_PUBLIC, READ_REGISTERS, READ_HERE, ASK)


def office_among(person: Person | None, offices: Iterable[str], place: Place, on: date) -> str:
    """The office of these that the person holds for the place, "" for none."""
    held = actor_for(person, place, on).offices
    wanted = (spelt for office in offices for spelt in spelled(office, place.level))
    return next((office for office in wanted if office in held), "")


def keepers(kept: Keeping) -> tuple[str, ...]:
    return kept.register.kept_by


def askers(kept: Keeping) -> tuple[str, ...]:
    """Whoever the form of a ledger is filled in by may put something into it."""
    return (*kept.register.kept_by, *(kept.form.filled_by if kept.register.answer else ()))


def may_keep(person: Person | None, kept: Keeping) -> bool:
    return bool(office_among(person, keepers(kept), kept.place, kept.on))


def require_among(person: Person | None, offices: Iterable[str], kept: Keeping) -> str:
    """The office the person holds among these. Raises NotAllowed, naming who may."""
    wanted = tuple(offices)
    office = office_among(person, wanted, kept.place, kept.on)
    if not office:
        names = named(wanted, kept.rules)
        raise NotAllowed(
            Text(
                f"{quoted(kept.register.title.zh)}由{names.zh}管理。", f"{quoted(kept.register.title.en)} is kept by {names.en}."
            )
        )
    return office


def named(offices: Iterable[str], rules: Rules) -> Text:
    titles = [rules.office_title(office) for office in offices]
    return Text("、".join(each.zh for each in titles), " / ".join(each.en for each in titles))
