"""How a state looks: a word with a shape, and the colour of what it means."""

from linli.rules.policy.models import State
from linli.web.shared.shapes import Stamp, Tone

_ENDS: dict[str, Tone] = {"done": "done", "refused": "refused", "failed": "refused", "withdrawn": "closed"}


def stamp_of(state: State, *, stopped: bool = False) -> Stamp:
    """`stopped`: a hold stands over the matter."""
    tone: Tone = _ENDS.get(state.end, "running")
    return Stamp(state.title, "waiting" if stopped and not state.end else tone)
