"""How a person stands to a case: proposer, designer, supplier, somebody who must stand aside."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from linli.records.cases.linked import linked_to
from linli.records.cases.models import Case
from linli.records.cases.models import Party as CaseParty
from linli.records.evidence.models import Filling
from linli.records.people.models import Organisation, Person
from linli.records.people.selectors import Parties, relations_of
from linli.records.prepared import Prepared
from linli.rules.policy.models import Procedure

RECUSED, PROPOSER, DESIGNER, SUPPLIER, APPLICANT = "recused", "proposer", "designer", "supplier", "applicant"


def relations_to(case: Case, procedure: Procedure, person: Person | None, on: date) -> frozenset[str]:
    """The relations of the vocabulary that hold between this person and this case on this day."""
    return relations_of(person, parties_of(case, procedure), on) if person is not None else frozenset()


def parties_of(case: Case, procedure: Procedure) -> Parties:
    """Everybody with a part in the case: those named, those whose needs it answers, those who drew it up."""
    named = _named(case)
    persons = {relation: [each for each in found if isinstance(each, Person)] for relation, found in named.items()}
    return Parties(
        proposers=[*persons.get(PROPOSER, []), *_proposers(case)],
        designers=[*persons.get(DESIGNER, []), *_designers(case, procedure)],
        suppliers=named.get(SUPPLIER, []),
        applicants=named.get(APPLICANT, []),
        interested=named.get(RECUSED, []),
    )


def _named(case: Case) -> Mapping[str, Sequence[Person | Organisation]]:
    rows = _PARTIES(case.pk) if getattr(case, "has_parties", True) else []
    keys: dict[str, list[str]] = {"person": [], "organisation": []}
    for row in rows:
        kind, _, key = row.ref.partition(":")
        keys[kind].append(key)
    known: dict[str, Person | Organisation] = {}
    known |= {each.ref: each for each in _PERSONS([UUID(key) for key in keys["person"]])}
    known |= {each.ref: each for each in _ORGANISATIONS([UUID(key) for key in keys["organisation"]])}
    found: dict[str, list[Person | Organisation]] = {}
    for row in rows:
        found.setdefault(row.relation, []).append(known[row.ref])
    return found


def _proposers(case: Case) -> list[Person]:
    """Those who asked for it; of a matter inside another, whoever opened it."""
    asked = _ASKED(str(case.pk))
    return [*asked, *([case.opened_by] if case.parent_id is not None and case.opened_by is not None else [])]


def _designers(case: Case, procedure: Procedure) -> list[Person]:
    if not procedure.main_form:
        return []
    return _FILLED(str(case.pk), procedure.main_form)


_PARTIES = Prepared(lambda case: CaseParty.objects.filter(case=case))
_PERSONS = Prepared(lambda ids: Person.objects.filter(pk__in=ids))
_ORGANISATIONS = Prepared(lambda ids: Organisation.objects.filter(pk__in=ids))
_ASKED = Prepared(lambda case: Person.objects.filter(pk__in=linked_to(case).filter(person__isnull=False).values("person")))
_FILLED = Prepared(
    lambda case, form: Person.objects.filter(
        pk__in=Filling.objects.filter(subject_kind="case", subject_id=case, form=form, filed_by__isnull=False).values("filed_by")
    )
)
