"""What an office has to report, drafted from the records: the matters it is about, what was done in the time it covers."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.evidence.models import Piece
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.models import Step
from linli.records.rulebook.selectors import procedures_of
from linli.rules.plain.days import SHANGHAI, day_in_china
from linli.rules.policy.models import Obligation, Procedure
from linli.rules.policy.rules import Rules

_MOST = 200  # matters named; a place that runs more reports them by a table


def report_draft(duty: Duty, rules: Rules, on: date) -> str:
    """A text to be edited, one line for each matter; "" where the obligation is about no matters. Four queries."""
    obligation = rules.obligations(on).get(duty.source_key.partition(":")[0])
    place = Place.objects.filter(pk=duty.subject_id.partition("/")[0]).first()
    if obligation is None or not obligation.while_procedure or place is None or duty.begins_on is None:
        return ""
    since = datetime.combine(duty.begins_on, datetime.min.time(), SHANGHAI)
    cases = list(_cases(obligation, place, since)[:_MOST])
    procedures = procedures_of([case.passage for case in cases if case.passage is not None])
    acts, papers = _acts(cases, since), _papers(cases, since)
    head = f"{place.short_name} {duty.begins_on:%Y-%m-%d} 至 {on:%Y-%m-%d}，共 {len(cases)} 项。"
    return "\n".join([head, *(_line(case, procedures, acts, papers) for case in cases)])


def _cases(obligation: Obligation, place: Place, since: datetime) -> QuerySet[Case]:
    going = Q(passage__ended_at__isnull=True) | Q(passage__ended_at__gte=since)
    found = Case.objects.filter(beneath(place, "place"), going, procedure=obligation.while_procedure, passage__taken__gt=0)
    return found.select_related("place", "passage__place").order_by("place__path", "id")


def _acts(cases: list[Case], since: datetime) -> Mapping[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    for step in Step.objects.filter(passage__in=[case.passage_id for case in cases], at__gte=since, moved=True).order_by("at"):
        found.setdefault(step.passage_id, []).append(step)
    return found


def _papers(cases: list[Case], since: datetime) -> Mapping[str, list[Piece]]:
    ids = [str(case.pk) for case in cases]
    found: dict[str, list[Piece]] = {}
    current = Piece.objects.filter(subject_kind="case", subject_id__in=ids, current=True, filed_at__gte=since)
    for piece in current.order_by("filed_at"):
        found.setdefault(piece.subject_id, []).append(piece)
    return found


def _line(
    case: Case, procedures: Mapping[int, Procedure], acts: Mapping[int, list[Step]], papers: Mapping[str, list[Piece]]
) -> str:
    assert case.passage is not None
    known = procedures[case.passage.pk]
    done = [f"{day_in_china(step.at):%m-%d} {_act(step, known)}" for step in acts.get(case.passage.pk, ())]
    filed = [known.slots[piece.slot].title.zh for piece in papers.get(str(case.pk), ()) if piece.slot in known.slots]
    said = [f"{case.place.short_name}“{case.title}”（{case.code}）：现在是“{known.states[case.passage.state].title.zh}”"]
    said.append("办理 " + "、".join(done) if done else "这段时间没有办理记录")
    said += ["新交材料 " + "、".join(filed)] if filed else []
    return "；".join(said) + "。"


def _act(step: Step, known: Procedure) -> str:
    return known.acts[step.act].title.zh if step.act in known.acts else step.act
