"""Who may do what about texts, comments, questions and talk. When a text may go on is for the gates of its matter."""

from linli.records.people.access import Permission

_KEEPERS = (
    "community.party_committee",
    "community.residents_committee",
    "subdistrict.working_committee",
    "subdistrict.office",
    "district.civil_affairs",
    "district.organisation",
    "district.finance",
    "district.drafting_department",
    "city.civil_affairs",
    "city.organisation",
    "city.finance",
    "city.drafting_department",
)

READ_TEXT = Permission("read_text", anonymous=True)
READ_AT_DESK = Permission("read_texts_at_desk", read_above=True)
COMMENT = Permission("comment_on_text", anonymous=True)
KEEP_TEXT = Permission("keep_text", offices=_KEEPERS)
SIGN_TEXT = Permission("sign_text", resident=True)
ASK_QUESTION = Permission("ask_question", anonymous=True)
EXPLAIN = Permission("explain_rules", offices=_KEEPERS)
TALK = Permission("talk", resident=True, offices=_KEEPERS)
HIDE_POST = Permission("hide_post", offices=_KEEPERS)

TABLE = (READ_TEXT, READ_AT_DESK, COMMENT, KEEP_TEXT, SIGN_TEXT, ASK_QUESTION, EXPLAIN, TALK, HIDE_POST)
