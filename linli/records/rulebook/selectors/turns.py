"""In which states of which procedures the next step lies with an office, as the editions adopted anywhere say it now."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from linli.records.rulebook.edition import edition, library
from linli.records.rulebook.kept import kept_rules
from linli.records.rulebook.roles import offices_of
from linli.records.rulebook.selectors.ahead import taken_at
from linli.rules.policy.models import Act, Procedure


def states_awaiting(office: str, on: date) -> list[str]:
    """Of an office as `level.name`, each as `procedure.state`.

    A role counts with every office that may have it: who really has it is told by the matter.
    """
    token = edition().token  # without one nothing says when it changes
    return list(_awaiting(token, office, on) if token else _awaiting.__wrapped__(token, office, on))


@lru_cache(maxsize=512)
def _awaiting(token: str, office: str, on: date) -> tuple[str, ...]:
    adopted = {(pack, digest) for rows in edition().adoptions.values() for _, pack, digest in rows}
    found: set[str] = set()
    for pack, digest in sorted(adopted):
        for procedure in kept_rules(pack, digest, library()).procedures(on).values():
            for act in _onward(procedure):
                if office in _named(act, procedure):
                    found.update(f"{procedure.id}.{state}" for state in act.from_states if not procedure.states[state].rests)
    return tuple(sorted(found))


def _named(act: Act, procedure: Procedure) -> set[str]:
    return {office for level in procedure.at for office in offices_of(act.by, {}, procedure, level)}


def acts_awaited(procedure: Procedure, state: str, roles: dict[str, list[str]], level: str) -> Iterator[tuple[Act, list[str]]]:
    """The acts that lead on from a state, each with the offices that may take it in a matter at a place of this level.

    None where the matter rests: what leads on waits for a reason, not for an office.
    """
    if procedure.states[state].rests:
        return
    for act in _onward(procedure):
        if state in act.from_states and taken_at(act, level):
            yield act, list(offices_of(act.by, roles, procedure, level))


def _onward(procedure: Procedure) -> Iterator[Act]:
    """What leads on by the ordinary way: a short cut that skips steps is nobody's turn."""
    return (act for act in procedure.acts.values() if act.kind == "advance" and act.to != "same" and not act.bypasses)
