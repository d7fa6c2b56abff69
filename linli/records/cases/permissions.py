"""Who may do what with a case. Which office acts is written in the packs; this table only names the doors.

The offices of `OPEN_CASE` and the others that have none here are those the procedure, the form or the checklist names
at the case's place (see `offices_named`).
"""

from collections.abc import Iterable
from datetime import date

from linli.records.cases.models import Case
from linli.records.people.access import Permission
from linli.records.people.models import Person
from linli.records.people.selectors import offices_of
from linli.records.rulebook.roles import spelled
from linli.rules.plain.refusals import NotFound
from linli.rules.policy.models import Procedure

READ_PUBLIC = Permission("read_case", anonymous=True)
# `named`: an office to which the procedure itself gives something to do, such as a council that looks over nobody.
READ_ALL = Permission("read_every_case", read_above=True, relations=("named",))
OPEN_CASE = Permission("open_case")
FILL_FORM = Permission("fill_case_form")
ANSWER_CHECKLIST = Permission("answer_case_checklist")
FILE_EVIDENCE = Permission("file_case_evidence")
TAKE_ACT = Permission("take_case_act")
# What residents begin themselves, and follow as their own.
BEGIN_AS_RESIDENT = Permission("begin_case_as_resident", resident=True)
FOLLOW_OWN = Permission("follow_own_case", relations=("owner",))
TABLE = (
    BEGIN_AS_RESIDENT,
    FOLLOW_OWN,
    READ_PUBLIC,
    READ_ALL,
    OPEN_CASE,
    FILL_FORM,
    ANSWER_CHECKLIST,
    FILE_EVIDENCE,
    TAKE_ACT,
)


def offices_named(procedure: Procedure, level: str) -> tuple[str, ...]:
    """Every office the procedure gives something to do: in its roles, whoever stands in for them, and its acts."""
    named: list[str] = []
    for role in procedure.roles.values():
        named += [*role.offices, *role.assisted_by, *(office for instead in role.instead for office in instead.offices)]
    for act in procedure.acts.values():
        named += [office for office in act.by if office not in procedure.roles]
    return tuple(dict.fromkeys(spelt for office in named for spelt in spelled(office, level)))


def offices_behind(names: Iterable[str], procedure: Procedure, level: str) -> tuple[str, ...]:
    """The offices that names on a form stand for, a role for whoever plays it. Of no names: all the procedure gives work."""
    plain = [office for name in names for office in _played(name, procedure)]
    return tuple(dict.fromkeys(spelt for office in plain for spelt in spelled(office, level))) or offices_named(procedure, level)


def _played(name: str, procedure: Procedure) -> tuple[str, ...]:
    role = procedure.roles.get(name)
    return (*role.offices, *role.assisted_by) if role else (name,)


def may_see(person: Person | None, case: Case, on: date) -> bool:
    """Everybody sees a public case once it has left its draft; offices of its place and above see all of it."""
    if case.public and case.passage is not None and case.passage.taken > 0:
        return True
    if person is None:
        return False
    if case.opened_by_id == person.pk:
        return True
    line = case.place.ancestor_codes
    return any(office.place_id in line for office in offices_of(person, on))


def require_seen(person: Person | None, case: Case, on: date) -> Case:
    """The case, or NotFound for those who may not know that it exists."""
    if not may_see(person, case, on):
        raise NotFound
    return case
