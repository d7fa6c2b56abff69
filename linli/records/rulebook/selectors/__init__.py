"""Questions to the rulebook: which rules hold, where a subject stands, what may be done, what was done and why."""

from linli.records.rulebook.deadlines import Deadline, days_ahead, deadline_of
from linli.records.rulebook.edition import library, rules_at, rules_of_pack
from linli.records.rulebook.kept import differs
from linli.records.rulebook.selectors.acts import decide_under, judge, preview
from linli.records.rulebook.selectors.ahead import Due, due_in, states_ahead
from linli.records.rulebook.selectors.passages import (
    decision_body,
    history,
    passage_of,
    passages_of,
    paused,
    procedure_of,
    procedures_of,
    running,
    standing,
)
from linli.records.rulebook.selectors.turns import acts_awaited, states_awaiting
from linli.records.rulebook.standing import Standing, standing_of, standings

__all__ = [
    "Deadline",
    "Due",
    "Standing",
    "acts_awaited",
    "days_ahead",
    "deadline_of",
    "decide_under",
    "decision_body",
    "differs",
    "due_in",
    "history",
    "judge",
    "library",
    "passage_of",
    "passages_of",
    "paused",
    "preview",
    "procedure_of",
    "procedures_of",
    "rules_at",
    "rules_of_pack",
    "running",
    "standing",
    "standing_of",
    "standings",
    "states_ahead",
    "states_awaiting",
]
