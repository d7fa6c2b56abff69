"""Who may do what in a round. Which office ranks, decides and answers is written in the packs."""

from linli.records.people.access import Permission

READ_ROUND = Permission("read_round", anonymous=True)
READ_AT_DESK = Permission("read_round_at_desk", read_above=True)

TABLE = (READ_ROUND, READ_AT_DESK)
