"""What somebody began and left lying: forms kept as a draft, matters nobody took a step in."""

from dataclasses import dataclass

from linli.records.cases.models import Case
from linli.records.evidence.models import Filling
from linli.records.people.models import Person
from linli.records.prepared import Prepared
from linli.records.rulebook.selectors import procedures_of, rules_of_pack
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.web.desk.loaders import address
from linli.web.shared.shapes import Link

SHOWN = 20


@dataclass(frozen=True)
class Draft:
    """Where it goes on, and since when it lies."""

    link: Link
    since: object


def drafts_of(person: Person) -> list[Draft]:
    """Newest first; a constant number of queries."""
    return [*_forms(person), *_cases(person)]


def _forms(person: Person) -> list[Draft]:
    kept = _KEPT(person.pk)
    cases = _cases_of(kept)
    return [_form(row, cases[row.subject_id]) for row in kept if row.subject_id in cases]


def _cases_of(rows: list[Filling]) -> dict[str, Case]:
    return {str(case.pk): case for case in _RUNNING(sorted(int(row.subject_id) for row in rows))}


def _form(row: Filling, case: Case) -> Draft:
    assert case.passage is not None
    forms = rules_of_pack(case.passage.pack, case.passage.place).forms(day_in_china(row.filed_at))
    title = forms[row.form].title if row.form in forms else Text(row.form, row.form)
    return Draft(Link(title, address("desk:form", case.code, row.form), f"{case.code} {case.title}"), row.filed_at)


def _cases(person: Person) -> list[Draft]:
    kept = _BEGUN(person.pk)
    titles = procedures_of([case.passage for case in kept if case.passage is not None])
    return [
        Draft(
            Link(f"{case.code} {case.title}", address("desk:dossier", case.code), titles[case.passage_id].title), case.opened_at
        )
        for case in kept
        if case.passage_id is not None
    ]


_KEPT = Prepared(
    lambda person: Filling.objects.filter(filed_by=person, current=True, complete=False, subject_kind="case").order_by(
        "-filed_at"
    )[:SHOWN]
)
_RUNNING = Prepared(lambda ids: Case.objects.filter(pk__in=ids, passage__ended_at__isnull=True).select_related("passage__place"))
_BEGUN = Prepared(
    lambda person: (
        Case.objects.filter(opened_by=person, passage__taken=0, passage__ended_at__isnull=True)
        .select_related("passage__place")
        .order_by("-id")[:SHOWN]
    )
)
