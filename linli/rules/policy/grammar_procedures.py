"""Procedures: stages, states, roles, slots, acts."""

from linli.rules.plain.texts import Text
from linli.rules.policy.grammar_base import ACTORS, CHECKS, COMMON, FLAG, LIST, OFFICES, PARAM, TEXT, WHOLE, WORD, ref, refs
from linli.rules.policy.shapes import Keyed, Many, Record, Shape, Table, Word

_STATE = Record(
    Text("状态", "a state"),
    {
        "title": TEXT,
        "due": Record(
            Text("期限", "a deadline"),
            {
                "within": PARAM,
                "by_date": PARAM,
                "counted_from": Word(("state", "stage", "case")),
                "by": ACTORS,
                "title": TEXT,
                "clause": WORD,
            },
            required=("by",),
            frozen=("within", "by_date", "counted_from", "by", "title", "clause"),
        ),
        "end": Word(("done", "refused", "withdrawn", "failed")),
        "rests": FLAG,
    },
    required=("title",),
    frozen=("title", "end", "rests"),
)
_STAGE = Record(
    Text("阶段", "a stage"), {"title": TEXT, "states": Table(_STATE)}, required=("title", "states"), frozen=("title",)
)
_ROLE = Record(
    Text("角色", "a role"),
    {
        **COMMON,
        "is": OFFICES,
        "assisted_by": OFFICES,
        "instead": Many(
            Record(
                Text("改由", "who plays the role instead"),
                {"when": CHECKS, "is": OFFICES, "clause": WORD, "meets": LIST},
                required=("when", "is"),
            )
        ),
    },
    required=("is",),
    frozen=("title", "is"),
)
_SLOT = Record(
    Text("材料位", "a slot"),
    {
        **COMMON,
        "kinds": refs("evidence"),
        "public": Word(("public", "redacted", "staff", "sealed")),
        **{word: ref(word) for word in ("form", "scorecard", "session", "point")},
    },
    required=("title", "kinds"),
    frozen=("title", "public", "form", "scorecard", "session", "point"),
)
_ACT_LISTS: dict[str, Shape] = {
    **dict.fromkeys(("fills", "locks", "amends"), refs("form")),
    "voids": refs("slot"),
    "publishes": refs("slot"),
    "opens": refs("procedure"),
    **dict.fromkeys(("tells", "copies_to"), ACTORS),
    **dict.fromkeys(("enters", "strikes"), refs("register")),
    "bypasses": refs("act"),
}
ACT = Record(
    Text("步骤", "an act"),
    {
        "act": WORD,
        "title": TEXT,
        "from": refs("state"),
        "to": ref("state_or_same"),
        "by": ACTORS,
        "kind": Word(("advance", "return", "refuse", "withdraw", "pause", "resume", "appeal")),
        "jointly": FLAG,
        "makes_public": FLAG,
        "apart_from": refs("relation"),
        "checks": CHECKS,
        **_ACT_LISTS,
        "reports_to": Many(Word(("parent", "children", "needs", "place_year")), one=True),
        "effect": Record(
            Text("对上级事项的作用", "an effect"),
            {"kind": Word(("amend", "pause", "resume", "extend")), "form": ref("form")},
            required=("kind",),
        ),
        "clause": LIST,
        "meets": LIST,
    },
    required=("title", "from", "to", "by"),
    frozen=("title", "to", "by", "kind", "jointly", "makes_public", "effect"),
    replaced=("from",),
)
PROCEDURE = Record(
    Text("程序", "a procedure"),
    {
        **WHOLE,
        "id": WORD,
        "moves": WORD,
        "at": refs("level"),
        "parent": ref("procedure"),
        "parent_optional": FLAG,
        "listed": FLAG,
        "while": refs("parent_stage"),
        "type": ref("catalogue"),
        "category": ref("catalogue"),
        "main_form": ref("form"),
        "starts": ref("state"),
        "stages": Table(_STAGE),
        "roles": Table(_ROLE),
        "slots": Table(_SLOT),
        "acts": Keyed(ACT, "act"),
    },
    required=("title", "moves", "at", "starts", "stages", "acts"),
    frozen=("title", "moves", "at", "starts", "parent", "parent_optional", "while", "type", "category", "main_form", "listed"),
)
