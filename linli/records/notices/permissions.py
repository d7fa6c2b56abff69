"""Who may do what about notices and objections. Which notice a matter needs, and who takes that step, says the pack."""

from linli.records.people.access import Permission

_KEEPERS = (
    "community.party_committee",
    "community.residents_committee",
    "subdistrict.working_committee",
    "subdistrict.office",
    "district.civil_affairs",
)
_ABOVE = ("subdistrict.working_committee", "subdistrict.office", "district.civil_affairs")

READ_NOTICE = Permission("read_notice", anonymous=True)
# The desk's own lists and pages: offices above look, they do not act.
READ_AT_DESK = Permission("read_notices_at_desk", read_above=True)
RAISE_OBJECTION = Permission("raise_objection", anonymous=True)
# Whoever holds the code of an objection made without an account; with one, only the objector (the service asks).
WITHDRAW_OBJECTION = Permission("withdraw_objection", anonymous=True)
READ_ANSWER = Permission("read_answer", anonymous=True)
PUBLISH_NOTICE = Permission("publish_notice", offices=_KEEPERS, here=("civil_affairs",))
POST_NOTICE = Permission("post_notice", offices=(*_KEEPERS, "grid.grid_worker"), here=("civil_affairs",))
TAKE_OBJECTION = Permission("take_objection", offices=_KEEPERS, here=("civil_affairs",))
ANSWER_OBJECTION = Permission("answer_objection", offices=_KEEPERS, here=("civil_affairs",), apart_from=("recused", "objector"))
READ_CONTACT = Permission("read_contact", offices=_KEEPERS, here=("civil_affairs",))
ASK_TO_HIDE = Permission("ask_to_hide", offices=_KEEPERS, here=("civil_affairs",))
# The second pair of eyes sits above the community that is spoken of.
APPROVE_HIDING = Permission("approve_hiding", offices=_ABOVE)

TABLE = (
    READ_NOTICE,
    READ_AT_DESK,
    RAISE_OBJECTION,
    WITHDRAW_OBJECTION,
    READ_ANSWER,
    PUBLISH_NOTICE,
    POST_NOTICE,
    TAKE_OBJECTION,
    ANSWER_OBJECTION,
    READ_CONTACT,
    ASK_TO_HIDE,
    APPROVE_HIDING,
)
