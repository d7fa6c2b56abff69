"""The life of one need as a line: raised, looked into, taken up, answered."""

from collections.abc import Iterator

from linli.records.cases.models import Case
from linli.records.evidence.selectors import piece_history
from linli.records.needs import gate
from linli.records.needs.models import Need
from linli.records.rulebook.selectors import history
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import address
from linli.web.shared import clock
from linli.web.shared.shapes import Entry, Link

_RAISED = Text("需求提出", "Need raised")
_CHECKED = Text("现场核实", "Looked into on the spot")


def story(need: Need, rules: Rules) -> list[Entry]:
    """What happened, oldest first."""
    entries = [_raised(need), *_checks(need), *_steps(need, rules), *_links(need)]
    return sorted(entries, key=lambda entry: str(entry.when))


def _raised(need: Need) -> Entry:
    helper = need.entered_by
    who = Text(f"{helper.name} 代录", f"entered by {helper.name}") if helper else Text("本人提出", "by the proposer")
    return Entry(_RAISED, who=who, when=need.raised_at, note=need.help_reason)


def _checks(need: Need) -> Iterator[Entry]:
    for piece in piece_history(need.subject, gate.CHECK_SLOT):
        real = piece.facts.get("real") is True
        photos = [
            Link(Text(f"照片 {n}", f"Photo {n}"), address("portal:file", file.pk, file.name))
            for n, file in enumerate(piece.files.all(), 1)
        ]
        yield Entry(
            _CHECKED,
            "done" if real else "refused",
            who=piece.filed_by.name if piece.filed_by else "",
            when=piece.filed_at,
            note=piece.said,
            evidence=photos,
        )


def _steps(need: Need, rules: Rules) -> Iterator[Entry]:
    procedure = rules.procedure("need", clock.today())
    answers = {answer.at: answer.said for answer in need.answers.all()}
    for step in history(need.subject):
        act = procedure.acts.get(step.act)
        office = rules.office_title(step.office) if step.office else ""
        yield Entry(
            act.title if act else step.act,
            "refused" if act and act.kind == "refuse" else "done",
            who=office,
            when=step.at,
            clause=act.clause[0] if act and act.clause else "",
            note=answers.get(step.at) or step.note,
        )


def _links(need: Need) -> Iterator[Entry]:
    links = [link for link in need.links.all() if link.subject_kind == "case"]
    cases = Case.objects.in_bulk([int(link.subject_id) for link in links])
    for link in links:
        case = cases.get(int(link.subject_id))
        if case is None:
            continue
        url = address("desk:dossier", case.code)
        yield Entry(Text(f"对应项目 {case.code}", f"Linked to project {case.code}"), when=link.at, note=case.title, url=url)
        if link.ended_at:
            let_go = Text(f"项目 {case.code} 不再对应", f"Project {case.code} let it go")
            yield Entry(let_go, "refused", when=link.ended_at, note=link.ended_reason, url=url)
