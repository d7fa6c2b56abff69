"""Lists of cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from linli.records.cases.models import Case, Message, Party
from linli.records.cases.permissions import require_seen
from linli.records.funds.models import Contribution
from linli.records.needs.models import Link, Need
from linli.records.people.models import Person
from linli.records.people.selectors import offices_of
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, is_small
from linli.records.prepared import Prepared
from linli.records.reading import reading
from linli.records.rulebook.edition import token_was_read, with_token
from linli.records.rulebook.models import Passage, Step
from linli.records.rulebook.selectors import procedures_of
from linli.records.rulebook.standing import FLAGS, passage_flags, with_flags_of
from linli.records.scorecards.models import Scoring
from linli.records.texts.models import Document, Post
from linli.rules.plain.refusals import NotFound
from linli.rules.policy.models import Procedure, Stage, State

UNREAD_SHOWN = 20


@dataclass(frozen=True)
class Row:
    """A case with the words for where it stands."""

    case: Case
    procedure: Procedure
    state: State
    stage: Stage


def visible_to(person: Person | None, on: date) -> QuerySet[Case]:
    """What a reader may see: public cases that have left their draft, one's own, and all of the places one holds office
    at, with everything beneath them."""
    seen = _OPEN if person is None else _OPEN | _ones_own(person, on)
    return Case.objects.filter(seen).select_related("place", "passage__place")


def seen_besides(person: Person, on: date) -> QuerySet[Case]:
    """What a reader sees and not everybody: sought among what is theirs, in a wide place among what is hidden."""
    if all(is_small(office.place) for office in offices_of(person, on)):
        return Case.objects.filter(_ones_own(person, on)).exclude(_OPEN).select_related("place", "passage__place")
    return hidden().filter(_ones_own(person, on)).select_related("place", "passage__place")


_OPEN = Q(public=True, passage__taken__gt=0)


def hidden() -> QuerySet[Case]:
    """The few that not everybody sees: drafts, and what is not public. All that `_OPEN` is not, by indexes of nothing else."""
    drafts = Passage.objects.filter(subject_kind="case", taken=0).order_by()
    kinds = (Q(passage__in=drafts.values("pk")), Q(passage__isnull=True), Q(public=False))
    first, *others = (Case.objects.filter(kind).order_by().values("pk") for kind in kinds)
    return Case.objects.filter(pk__in=first.union(*others))


def _ones_own(person: Person, on: date) -> Q:
    found = Q(opened_by=person)
    for office in offices_of(person, on):
        found |= beneath(office.place, "place")
    return found


def project_list(
    *,
    viewer: Person | None,
    on: date,
    place: Place | None = None,
    procedure: str = "",
    state: str = "",
    stage: str = "",
    type: str = "",
    category: str = "",
    year: int | None = None,
    running: bool | None = None,
    words: str = "",
) -> QuerySet[Case]:
    """Newest first; every filter may be left out. `words` are looked for in title and code."""
    found = visible_to(viewer, on)
    if place is not None:
        found = found.filter(beneath(place, "place"))
    wanted = {"procedure": procedure, "passage__state": state, "passage__stage": stage, "type": type, "category": category}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if year is not None:
        found = found.filter(year=year)
    if running is not None:
        found = found.filter(passage__ended_at__isnull=running)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(code__icontains=words))
    return found.order_by("-id")


def rows(cases: Iterable[Case]) -> Sequence[Row]:
    """A page of cases with their states in words; one further query however many there are."""
    page = [case for case in cases if case.passage is not None]
    procedures = procedures_of([case.passage for case in page if case.passage is not None])
    return [_row(case, procedures) for case in page]


def _row(case: Case, procedures: Mapping[int, Procedure]) -> Row:
    assert case.passage is not None
    procedure = procedures[case.passage.pk]
    return Row(case, procedure, procedure.states[case.passage.state], procedure.stages[case.passage.stage])


def case_by_code(code: str, viewer: Person | None, on: date) -> Case:
    """The case, if the viewer may see it, with its passage and what hangs on it (`has_…`). Raises NotFound."""
    return require_seen(viewer, case_read(code), on)


def case_read(code: str) -> Case:
    """The case as it stands now, whoever asks; once in one reading. Raises NotFound."""
    case = _NAMED.first(code)
    if case is None:
        raise NotFound
    if reading():
        token_was_read(getattr(case, "rules_token"))  # noqa: B009 - read with the row
    else:  # an act may bring what was not there
        for flag in (*FLAGS, *(f"has_{name}" for name, _ in _RARE), "has_children", "has_parties"):
            setattr(case, flag, True)
    if case.passage is not None:
        with_flags_of(case.passage, case)
    return case


_NAMED = Prepared(lambda code: with_token(_with_flags(Case.objects.filter(code=code))))


_RARE: tuple[tuple[str, type[Model]], ...] = (
    ("sources", Contribution),
    ("text", Document),
    ("talk", Post),
    ("scorings", Scoring),
)


def _with_flags(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With whether the rarer things hang on it, so that its pages do not ask for what is not there."""
    about = {"subject_kind": "case", "subject_id": Cast(OuterRef("pk"), CharField())}
    flags = {f"has_{name}": Exists(model._default_manager.filter(**about)) for name, model in _RARE}
    flags["has_children"] = Exists(Case.objects.filter(parent=OuterRef("pk")))
    flags["has_parties"] = Exists(Party.objects.filter(case=OuterRef("pk")))
    found = cases.select_related("place", "passage__place", "parent__place")
    return found.annotate(**flags, **passage_flags(OuterRef("passage")))


def children_of(case: Case) -> list[Case]:
    """The matters begun under it, oldest first."""
    return _CHILDREN(case.pk) if getattr(case, "has_children", True) else []


_CHILDREN = Prepared(lambda case: Case.objects.filter(parent=case).select_related("place", "passage__place").order_by("id"))


def cases_for_need(need: Need) -> QuerySet[Case]:
    """The cases that take up a need."""
    links = Link.objects.filter(need=need, subject_kind="case", ended_at__isnull=True)
    ids = [int(key) for key in links.values_list("subject_id", flat=True)]
    return Case.objects.filter(pk__in=ids).select_related("place", "passage__place")


def unread_messages(person: Person, on: date, *, place: Place | None = None, without: Iterable[int] = ()) -> list[Message]:
    """The newest of them, of the offices at one place where it is given, without those about some matters."""
    held = [each for each in offices_of(person, on) if place is None or each.place_id == place.pk]
    desks = [value for each in held for value in (each.place_id, each.title)]
    return _UNREAD([*without] or [0], *desks) if desks else []


def messages_for(person: Person, on: date, *, unread: bool = True) -> QuerySet[Message]:
    """Word for the offices a person holds, newest first. An office that has since taken a step in the matter knows of it."""
    held = offices_of(person, on)
    return _messages([(each.place_id, each.title) for each in held], unread=unread)


def _messages(desks: Iterable[tuple[str, str]], *, unread: bool) -> QuerySet[Message]:
    mine = Q(pk__in=[])
    for place, office in desks:
        mine |= Q(place=place, office=office)
    found = Message.objects.filter(mine).select_related("case", "place")
    since = Step.objects.filter(passage=OuterRef("case__passage"), office=OuterRef("office"), at__gt=OuterRef("at"))
    return found.filter(~Exists(since), read_at__isnull=True) if unread else found


_UNREAD = Prepared(
    lambda without, *desks: _messages(zip(desks[::2], desks[1::2], strict=True), unread=True).exclude(case__in=without)[
        :UNREAD_SHOWN
    ]
)
