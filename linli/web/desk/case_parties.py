"""Who has a part in a matter: its supplier, its designer, who must stand aside. Their friends and kin do not decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case, Party
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.services import name_party
from linli.records.people.models import Organisation
from linli.records.rulebook.selectors import standing
from linli.rules.plain.texts import Text
from linli.rules.policy.vocabulary import Vocabulary
from linli.web.desk.loaders import desk_case, reader_person, works_on
from linli.web.desk.organisations import found_organisation
from linli.web.desk.sheets import Ask, Tried, sheet, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

_MOST = 300


@door(may=READ_ALL, load=desk_case, methods=["GET", "POST"])
def parties(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method == "GET":
        return _page(request, case)

    def act() -> Text:
        found = found_organisation(request, "party")
        relation = typed(request.POST, "party", "relation")
        note = typed(request.POST, "party", "note")[:200]
        name_party(case=case, relation=relation, party=found, by=reader_person(request), at=clock.now(), note=note)
        return Text("已登记。与它有关系的人会自动回避。", "Put down. Whoever is tied to it stands aside.")

    to = reverse("desk:case_parties", args=[case.code])
    return take(request, "party", act=act, again=lambda tried: _page(request, case, tried), to=to)


def _page(request: HttpRequest, case: Case, tried: Tried | None = None) -> HttpResponse:
    now = standing(case.subject)
    words = now.rules.vocabulary
    options = list(words.organisations.items())
    known = [(str(one.pk), one.name) for one in Organisation.objects.order_by("name")[:_MOST]]
    asks = (
        Ask("relation", Text("什么关系", "In what part"), "choice", required=True, options=options),
        Ask("organisation", Text("哪个单位", "Which organisation"), "choice", required=True, options=known),
        Ask("note", Text("说明", "Note")),
    )
    rows = list(Party.objects.filter(case=case))
    names = {one.ref: one.name for one in Organisation.objects.filter(pk__in=_keys(rows))}
    context = {
        "case": case,
        "place": case.place,
        "rows": [
            (_part(words, row.relation, row.ref in names), names.get(row.ref, Text("一位个人", "A person")), row) for row in rows
        ],
        "works": works_on(reader_person(request), now.procedure, case.place, clock.today()),
        "form": sheet(
            "party",
            asks,
            action=reverse("desk:case_parties", args=[case.code]),
            button=Text("登记", "Put down"),
            tried=tried,
        ),
    }
    return render(request, "desk/cases/parties.html", context)


def _keys(rows: list[Party]) -> list[str]:
    return [row.ref.partition(":")[2] for row in rows if row.ref.startswith("organisation:")]


def _part(words: Vocabulary, relation: str, organisation: bool) -> Text:
    """An organisation is the supplier; a person is somebody of it."""
    titles = words.organisations if organisation else words.relations
    return titles.get(relation, Text(relation, relation))
