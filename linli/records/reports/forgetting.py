"""The search forgets with the records."""

from datetime import datetime

from linli.records.cases.forgetting import cases_of
from linli.records.needs.models import Need
from linli.records.people.forgetting import Found
from linli.records.people.models import Person
from linli.records.reports.search.indexing import look_again
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    """After the records: needs found by a number carry the person by then."""
    needs = list(Need.objects.filter(person=person).values_list("pk", flat=True))
    cases = [case.pk for case in cases_of(person)]
    look_again({"need": needs, "project": cases}, day_in_china(at))
    return [Found(Text("检索里的词", "What the search finds"), len(needs) + len(cases))]
