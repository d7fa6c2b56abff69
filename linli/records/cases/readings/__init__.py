"""What the gate may look at when an act of a case is decided, gathered from the apps below."""

from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.readings.facts import case_facts
from linli.records.cases.readings.place_years import place_years
from linli.records.cases.readings.registers import rows_asked, totals_asked
from linli.records.cases.readings.relations import relations_to
from linli.records.cases.readings.slots import slot_facts
from linli.records.evidence import selectors as evidence
from linli.records.evidence.forms.facts import checklist_facts, form_facts
from linli.records.people.models import Person
from linli.records.rulebook.selectors import procedures_of, rules_of_pack
from linli.rules.gates.model import Readings
from linli.rules.plain.days import day_in_china


def readings_of(case: Case, person: Person | None, at: datetime) -> Readings:
    """Everything but what the rulebook itself knows (stages, roles, who did what, exceptions, holds)."""
    assert case.passage is not None
    on, subject = day_in_china(at), case.subject
    procedure = procedures_of([case.passage])[case.passage.pk]
    rules = rules_of_pack(case.passage.pack, case.passage.place)
    facts = case_facts(case, procedure)
    fillings = evidence.fillings(subject)
    forms = {form: form_facts(filling) for form, filling in fillings.items()}
    return Readings(
        facts=facts,
        forms=forms,
        locked=frozenset(form for form, filling in fillings.items() if filling.locked_at is not None),
        checklists={checklist: checklist_facts(row) for checklist, row in evidence.answers(subject).items()},
        evidence=slot_facts(case, procedure, on),
        place_year=place_years(case, procedure, on),
        registers=rows_asked(case, procedure, rules, facts, forms, on),
        totals=totals_asked(case, procedure, rules, on),
        relations=relations_to(case, procedure, person, on),
    )
