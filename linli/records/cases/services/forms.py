"""Filling in the forms of a case and answering its checklists."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.records.cases.feeding import feed, year_of_paper
from linli.records.cases.form_rules import form_rules
from linli.records.cases.locking import locked
from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_behind
from linli.records.cases.readings import readings_of
from linli.records.duties import services as duties
from linli.records.evidence import services as evidence
from linli.records.evidence.models import Answers, Filling
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.subjects import place_year
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Form


@transaction.atomic
def fill_case_form(
    *, case: Case, form: str, data: Mapping[str, object], by: Person, at: datetime, draft: bool = False
) -> Filling:
    """Keep a new version of a form of the case; what it feeds (amount, type, category) goes into the case's columns.

    Raises Invalid with every mistake, NotAllowed, NotFound, and Refused when the form is locked, the case has ended, or
    the form is not filled in at this point of the procedure.
    """
    case = locked(case)
    now, on = standing(case.subject), day_in_china(at)
    known = _form(now, form)
    require_office(by, offices_behind(known.filled_by, now.procedure, case.place.level), case.place, on, now.rules)
    _open_now(now, known, case)
    readings = readings_of(case, by, at)
    filling = evidence.fill_form(
        subject=case.subject,
        form=known,
        data=data,
        by=by,
        at=at,
        place=case.place,
        rules=form_rules(now, known, readings, at),
        draft=draft,
    )
    feed(case, known, filling, by, at)
    for subject in (case.subject, place_year(case.place_id, year_of_paper(known, filling.data) or case.year)):
        if filling.complete:
            duties.fulfil(subject=subject, through=("form", form), by=by, at=at)
    return filling


@transaction.atomic
def answer_case_checklist(
    *, case: Case, checklist: str, answers: Mapping[str, str], reasons: Mapping[str, str], by: Person, at: datetime
) -> Answers:
    """Keep a person's answers to a checklist. Raises Invalid, NotAllowed, NotFound, Refused when the case has ended."""
    rulebook.lock(case.subject)
    now, on = standing(case.subject), day_in_china(at)
    try:
        known = now.rules.checklist(checklist, now.rules_on)
    except KeyError as error:
        raise NotFound from error
    require_office(by, offices_behind(known.answered_by, now.procedure, case.place.level), case.place, on, now.rules)
    _running(now)
    return evidence.answer_checklist(
        subject=case.subject,
        checklist=known,
        answers=answers,
        reasons=reasons,
        by=by,
        at=at,
        place=case.place,
        catalogue=now.rules.catalogue(known.each_of, now.rules_on) if known.each_of else None,
    )


def _form(now: Standing, form: str) -> Form:
    try:
        return now.rules.form(form, now.rules_on)
    except KeyError as error:
        raise NotFound from error


def _running(now: Standing) -> None:
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，材料不再改动。", "This matter has ended; its papers are not changed any more."))


def _open_now(now: Standing, form: Form, case: Case) -> None:
    """A form that acts fill in is open while such an act can be taken; so nobody changes a plan under a running decision."""
    _running(now)
    acts = [act for act in now.procedure.acts.values() if form.id in act.fills]
    if not acts or any(now.passage.state in act.from_states for act in acts):
        return
    if any(filling.locked_at for filling in case_filling(case, form.id)):
        return  # the forms themselves say that it is locked, and how to change it
    here = now.procedure.states[now.passage.state].title
    raise Refused(
        Text(
            f"现在是{quoted(here.zh)}，《{form.title.zh}》不在这一步填写。要修改请先退回。",
            f"It stands at {quoted(here.en)}; {form.title.en} is not filled in now. To change it, have it sent back first.",
        )
    )


def case_filling(case: Case, form: str) -> list[Filling]:
    return list(Filling.objects.filter(subject_kind="case", subject_id=str(case.pk), form=form, current=True))
