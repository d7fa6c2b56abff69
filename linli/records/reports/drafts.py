"""What an office has to report, drafted from the records: the matters it is about, what was done in the time it covers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.evidence.models import Filling, Piece
from linli.records.funds.models import Commitment, Contribution
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.models import Step
from linli.records.rulebook.selectors import procedures_of
from linli.rules.gates.model import Plain
from linli.rules.plain import money
from linli.rules.plain.days import SHANGHAI, day_in_china
from linli.rules.plain.texts import quoted
from linli.rules.policy.models import Field, Form, Obligation, Procedure
from linli.rules.policy.rules import Rules

_MOST = 200  # matters named; a place that runs more reports them by a table


@dataclass(frozen=True)
class Matter:
    """One matter in the time covered: acts with their days, papers handed in, money that came, went or was given back."""

    place: str
    title: str
    code: str
    state: str
    done: Sequence[str]
    papers: Sequence[str]
    money: Sequence[str]
    share_done: str


@dataclass(frozen=True)
class Draft:
    place: Place
    year: int
    since: date
    on: date
    due_on: date | None
    matters: Sequence[Matter]


def report_draft(duty: Duty, rules: Rules, on: date) -> str:
    """A text to be edited, one line for each matter; "" where the obligation is about no matters."""
    obligation = _obligation(duty, rules, on)
    draft = draft_of(duty, rules, on) if obligation and obligation.while_procedure else None
    return text_of(draft) if draft else ""


def draft_of(duty: Duty, rules: Rules, on: date) -> Draft | None:
    """What the records say about the time a recurring duty covers; None for a duty that recurs for no place. Seven queries.

    The time begins with the period, or where the last report of this kind left off.
    """
    obligation = _obligation(duty, rules, on)
    code, _, year = duty.subject_id.partition("/")
    place = Place.objects.filter(pk=code).first()
    if obligation is None or place is None or duty.begins_on is None:
        return None
    since = _since(duty, duty.begins_on)
    matters = _matters(obligation, place, since, rules, on) if obligation.while_procedure else []
    return Draft(place, int(year), day_in_china(since), on, duty.due_on, matters)


def text_of(draft: Draft) -> str:
    head = f"{draft.place.short_name} {draft.since:%Y-%m-%d} 至 {draft.on:%Y-%m-%d}，共 {len(draft.matters)} 项。"
    return "\n".join([head, *(_line(matter) for matter in draft.matters)])


def form_draft(form: Form, draft: Draft) -> dict[str, Plain]:
    """Field -> value, for the fields whose form says what of the records they are drafted from."""
    found: dict[str, Plain] = {field.key: _drafted(field, draft) for field in form.fields.values() if field.draft}
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def _drafted(field: Field, draft: Draft) -> Plain:
    if field.type == "lines":
        return [{column: _words(matter, words) for column, words in field.draft} for matter in draft.matters]
    return _WHOLE[field.draft[0][1][0]](draft)


_WHOLE: Mapping[str, Callable[[Draft], Plain]] = {
    "day": lambda draft: draft.on.isoformat(),
    "due": lambda draft: draft.due_on.isoformat() if draft.due_on else "",
    "year": lambda draft: draft.year,
    "report": lambda draft: text_of(draft) if draft.matters else "",
}


def _words(matter: Matter, wanted: Sequence[str]) -> str:
    parts = {
        "matter": f"{matter.place}{quoted(matter.title)}",
        "place": matter.place,
        "code": matter.code,
        "state": matter.state,
        "done": "、".join(matter.done),
        "papers": f"新交材料：{'、'.join(matter.papers)}" if matter.papers else "",
        "money": "、".join(matter.money),
        "share_done": matter.share_done,
    }
    return "；".join(parts[word] for word in wanted if parts[word])


def _line(matter: Matter) -> str:
    said = [f"{matter.place}{quoted(matter.title)}（{matter.code}）：现在是{quoted(matter.state)}"]
    said.append("办理 " + "、".join(matter.done) if matter.done else "这段时间没有办理记录")
    said += ["新交材料 " + "、".join(matter.papers)] if matter.papers else []
    said += ["资金 " + "、".join(matter.money)] if matter.money else []
    return "；".join(said) + "。"


def _obligation(duty: Duty, rules: Rules, on: date) -> Obligation | None:
    return rules.obligations(on).get(duty.source_key.partition(":")[0])


def _since(duty: Duty, begins_on: date) -> datetime:
    """What was done after the last report and before this period began belongs into this one: nothing falls between."""
    id = duty.source_key.partition(":")[0]
    same = Duty.objects.filter(source=duty.source, source_key__startswith=f"{id}:", office=duty.office, place=duty.place_id)
    of_place = same.filter(subject_id__startswith=f"{duty.subject_id.partition('/')[0]}/", outcome="done")
    before = of_place.filter(begins_on__lt=begins_on).order_by("begins_on").last()
    return before.done_at if before and before.done_at else datetime.combine(begins_on, datetime.min.time(), SHANGHAI)


def _matters(obligation: Obligation, place: Place, since: datetime, rules: Rules, on: date) -> list[Matter]:
    cases = list(_cases(obligation, place, since)[:_MOST])
    procedures = procedures_of([case.passage for case in cases if case.passage is not None])
    acts, papers, moved = _acts(cases, since), _papers(cases), _money(cases, since)
    for case, said in _granted(cases, acts, procedures, rules, on):
        moved.setdefault(str(case.pk), []).append(said)
    return [
        _matter(case, procedures, acts.get(case.passage_id, ()), papers.get(str(case.pk), ()), moved.get(str(case.pk), ()), since)
        for case in cases
    ]


def _granted(
    cases: list[Case], acts: Mapping[int | None, list[Step]], procedures: Mapping[int, Procedure], rules: Rules, on: date
) -> Iterator[tuple[Case, str]]:
    """Each grant awarded in the time, with the amount its paper names: `落实市级补助 100,000.00 元`."""
    awarding = {(grant.procedure, grant.after) for grant in rules.grants(on).values() if grant.after}
    steps = [
        (case, procedures[case.passage_id].acts[step.act])
        for case in cases
        for step in acts.get(case.passage_id, ())
        if case.passage_id is not None and (case.procedure, step.act) in awarding
    ]
    named = {form for _, act in steps for form in act.fills}
    ids = [str(case.pk) for case, _ in steps]
    filled = Filling.objects.filter(subject_kind="case", subject_id__in=ids, form__in=named, current=True, complete=True)
    papers = {(filling.subject_id, filling.form): filling.data for filling in filled}
    for case, act in steps:
        for form in act.fills:
            for field in rules.form(form, on).fields.values():
                fen = papers.get((str(case.pk), form), {}).get(field.key)
                if field.type == "money" and isinstance(fen, int):
                    yield case, f"{act.title.zh} {money.yuan(fen)} 元"


def _matter(
    case: Case,
    procedures: Mapping[int, Procedure],
    acts: Sequence[Step],
    papers: Sequence[Piece],
    moved: Sequence[str],
    since: datetime,
) -> Matter:
    assert case.passage is not None
    known = procedures[case.passage.pk]
    shares = [piece.facts["share_done"] for piece in papers if piece.facts.get("share_done")]
    return Matter(
        place=case.place.short_name,
        title=case.title,
        code=case.code,
        state=known.states[case.passage.state].title.zh,
        done=[f"{day_in_china(step.at):%m-%d} {_act(step, known)}" for step in acts],
        papers=[known.slots[one.slot].title.zh for one in papers if one.slot in known.slots and one.filed_at >= since],
        money=moved,
        share_done=str(shares[-1]) if shares else "",
    )


def _cases(obligation: Obligation, place: Place, since: datetime) -> QuerySet[Case]:
    going = Q(passage__ended_at__isnull=True) | Q(passage__ended_at__gte=since)
    found = Case.objects.filter(beneath(place, "place"), going, procedure=obligation.while_procedure, passage__taken__gt=0)
    return found.select_related("place", "passage__place").order_by("place__path", "id")


def _acts(cases: list[Case], since: datetime) -> Mapping[int | None, list[Step]]:
    found: dict[int | None, list[Step]] = {}
    for step in Step.objects.filter(passage__in=[case.passage_id for case in cases], at__gte=since, moved=True).order_by("at"):
        found.setdefault(step.passage_id, []).append(step)
    return found


def _papers(cases: list[Case]) -> Mapping[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    current = Piece.objects.filter(subject_kind="case", subject_id__in=[str(case.pk) for case in cases], current=True)
    for piece in current.order_by("filed_at", "pk"):
        found.setdefault(piece.subject_id, []).append(piece)
    return found


def _money(cases: list[Case], since: datetime) -> dict[str, list[str]]:
    ids = [str(case.pk) for case in cases]
    found: dict[str, list[str]] = {}
    for source in Contribution.objects.filter(subject_kind="case", subject_id__in=ids, at__gte=since):
        found.setdefault(source.subject_id, []).append(f"落实{source.source} {money.yuan(source.amount_fen)} 元")
    moved = Q(at__gte=since) | Q(released_at__gte=since)
    for one in Commitment.objects.filter(moved, subject_kind="case", subject_id__in=ids).select_related("envelope"):
        said = "退回" if one.state == "released" else "列支"
        found.setdefault(one.subject_id, []).append(f"{said}{one.envelope.source} {money.yuan(one.amount_fen)} 元")
    return found


def _act(step: Step, known: Procedure) -> str:
    return known.acts[step.act].title.zh if step.act in known.acts else step.act
