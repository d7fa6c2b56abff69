"""The acts of the present state: each with its gate, where what it lacks is done, and its button once it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.records.cases.models import Case
from linli.records.cases.selectors import Dossier
from linli.rules.gates.model import Decision
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act
from linli.web.desk.loaders import address
from linli.web.desk.ways import Ways
from linli.web.shared.shapes import Link

SIGN = Text("签署这一步", "Sign this step")
_SIDE = frozenset({"return", "refuse", "withdraw", "pause", "resume", "appeal"})


@dataclass(frozen=True)
class Gate:
    """`action` is the button, None while the act is closed to this reader."""

    act: Act
    decision: Decision
    ways: Mapping[str, Sequence[Link]]
    action: Link | None


def can_take(decision: Decision) -> bool:
    """Open, or ready for this person's signature under a joint act."""
    return decision.open or ready_to_sign(decision)


def ready_to_sign(decision: Decision) -> bool:
    return [(finding.key, finding.outcome) for finding in decision.against] == [("by", "missing")]


def gates(found: Dossier, ways: Ways) -> tuple[list[Gate], list[Gate]]:
    """Those that lead on, and those that lead back or out; open ones first in each."""
    made = [gate_of(found.case, act, decision, ways) for act, decision in found.acts]
    return [gate for gate in made if gate.act.kind not in _SIDE], [gate for gate in made if gate.act.kind in _SIDE]


def gate_of(case: Case, act: Act, decision: Decision, ways: Ways) -> Gate:
    return Gate(act, decision, ways.of(act, decision), action_of(case, act, decision))


def action_of(case: Case, act: Act, decision: Decision) -> Link | None:
    if not can_take(decision):
        return None
    title = SIGN if ready_to_sign(decision) else act.title
    return Link(title, address("desk:act", case.code, act.id))
