"""Questions about people. Lists never carry decrypted values."""

from linli.records.people.selectors.households import (
    household_of,
    households,
    priority_among,
    priority_groups,
    priority_households,
    roll,
)
from linli.records.people.selectors.interests import Conflict, Parties, conflicts_among, conflicts_of, interests_of, relations_of
from linli.records.people.selectors.offices import actor_for, holders, holding, offices_of, on_roll, staff_of

__all__ = [
    "Conflict",
    "Parties",
    "actor_for",
    "conflicts_among",
    "conflicts_of",
    "holders",
    "holding",
    "household_of",
    "households",
    "interests_of",
    "offices_of",
    "on_roll",
    "priority_among",
    "priority_groups",
    "priority_households",
    "relations_of",
    "roll",
    "staff_of",
]
