"""Who may do what with rules and passages. Which office decides an exception, stops a matter or sets a value is named by
the packs; an act is judged by its gate."""

from linli.records.people.access import Permission

ADOPT_PACK = Permission(
    "adopt_pack",
    offices=("city.government", "city.civil_affairs", "district.government", "district.civil_affairs"),
    here=("government", "civil_affairs"),
)
SET_LOCAL_VALUE = Permission("set_local_value", staff=True)
ASK_EXCEPTION = Permission("ask_exception", read_above=True)
DECIDE_EXCEPTION = Permission("decide_exception", staff=True)
PLACE_HOLD = Permission("place_hold", staff=True)
READ_RULES = Permission("read_rules", anonymous=True)

TABLE = (ADOPT_PACK, SET_LOCAL_VALUE, ASK_EXCEPTION, DECIDE_EXCEPTION, PLACE_HOLD, READ_RULES)
