"""Filling in forms, locking them, answering checklists."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.records.evidence import events
from linli.records.evidence.forms.characters import clean
from linli.records.evidence.forms.reading import FormRules, Sheet, read_form
from linli.records.evidence.models import Answers, File, Filling
from linli.records.evidence.sealing import canonical, digest_of, fresh_salt
from linli.records.evidence.services.recording import seal
from linli.records.evidence.versions import current, file_version
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Checklist, Form

NO_RULES = FormRules()


@transaction.atomic
def fill_form(
    *,
    subject: Subject,
    form: Form,
    data: Mapping[str, object],
    by: Person | None,
    at: datetime,
    place: Place,
    rules: FormRules = NO_RULES,
    draft: bool = False,
    amended_by: Subject | None = None,
) -> Filling:
    """Keep a new version of a form. A draft may be incomplete, never wrong.

    Raises Invalid with `fields` naming every mistake, Refused when the form is locked. A locked form takes a new
    version only with `amended_by`, the subject whose approval allows it, and stays locked.
    """
    before = current(Filling, subject, form.id, lock=True)
    locked = before is not None and before.locked_at is not None
    if locked and amended_by is None:
        raise Refused(_locked(form))
    sheet = read_form(form, data, rules, draft=draft and not locked)
    _look_for_files(form, sheet)
    salt = fresh_salt()
    filling = Filling(
        subject_kind=subject.kind,
        subject_id=subject.id,
        form=form.id,
        data=sheet.data,
        sealed=canonical(sheet.sealed).decode() if sheet.sealed else "",
        complete=sheet.complete,
        amended_by=str(amended_by or ""),
        place=place,
        filed_by=by,
        filed_at=at,
        locked_at=at if locked else None,
        locked_by=by if locked else None,
        salt=salt,
        digest=digest_of({"form": form.id, "data": sheet.data, "sealed": sheet.sealed}, salt=salt),
    )
    file_version(filling)
    event = events.FormFilled(form=form.id, version=filling.version, digest=filling.digest, amended_by=filling.amended_by)
    seal(event, place=place, subject=subject, by=by, at=at)
    return filling


def _locked(form: Form) -> Text:
    return Text(
        f"《{form.title.zh}》已经锁定。需要改动时，请提出变更申请，批准后才能修改。",
        f"{form.title.en} is locked. To change it, file a change request; once approved, the change is made.",
    )


def _look_for_files(form: Form, sheet: Sheet) -> None:
    for one in form.fields.values():
        named = {**sheet.data, **sheet.sealed}.get(one.key)
        if one.type != "file" or not isinstance(named, list):
            continue
        digests = {str(digest) for digest in named}
        if File.objects.filter(sha256__in=digests).values("sha256").distinct().count() != len(digests):
            text = Text("没有找到这个文件，请重新上传。", "This file was not found. Please upload it again.")
            raise Invalid(text, fields={one.key: text})


@transaction.atomic
def lock_form(*, subject: Subject, form: str, by: Person | None, at: datetime) -> Filling:
    """Lock the current version. Locking twice changes nothing. Raises Refused when it is missing or incomplete."""
    filling = current(Filling, subject, form, lock=True)
    if filling is None or not filling.complete:
        raise Refused(
            Text(
                "表单还没有填完，不能锁定。请先填写完整。",
                "The form is not complete, so it cannot be locked. Please complete it.",
            )
        )
    if filling.locked_at is not None:
        return filling
    filling.locked_at, filling.locked_by = at, by
    filling.save(update_fields=["locked_at", "locked_by"])
    event = events.FormLocked(form=form, version=filling.version, digest=filling.digest)
    seal(event, place=filling.place, subject=subject, by=by, at=at)
    return filling


@transaction.atomic
def release_form(*, subject: Subject, form: str, reason: str, by: Person | None, at: datetime) -> Filling | None:
    """Open a locked form again when its matter is sent back. The locked version stays; the next filling is a new one."""
    if not reason.strip():
        text = Text("请写明退回修改的理由。", "Please say why it is sent back.")
        raise Invalid(text, fields={"reason": text})
    filling = current(Filling, subject, form, lock=True)
    if filling is None or filling.locked_at is None:
        return filling
    filling.locked_at = filling.locked_by = None
    filling.save(update_fields=["locked_at", "locked_by"])
    event = events.FormReleased(form=form, version=filling.version, reason=reason)
    seal(event, place=filling.place, subject=subject, by=by, at=at)
    return filling


@transaction.atomic
def answer_checklist(
    *,
    subject: Subject,
    checklist: Checklist,
    answers: Mapping[str, str],
    reasons: Mapping[str, str],
    by: Person | None,
    at: datetime,
    place: Place,
    catalogue: Catalogue | None = None,
) -> Answers:
    """Keep a person's answers, yes or no to every item that a person answers.

    `catalogue` gives the items of an `each_of` checklist. Raises Invalid naming every item that is unanswered or lacks
    the reason an unexpected answer needs.
    """
    asked = asked_items(checklist, catalogue)
    kept = {key: answers.get(key, "") for key in asked}
    why = {key: clean(reasons.get(key, "")) for key in asked if clean(reasons.get(key, ""))}
    wrong = {key: text for key in asked if (text := _wrong(asked[key], kept[key], why.get(key, "")))}
    if wrong:
        raise Invalid(
            Text(f"《{checklist.title.zh}》还有 {len(wrong)} 项要回答。", f"{checklist.title.en}: {len(wrong)} left to answer."),
            fields=wrong,
        )
    salt = fresh_salt()
    row = Answers(
        subject_kind=subject.kind,
        subject_id=subject.id,
        checklist=checklist.id,
        answers=kept,
        reasons=why,
        place=place,
        filed_by=by,
        filed_at=at,
        salt=salt,
        digest=digest_of({"checklist": checklist.id, "answers": kept, "reasons": why}, salt=salt),
    )
    file_version(row)
    event = events.ChecklistAnswered(checklist=checklist.id, version=row.version, digest=row.digest)
    seal(event, place=place, subject=subject, by=by, at=at)
    return row


def asked_items(checklist: Checklist, catalogue: Catalogue | None = None) -> dict[str, str]:
    """Item -> the answer it must have (yes, no, answered), without those that tick themselves from a slot."""
    asked: dict[str, str] = {key: item.must_be for key, item in checklist.items.items() if not item.slot}
    if checklist.each_of and catalogue is not None:
        asked |= dict.fromkeys(catalogue.entries, checklist.each_must_be)
    return asked


def _wrong(must_be: str, answer: str, reason: str) -> Text | None:
    if answer not in ("yes", "no"):
        return Text("请回答“是”或“否”。", "Please answer yes or no.")
    if must_be in ("yes", "no") and answer != must_be and not reason:
        return Text("这一项的回答与要求不同，请写明理由。", "This answer is not the one asked for. Please give the reason.")
    return None
