"""A paper an office owes about a place and a time: where it is written, and filing it.

What a procedure has its acts fill in is written in the matter that runs; the rest has no matter, and is about the duty itself.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.duties.permissions import discharge
from linli.records.duties.services import settle_paper
from linli.records.evidence import services as evidence
from linli.records.evidence.forms.reading import FormRules
from linli.records.evidence.models import Filling
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.reports.drafts import draft_of, form_draft
from linli.records.rulebook.selectors import rules_at
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Form
from linli.rules.policy.rules import Rules

PAPER = "duty"


def subject_of_paper(duty: Duty) -> Subject:
    """Each time it falls due has a paper of its own, with its own versions."""
    return Subject(PAPER, str(duty.pk))


def form_owed(duty: Duty, rules: Rules, on: date) -> Form | None:
    """The form that discharges a duty, if it is one."""
    return rules.forms(on).get(duty.through_id) if duty.through_kind == "form" else None


def matter_of_paper(duty: Duty, rules: Rules, on: date) -> Case | None:
    """The running matter whose acts have this form filled in: it is written there."""
    if duty.subject_kind == "case":
        return Case.objects.filter(pk=duty.subject_id).first()
    filled_in = [id for id, known in rules.procedures(on).items() if any(duty.through_id in a.fills for a in known.acts.values())]
    if not filled_in:
        return None
    running = Case.objects.filter(place=duty.subject_id.partition("/")[0], procedure__in=filled_in, passage__ended_at=None)
    return running.order_by("-pk").first()


def drafted_values(duty: Duty, form: Form, rules: Rules, on: date) -> dict[str, Plain]:
    """What the form is offered filled in with; {} where nothing is drafted."""
    draft = draft_of(duty, rules, on) if any(field.draft for field in form.fields.values()) else None
    return form_draft(form, draft) if draft else {}


@transaction.atomic
def file_owed_paper(*, duty: Duty, data: Mapping[str, object], by: Person, at: datetime, draft: bool = False) -> Filling:
    """File a new version of the paper; the first complete one that is no draft settles the duty.

    Raises NotAllowed for every office but the one that owes it, Invalid with every mistake, NotFound when no form
    discharges it, Refused before its time or when it need not be done.
    """
    duty = Duty.objects.select_for_update(of=("self",)).select_related("place").get(pk=duty.pk)
    rules, on = rules_at(duty.place), day_in_china(at)
    form = form_owed(duty, rules, on)
    if form is None or matter_of_paper(duty, rules, on) is not None:
        raise NotFound
    require(by, discharge(duty), duty.place, on)
    _may_be_filed_now(duty, on)
    open_ = duty.done_at is None
    filling = evidence.fill_form(
        subject=subject_of_paper(duty),
        form=form,
        data=data,
        by=by,
        at=at,
        place=duty.place,
        rules=_form_rules(form, rules, on),
        draft=draft and open_,
    )
    if open_ and not draft and duty.cadence != "as_needed":
        settle_paper(duty=duty, by=by, at=at)
    return filling


def _may_be_filed_now(duty: Duty, on: date) -> None:
    if duty.begins_on is not None and duty.begins_on > on:
        day = duty.begins_on
        raise Refused(
            Text(f"{day:%Y-%m-%d} 起才办，现在不用报。", f"It is not due before {day:%Y-%m-%d}; nothing is to be handed in yet.")
        )
    if duty.outcome in ("lapsed", "paused"):
        raise Refused(Text("这一次不用报了。", "This time nothing is to be handed in."))


def _form_rules(form: Form, rules: Rules, on: date) -> FormRules:
    lengths = {form.min_characters, *(field.min_characters for field in form.fields.values())} - {""}
    read = {name: rules.read(name, on=on).value for name in lengths}
    return FormRules(
        catalogues={field.catalogue: rules.catalogue(field.catalogue, on) for field in form.fields.values() if field.catalogue},
        characters={name: value for name, value in read.items() if isinstance(value, int)},
    )
