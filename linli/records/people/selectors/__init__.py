"""Questions about people. Lists never carry decrypted values."""

from linli.records.people.selectors.offices import actor_for, holders, holding, offices_of, on_roll, staff_of

__all__ = ["actor_for", "holders", "holding", "offices_of", "on_roll", "staff_of"]
