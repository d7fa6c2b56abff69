"""Every need that led to a case hears what became of it, and at the end is answered or taken up again."""

from django.db import transaction

from linli.records.cases.effects.done import Done
from linli.records.cases.linked import linked_needs
from linli.records.duties import services as duties
from linli.records.needs import gate
from linli.records.needs import services as needs
from linli.records.needs.models import Need
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import standing
from linli.rules.plain.refusals import NotAllowed, Refused
from linli.rules.plain.texts import Text, quoted

ANSWER_OWED = "outcome"
_TO_DO = Text("把项目的结果答复给提出需求的居民", "Answer the residents whose need this project took up")


def report_to_needs(done: Done) -> None:
    if "needs" not in done.act.reports_to:
        return
    needs.tell_linked(subject=done.case.subject, text=_said(done), at=done.at, kind="outcome" if done.state.end else "progress")
    if done.state.end:
        for need in list(linked_needs(done.case)):
            _end(done, need)


def _end(done: Done, need: Need) -> None:
    """Answer it, or let it go back to be dealt with. Where this person's office may not, its host gets a to-do instead."""
    try:
        with transaction.atomic():
            _answer(done, need) if done.state.end == "done" else _release(done, need)
    except (Refused, NotAllowed):
        _owe(done, need)


def _answer(done: Done, need: Need) -> None:
    if done.by is None:
        raise NotAllowed(_TO_DO)
    verdict = standing(need.subject).procedure.acts[gate.answering_act(need)].to
    needs.answer_need(need=need, verdict=verdict, reason=_said(done), by=done.by, at=done.at)


def _release(done: Done, need: Need) -> None:
    if done.by is None:
        raise NotAllowed(_TO_DO)
    needs.release_need(need=need, subject=done.case.subject, reason=done.why, by=done.by, at=done.at)


def _owe(done: Done, need: Need) -> None:
    office = done.case.owner_office
    place = at_level(need.place, office.partition(".")[0])
    if place is not None:
        clause = done.act.clause[0] if done.act.clause else "open"
        duties.open_duty(
            office=office,
            place=place,
            subject=need.subject,
            title=_TO_DO,
            clause=clause,
            due_on=None,
            source=ANSWER_OWED,
            key=done.case.code,
            at=done.at,
        )


def _said(done: Done) -> Text:
    case, state, note = done.case, done.state.title, done.note.strip()
    zh = f"您提出的需求所在的项目{quoted(case.title)}（{case.code}）现在是：{state.zh}。"
    en = f"The project your need led to, {quoted(case.title)} ({case.code}), now stands at: {state.en}."
    return Text(f"{zh}理由：{note}" if note else zh, f"{en} Reason: {note}" if note else en)
