"""Who may do what about scorings. Who opens and closes one is named by the procedure, the obligation or the card itself."""

from linli.records.people.access import Permission

READ_RESULTS = Permission("read_results", anonymous=True)
# The desk's own pages: offices at the place and above look, whoever was asked scores.
READ_SCORING = Permission("read_scoring", read_above=True, relations=("rater",))
READ_OWED = Permission("read_scorings", staff=True)
OPEN_SCORING = Permission("open_scoring", read_above=True)
APPRAISE = Permission("appraise_as_resident", resident=True)

TABLE = (READ_RESULTS, READ_SCORING, READ_OWED, OPEN_SCORING, APPRAISE)
