"""Who may do what about scorings. Who opens and closes one is named by the procedure, the obligation or the card itself."""

from linli.records.people.access import Permission

READ_RESULTS = Permission("read_results", anonymous=True)
READ_SCORING = Permission("read_scoring", read_above=True, relations=("rater",))
READ_OWED = Permission("read_scorings", staff=True)
OPEN_SCORING = Permission("open_scoring", read_above=True)
GIVE_SCORES = Permission("give_scores", relations=("rater",), apart_from=("recused",))
APPRAISE = Permission("appraise_as_resident", resident=True)
STAND_ASIDE = Permission("recuse_rater", relations=("rater", "host"))
CLOSE_SCORING = Permission("close_scoring", relations=("host",))

TABLE = (READ_RESULTS, READ_SCORING, READ_OWED, OPEN_SCORING, GIVE_SCORES, APPRAISE, STAND_ASIDE, CLOSE_SCORING)
