"""What every construct is made of: words, names of other things, checks and exceptions."""

from linli.rules.plain.texts import Text
from linli.rules.policy.shapes import Day, Flag, Many, Or, Raw, Record, Ref, Said, Shape, Word

UNITS = (
    "yuan",
    "count",
    "people_or_households",
    "share",
    "points",
    "characters",
    "period",
    "date",
    "day_of_year",
    "day_of_month",
    "flag",
    "text",
)
OPERATORS = (
    "equals",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "in",
    "not_in",
    "includes",
    "no_later_than",
    "no_earlier_than",
    "filled",
    "listed",
)
SOURCES = ("evidence", "form", "checklist", "register", "body", "publicity", "fact")

WORD, FLAG, TEXT, DAY = Word(), Flag(), Said(), Day()
WORDS, LIST = Many(WORD), Many(WORD, one=True)


def ref(to: str) -> Ref:
    return Ref(to=to)


def refs(to: str) -> Many:
    return Many(Ref(to=to), one=True)


OFFICES, ACTORS, PARAM = refs("office"), refs("actor"), ref("parameter")
COMMON: dict[str, Shape] = {"title": TEXT, "clause": WORD, "meets": LIST}
WHOLE: dict[str, Shape] = {**COMMON, "adds_to": WORD, "since": DAY, "lower_levels_may": Word(("keep", "add"))}

EXCEPTION = Record(
    Text("例外", "an exception"),
    {"by": OFFICES, "grounds": LIST, "reaches": Word(("up_to", "down_to")), "clause": WORD},
    required=("by",),
)

_CHECK_KEYS: dict[str, Shape] = {
    **dict.fromkeys((*SOURCES, "field", "row_key", "key", "at", "clause"), WORD),
    "level": ref("level"),
    "as_of": ref("stage"),
    **dict.fromkeys(OPERATORS, Raw()),
    "year": Word(("this", "last", "next")),
    "of": Word(("place_year",)),
    "exception": Or(FLAG, EXCEPTION),
    "title": TEXT,
    "meets": LIST,
}
CHECK = Record(Text("检查", "a check"), _CHECK_KEYS)
_CHECK_KEYS["when"] = Many(CHECK)
_CHECK_KEYS["any_of"] = Many(CHECK)
CHECKS = Many(CHECK)
