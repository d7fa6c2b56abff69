"""An act that was taken, as its effects see it."""

from dataclasses import dataclass
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.people.models import Person
from linli.records.rulebook.refs import ref_of
from linli.records.rulebook.services import Moved
from linli.rules.gates.model import Readings
from linli.rules.plain.texts import Text, both
from linli.rules.policy.models import Act, Procedure, State


@dataclass(frozen=True)
class Done:
    case: Case
    moved: Moved
    readings: Readings
    by: Person | None
    at: datetime
    note: str

    @property
    def act(self) -> Act:
        return self.moved.act

    @property
    def procedure(self) -> Procedure:
        return self.moved.procedure

    @property
    def state(self) -> State:
        """The state it came to."""
        return self.procedure.states[self.moved.step.to_state]

    @property
    def by_ref(self) -> str:
        return ref_of(self.by)

    @property
    def why(self) -> Text:
        """In the words of whoever acted, else the name of the act."""
        return both(self.note.strip() or self.act.title)

    @property
    def reason(self) -> str:
        return self.why.zh

    @property
    def said(self) -> Text:
        """`NS-2026-0007 长椅：确定` for those who are told of it."""
        case, title = self.case, self.act.title
        return Text(f"{case.code} {case.title}：{title.zh}", f"{case.code} {case.title}: {title.en}")
