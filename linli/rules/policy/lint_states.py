"""Where a matter can go: every state reached, every state left, no gate of the law above gone around in silence."""

from collections.abc import Iterable, Mapping

from linli.rules.policy.errors import Findings
from linli.rules.policy.models import Act, Procedure
from linli.rules.policy.overlay import Layers

_OUT_OF_END = ("appeal", "resume")


def lint_states(layers: Layers, epoch: int, above: Layers | None, findings: Findings) -> None:
    """`above`: the rules without the lowest pack."""
    procedures: Mapping[str, Procedure] = layers.at("procedures", epoch)
    laws: Mapping[str, Procedure] = above.at("procedures", above.epoch(layers.epochs[epoch])) if above else {}
    for procedure in procedures.values():
        _reached(procedure, findings)
        _left(procedure, findings)
        _named_in_vain(procedure, findings)
        if procedure.id in laws:
            _gates(procedure, laws[procedure.id], findings)


def _edges(acts: Iterable[Act]) -> list[tuple[str, str, Act]]:
    return [(state, act.to, act) for act in acts for state in act.from_states if act.to != "same"]


def _reached(procedure: Procedure, findings: Findings) -> None:
    reached = _reach(procedure.starts, _edges(procedure.acts.values()))
    for state in procedure.states.values():
        if state.id not in reached:
            findings.add("unreachable_state", state.where, state=state.id)


def _left(procedure: Procedure, findings: Findings) -> None:
    leaving = {state: act for state, _, act in _edges(procedure.acts.values())}
    for state in procedure.states.values():
        act = leaving.get(state.id)
        if not state.end and act is None:
            findings.add("no_way_out", state.where, state=state.id)
        if state.rests and (state.end or state.id == procedure.starts):
            findings.add("rests_at_either_end", state.where, state=state.id)
    for act in procedure.acts.values():
        for name in act.from_states:
            if name in procedure.states and procedure.states[name].end and act.kind not in _OUT_OF_END:
                findings.add("act_out_of_end", act.where, state=name, act=act.id)


def _reach(start: str, edges: Iterable[tuple[str, str, Act]]) -> dict[str, list[Act]]:
    """Every state that can be reached, with the acts of a shortest way there."""
    ways: dict[str, list[Act]] = {start: []}
    kept = list(edges)
    found = [start]
    for state in found:
        for begin, to, act in kept:
            if begin == state and to not in ways:
                ways[to] = [*ways[state], act]
                found.append(to)
    return ways


def _gates(procedure: Procedure, above: Procedure, findings: Findings) -> None:
    """Acts that every matter has to pass under the law above, and that a way of the lower pack now goes around."""
    goals = _good_ends(procedure)
    known = {(state, act.id) for state, _, act in _edges(above.acts.values())}
    skipped: dict[str, list[str]] = {}
    for gate in above.acts:
        if _around(above, gate, _good_ends(above)):
            continue
        state = procedure.starts
        for act in _around(procedure, gate, goals):
            if (state, act.id) not in known:
                skipped.setdefault(act.id, []).append(gate)
                break
            state = act.to
    for id, gates in skipped.items():
        findings.add("skipped_gate", procedure.acts[id].where, act=id, skipped=gates)


def _good_ends(procedure: Procedure) -> list[str]:
    return [state.id for state in procedure.states.values() if state.end == "done"]


def _around(procedure: Procedure, gate: str, goals: list[str]) -> list[Act]:
    """A way from the start to a good end without an act and without those that own up to bypassing it."""
    acts = [act for act in procedure.acts.values() if act.id != gate and gate not in act.bypasses]
    ways = _reach(procedure.starts, _edges(acts))
    return next((ways[goal] for goal in goals if goal in ways), [])


def _named_in_vain(procedure: Procedure, findings: Findings) -> None:
    goals = _good_ends(procedure)
    for act in procedure.acts.values():
        for gate in act.bypasses:
            if gate not in procedure.acts:
                continue
            others = [other for other in procedure.acts.values() if other.id != gate]
            before = _reach(procedure.starts, _edges(others))
            after = _reach(act.to, _edges(others))
            if not any(state in before for state in act.from_states) or not any(goal in after for goal in goals):
                findings.add("bypasses_nothing", act.where, act=act.id, named=gate)
