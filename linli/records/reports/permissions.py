"""Who may read the figures of the desk. What everybody may read needs no row."""

from linli.records.people.access import Permission

# Those who look over a place see what is late there, drafts, and how many priority households were asked.
READ_OVERVIEW = Permission("read_overview", read_above=True)

TABLE = (READ_OVERVIEW,)
