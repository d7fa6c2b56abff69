"""How complete the papers of a matter are: any checklist whose items tick themselves from slots, read part by part.

Nothing is stored: what is filed is there, what is not is missing, and the pack says by which act and office it is filed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linli.records.evidence.models import Answers, Piece
from linli.records.rulebook.roles import offices_of
from linli.records.rulebook.standing import Standing
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Checklist, ChecklistItem, Procedure

_FEWEST = 2  # items that tick themselves: with fewer it is a list of questions, not of papers


@dataclass(frozen=True)
class Part:
    """One part: whether it is there, and who files or answers it. `slot` is "" for a part a person answers."""

    text: Text
    clause: str
    there: bool
    slot: str = ""
    by: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Completeness:
    checklist: Checklist
    parts: tuple[Part, ...]

    @property
    def there(self) -> int:
        return sum(part.there for part in self.parts)

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.there)


def paper_lists(now: Standing) -> list[Checklist]:
    """The checklists that acts of the procedure ask for and that live on what is filed."""
    known = now.rules.checklists(now.rules_on)
    asked = dict.fromkeys(
        check.name for act in now.procedure.acts.values() for check in act.checks if check.source == "checklist"
    )
    lists = [known[name] for name in asked if name in known]
    return [each for each in lists if sum(bool(item.slot) for item in each.items.values()) >= _FEWEST]


def completeness(now: Standing, held: Mapping[str, Piece], answers: Mapping[str, Answers]) -> list[Completeness]:
    """Each of those lists, part by part. Reads nothing more than it is given."""
    return [Completeness(each, tuple(_parts(each, now, held, answers.get(each.id)))) for each in paper_lists(now)]


def _parts(known: Checklist, now: Standing, held: Mapping[str, Piece], given: Answers | None) -> Iterator[Part]:
    said: Mapping[str, str] = given.answers if given else {}
    looks = _first_to_look(now.procedure)
    for item in known.items.values():
        there = item.slot in held if item.slot else _answered(item, said.get(item.key, ""))
        yield Part(item.text, item.clause, there, item.slot, _offices(looks.get(item.slot, known.answered_by), now))


def _answered(item: ChecklistItem, answer: str) -> bool:
    return bool(answer) if item.must_be == "answered" else answer == item.must_be


def _first_to_look(procedure: Procedure) -> Mapping[str, tuple[str, ...]]:
    """Slot -> those who take the first act that looks into it: they file what is in it."""
    found: dict[str, tuple[str, ...]] = {}
    for act in procedure.acts.values():
        for check in act.checks:
            if check.source == "evidence":
                found.setdefault(check.name, act.by)
    return found


def _offices(named: tuple[str, ...], now: Standing) -> tuple[Text, ...]:
    roles = now.passage.frozen[now.passage.stage]["roles"]
    offices = offices_of(named, roles, now.procedure, now.passage.place.level)
    return tuple(now.rules.office_title(office) for office in offices)
