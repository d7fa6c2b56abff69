"""What a decided child does to the matter it belongs to."""

from linli.records.cases import events
from linli.records.cases.effects.done import Done
from linli.records.cases.effects.time import extend, pause, resume
from linli.records.cases.entered import as_entered
from linli.records.cases.feeding import fed_fields, feed
from linli.records.cases.form_rules import form_rules
from linli.records.cases.locking import locked
from linli.records.cases.models import Case
from linli.records.evidence import selectors as papers
from linli.records.evidence import services as evidence
from linli.records.funds import services as funds
from linli.records.funds.selectors import commitment_of
from linli.records.rulebook.selectors import standing
from linli.records.trail import services as trail
from linli.rules.gates.model import Facts
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Form


def work_on_parent(done: Done) -> None:
    effect, parent = done.act.effect, done.case.parent
    if effect is None or parent is None:
        return
    match effect.kind:
        case "amend":
            _amend(done, parent, effect.form)
        case "extend":
            extend(done, parent, effect.form)
        case "pause":
            pause(done, parent)
        case "resume":
            resume(done, parent)


def _amend(done: Done, parent: Case, form_id: str) -> None:
    """A new version of the parent's locked form with what was approved; the version before stays."""
    parent = locked(parent)
    now = standing(parent.subject)
    form = now.rules.form(form_id, now.rules_on)
    filling = evidence.fill_form(
        subject=parent.subject,
        form=form,
        data=_approved(done.case, parent, form),
        by=done.by,
        at=done.at,
        place=parent.place,
        rules=form_rules(now, form, done.readings, done.at),
        amended_by=done.case.subject,
    )
    feed(parent, form, filling, done.by, done.at)
    _keep_money(done, parent)
    sealed = events.CaseAmended(code=parent.code, by_case=done.case.code, form=form_id, version=filling.version)
    trail.record(sealed, stream=parent.place_id, subject=parent.subject, by=done.by_ref, at=done.at)


def _approved(child: Case, parent: Case, form: Form) -> Facts:
    """The form as the child filled it in; else as it stood, with what the child's forms feed put in its place."""
    papers_of_child, before = papers.fillings(child.subject), papers.fillings(parent.subject).get(form.id)
    if form.id in papers_of_child:
        return as_entered(form, papers_of_child[form.id])
    if before is None:
        raise Refused(Text("原表还没有填写，不能变更。", "The form to be changed has not been filled in yet."))
    now = standing(child.subject)
    data, ours = as_entered(form, before), fed_fields(form)
    for filling in papers_of_child.values():
        theirs = now.rules.form(filling.form, now.rules_on)
        given = as_entered(theirs, filling)
        data |= {ours[fed]: given[key] for fed, key in fed_fields(theirs).items() if fed in ours and key in given}
    return data


def _keep_money(done: Done, parent: Case) -> None:
    if commitment_of(parent.subject) is not None and parent.amount_fen:
        funds.commit_money(
            subject=parent.subject,
            amount_fen=parent.amount_fen,
            place=parent.place,
            year=parent.year,
            by=done.by_ref,
            at=done.at,
        )
