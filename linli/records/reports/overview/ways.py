"""The procedures of all packs as ways: their stages in order, and how far along a state is. Words stay with their pack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Case as When_
from django.db.models import IntegerField, Q, Value, When

from linli.records.rulebook.edition import library
from linli.rules.policy.models import Procedure

WayKey = tuple[str, str]  # pack, procedure
_NOT_REACHED = ("refused", "withdrawn", "failed")


@dataclass(frozen=True)
class Course:
    """A procedure as its pack has it on a day. `ranks`: state -> which stage, from 0; bad ends have none."""

    pack: str
    procedure: Procedure
    ranks: Mapping[str, int]

    @property
    def is_project(self) -> bool:
        """What people there call a project, as the pack says."""
        return self.procedure.listed

    @property
    def is_child(self) -> bool:
        """A matter about another one, such as a change of a plan."""
        return bool(self.procedure.parent) and not self.procedure.parent_optional


@lru_cache(maxsize=4)
def courses(on: date) -> Mapping[WayKey, Course]:
    """Every procedure of every pack."""
    packs, found = library(), {}
    for pack in packs.packs:
        for known in packs.rules(pack).procedures(on).values():
            found[pack, known.id] = Course(pack, known, _ranks(known))
    return found


def _ranks(procedure: Procedure) -> Mapping[str, int]:
    order = {stage: number for number, stage in enumerate(procedure.stages)}
    return {id: order[state.stage] for id, state in procedure.states.items() if state.end not in _NOT_REACHED}


def project_procedures(on: date) -> frozenset[str]:
    return frozenset(key[1] for key, course in courses(on).items() if course.is_project)


def rank_of_step(on: date, ways: Iterable[WayKey]) -> When_:
    """SQL: the stage into which a step of a matter's passage led, by the words of its own pack; none for a bad end."""
    known = courses(on)
    alike: dict[tuple[str, tuple[str, ...], int], list[str]] = {}
    for key in ways:
        ranks = known[key].ranks if key in known else {}
        for rank in set(ranks.values()):
            states = tuple(sorted(id for id, one in ranks.items() if one == rank))
            alike.setdefault((key[1], states, rank), []).append(key[0])
    whens = [
        When(Q(passage__pack__in=packs, procedure=procedure, passage__steps__to_state__in=states), then=Value(rank))
        for (procedure, states, rank), packs in alike.items()
    ]
    # Without a way nothing has a rank.
    return When_(*whens, default=Value(None), output_field=IntegerField())
