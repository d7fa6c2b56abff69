"""Who may do what with a list. Which offices keep it and answer its rows stands in the packs; this table names the doors."""

from collections.abc import Iterable

from linli.records.people.access import Permission
from linli.records.people.models import Person
from linli.records.registers.book import Keeping
from linli.records.rulebook.offices import office_among, require_office
from linli.rules.plain.texts import Text, quoted

READ_PUBLIC = Permission("read_public_register", anonymous=True)
READ_REGISTERS = Permission("read_registers", staff=True)
READ_HERE = Permission("read_registers_here", read_above=True)
ASK = Permission("ask_in_ledger", resident=True)
TABLE = (READ_PUBLIC, READ_REGISTERS, READ_HERE, ASK)


def keepers(kept: Keeping) -> tuple[str, ...]:
    return kept.register.kept_by


def askers(kept: Keeping) -> tuple[str, ...]:
    """Whoever the form of a ledger is filled in by may put something into it."""
    return (*kept.register.kept_by, *(kept.form.filled_by if kept.register.answer else ()))


def may_keep(person: Person | None, kept: Keeping) -> bool:
    return bool(office_among(person, keepers(kept), kept.place, kept.on))


def require_among(person: Person | None, offices: Iterable[str], kept: Keeping) -> str:
    """The office the person holds among these. Raises NotAllowed, naming who may."""
    title = kept.register.title

    def kept_by(who: Text) -> Text:
        return Text(f"{quoted(title.zh)}由{who.zh}管理。", f"{quoted(title.en)} is kept by {who.en}.")

    return require_office(person, offices, kept.place, kept.on, kept.rules, said=kept_by)
