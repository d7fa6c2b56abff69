"""Matters somebody began as a resident (an order for a service): that they were begun and how they ended stays."""

from datetime import datetime

from linli.records.cases.models import Case, Message, Party
from linli.records.evidence.models import Filling, Piece
from linli.records.people.forgetting import GONE, Found, out_of_office
from linli.records.people.models import Person
from linli.records.rulebook.models import Step
from linli.records.scorecards.models import Scoring
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    begun = cases_of(person)
    for case in begun:
        _empty(case)
    forms = Filling.objects.filter(subject_kind="case", subject_id__in=[str(case.pk) for case in begun], filed_by=person)
    filled = forms.update(data={}, sealed="", salt="")
    notes = Step.objects.filter(out_of_office(person, "at"), by=person.ref).exclude(note="").update(note=GONE)
    parties = Party.objects.filter(ref=person.ref).exclude(note="").update(note="")
    return [
        Found(Text("自己提出的事项的名称和说明", "Names and descriptions of matters begun by this person"), len(begun)),
        Found(Text("自己填的表", "Forms filled in for them"), filled),
        Found(Text("办理时写的理由、备注", "Reasons and notes written with acts"), notes + parties),
        Found(
            Text("事项的编号、步骤和决定", "Codes, steps and decisions of matters"),
            len(begun),
            Text(
                "办理经过要能核对；只留随机编号。", "What was done must be provable; only a random number stands for the person."
            ),
        ),
    ]


def _empty(case: Case) -> None:
    """Its title stands on what was filed and scored in it as well."""
    about = {"subject_kind": "case", "subject_id": str(case.pk)}
    Piece.objects.filter(**about, summary__contains=case.title).update(summary=GONE, summary_en="", salt="")
    Scoring.objects.filter(**about, title__contains=case.title).update(title=GONE)
    Message.objects.filter(case=case).delete()
    case.title, case.summary = GONE, ""
    case.save(update_fields=["title", "summary"])


def cases_of(person: Person) -> list[Case]:
    return list(Case.objects.filter(out_of_office(person, "opened_at"), opened_by=person))
