"""How a person stands to a case: proposer, designer, supplier, somebody who must stand aside."""

from datetime import date

from django.db.models import Q

from linli.records.cases.linked import linked_needs
from linli.records.cases.models import Case
from linli.records.evidence.models import Filling
from linli.records.people.models import Interest, Person
from linli.records.people.selectors import holding
from linli.rules.policy.models import Procedure

RECUSED, PROPOSER, DESIGNER, SUPPLIER = "recused", "proposer", "designer", "supplier"


def relations_to(case: Case, procedure: Procedure, person: Person | None, on: date) -> frozenset[str]:
    """The relations of the vocabulary that hold between this person and this case on this day."""
    if person is None:
        return frozenset()
    found = {party.relation for party in case.parties.all() if party.ref == person.ref}
    found |= _through_interests(case, person, on)
    if _proposed(case, person):
        found.add(PROPOSER)
    if _designed(case, procedure, person):
        found.add(DESIGNER)
    return frozenset(found)


def _through_interests(case: Case, person: Person, on: date) -> set[str]:
    """Kin of a party, or a tie to its organisation: for a supplier's people the relation itself, and always recusal."""
    parties = {party.ref: party.relation for party in case.parties.all()}
    ties = Interest.objects.filter(holding(on)).filter(Q(person=person) | Q(other_person=person))
    found: set[str] = set()
    for tie in ties.select_related("organisation", "other_person", "person"):
        other = tie.organisation or (tie.other_person if tie.person_id == person.pk else tie.person)
        relation = parties.get(other.ref) if other else None
        if relation == SUPPLIER and tie.organisation is not None:
            found |= {SUPPLIER, RECUSED}
        elif relation in (SUPPLIER, RECUSED):
            found.add(RECUSED)
    return found


def _proposed(case: Case, person: Person) -> bool:
    if case.parent_id is not None and case.opened_by_id == person.pk:
        return True
    return linked_needs(case).filter(person=person).exists()


def _designed(case: Case, procedure: Procedure, person: Person) -> bool:
    if not procedure.main_form:
        return False
    mine = Filling.objects.filter(subject_kind="case", subject_id=str(case.pk), form=procedure.main_form, filed_by=person)
    return mine.exists()
