"""Every need that led to a case hears what became of it."""

from linli.records.cases.effects.done import Done
from linli.records.cases.linked import linked_needs
from linli.records.needs.models import Telling
from linli.rules.plain.texts import Text


def report_to_needs(done: Done) -> None:
    if "needs" not in done.act.reports_to:
        return
    said = _said(done)
    kind = "outcome" if done.state.end else "adopted"
    Telling.objects.bulk_create(
        Telling(need=need, kind=kind, zh=said.zh, en=said.en, at=done.at) for need in linked_needs(done.case)
    )


def _said(done: Done) -> Text:
    case, state, note = done.case, done.state.title, done.note.strip()
    zh = f"您提出的需求所在的项目“{case.title}”（{case.code}）现在是：{state.zh}。"
    en = f"The project your need led to, “{case.title}” ({case.code}), now stands at: {state.en}."
    return Text(f"{zh}理由：{note}" if note else zh, f"{en} Reason: {note}" if note else en)
