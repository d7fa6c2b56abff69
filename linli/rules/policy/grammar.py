"""The closed vocabulary of constructs: every word a pack may use, and where."""

from linli.rules.plain.texts import Text
from linli.rules.policy.shapes import Count, Day, Flag, Keyed, Many, Or, Raw, Record, Ref, Said, Shape, Table, Word

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
_COMMON: dict[str, Shape] = {"title": TEXT, "clause": WORD, "meets": LIST}
_WHOLE: dict[str, Shape] = {**_COMMON, "adds_to": WORD, "since": DAY, "lower_levels_may": Word(("keep", "add"))}

EXCEPTION = Record(Text("例外", "an exception"), {"by": OFFICES, "grounds": LIST, "clause": WORD}, required=("by",))

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

PARAMETER = Record(
    Text("参数", "a parameter"),
    {
        "title": TEXT,
        "unit": Word(UNITS),
        "by": WORD,
        "values": Table(Record(Text("取值", "a row of values"), {"until": DAY, "clause": WORD}, free=Raw()), days=True),
        "lower_levels_may": Word(("keep", "raise", "lower", "replace")),
        "set_by": OFFICES,
        "until_set": Word(("block", "waive")),
        "exception": EXCEPTION,
        "about": FLAG,
        "meets": LIST,
        "clause": WORD,
        "adds_to": WORD,
    },
    required=("title", "unit", "values"),
    frozen=("title", "unit", "by", "until_set", "exception", "about"),
    replaced=("lower_levels_may",),
)

CATALOGUE = Record(
    Text("目录", "a catalogue"),
    {
        **_WHOLE,
        "entries": Table(
            Record(
                Text("条目", "an entry"),
                {"title": TEXT, "aliases": LIST, "clause": WORD, "columns": Table(WORD)},
                required=("title",),
                frozen=("title",),
            )
        ),
        "kept_by": OFFICES,
        "open": FLAG,
        "lower_levels_may": Word(("keep", "add", "replace", "alias")),
    },
    required=("title", "entries"),
    frozen=("title", "kept_by"),
)

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
    },
    required=("title",),
    frozen=("title", "end"),
)
_STAGE = Record(
    Text("阶段", "a stage"), {"title": TEXT, "states": Table(_STATE)}, required=("title", "states"), frozen=("title",)
)
_ROLE = Record(
    Text("角色", "a role"),
    {
        **_COMMON,
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
        **_COMMON,
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
    frozen=("title", "to", "by", "kind", "jointly", "effect"),
    replaced=("from",),
)
PROCEDURE = Record(
    Text("程序", "a procedure"),
    {
        **_WHOLE,
        "id": WORD,
        "moves": WORD,
        "at": refs("level"),
        "parent": ref("procedure"),
        "parent_optional": FLAG,
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
    frozen=("title", "moves", "at", "starts", "parent", "parent_optional", "while", "type", "category", "main_form"),
)

_FIELD_TYPES = (
    "text", "long_text", "number", "money", "share", "date", "flag", "choice", "choices", "lines", "file", "place",
    "person", "organisation", "link", "phone",
)  # fmt: skip
_REQUIRED_WHEN = Record(Text("何时必填", "when a field is required"), {"when": CHECKS}, required=("when",))
_FIELD = Record(
    Text("栏目", "a field"),
    {
        **_COMMON,
        "key": WORD,
        "type": Word(_FIELD_TYPES),
        "required": Or(FLAG, _REQUIRED_WHEN),
        "catalogue": ref("catalogue"),
        "columns": Table(
            Record(Text("列", "a column"), {"title": TEXT, "type": Word(_FIELD_TYPES)}, required=("title", "type")),
        ),
        "min_rows": Count(),
        "min_characters": PARAM,
        "public": Word(("public", "staff", "sealed")),
        "feeds": Word(("case.amount", "case.type", "case.category")),
        "hint": TEXT,
        "part": WORD,
    },
    required=("title", "type"),
    frozen=("title", "type", "required", "catalogue", "columns", "public", "feeds", "min_rows", "min_characters"),
)
FORM = Record(
    Text("表单", "a form"),
    {**_WHOLE, "filled_by": ACTORS, "parts": Table(TEXT), "fields": Keyed(_FIELD, "key")},
    required=("title", "fields"),
    frozen=("title", "filled_by"),
)
_MUST = Word(("yes", "no", "answered"))
CHECKLIST = Record(
    Text("清单", "a checklist"),
    {
        **_WHOLE,
        "answered_by": ACTORS,
        "items": Keyed(
            Record(
                Text("事项", "an item"),
                {
                    "key": WORD,
                    "text": TEXT,
                    "must_be": _MUST,
                    "evidence": ref("slot"),
                    "exception": EXCEPTION,
                    "clause": WORD,
                    "meets": LIST,
                },
                required=("text",),
                frozen=("text", "must_be", "evidence", "exception"),
            ),
            "key",
        ),
        "each_of": ref("catalogue"),
        "must_be": _MUST,
    },
    required=("title",),
    frozen=("title", "answered_by", "each_of", "must_be"),
)
SCORECARD = Record(
    Text("评分表", "a scorecard"),
    {
        **_WHOLE,
        "rated_by": ACTORS,
        "about": WORD,
        "scale": Word(("points", "grades", "yes_no")),
        "items": Table(
            Record(Text("评分项", "an item"), {"title": TEXT, "clause": WORD}, required=("title",), frozen=("title",))
        ),
        "weights": PARAM,
        "grades": ref("catalogue"),
        "secret": FLAG,
        "verdicts": Keyed(
            Record(
                Text("结论", "a verdict"),
                {
                    "id": WORD,
                    "title": TEXT,
                    "share_of": LIST,
                    **dict.fromkeys(("at_least", "more_than", "score_at_least"), PARAM),
                    "otherwise": FLAG,
                    "clause": WORD,
                },
                required=("title",),
                frozen=("title",),
            ),
            "id",
        ),
    },
    required=("title", "items"),
    frozen=("title", "rated_by", "about", "scale", "weights", "grades", "secret"),
)
BODY = Record(
    Text("组织", "a body"),
    {
        **_WHOLE,
        "at": ref("level"),
        "kind": WORD,
        "seats": Table(
            Record(
                Text("席位", "a seat"),
                {
                    "title": TEXT,
                    "chosen_by": ACTORS,
                    "drawn": FLAG,
                    "min": PARAM,
                    "max": PARAM,
                    "apart_from": LIST,
                    "clause": WORD,
                },
                required=("title",),
                frozen=("title", "chosen_by", "drawn", "min", "max"),
            )
        ),
        "term": PARAM,
        **dict.fromkeys(("mandate", "charter"), WORD),
        "answers_to": ACTORS,
    },
    required=("title", "at", "kind"),
    frozen=("title", "at", "kind", "term", "mandate", "charter"),
)
SESSION = Record(
    Text("会议", "a session"),
    {
        **_WHOLE,
        "body": ref("body"),
        "participants": ACTORS,
        "notice": PARAM,
        "quorum": PARAM,
        "decides": Record(
            Text("表决门槛", "what decides"),
            {"at_least": PARAM, "more_than": PARAM, "of": Word(("present", "entitled"))},
            frozen=("at_least", "more_than", "of"),
        ),
        "must_cover": LIST,
        "records": LIST,
        "result": Word(("binding", "advisory")),
    },
    required=("title",),
    frozen=("title", "body", "notice", "quorum", "result"),
)
REGISTER = Record(
    Text("台账", "a register"),
    {
        **_WHOLE,
        "kept_by": OFFICES,
        "at": ref("level"),
        "form": ref("form"),
        "key": WORD,
        "dated": FLAG,
        "log": FLAG,
        "public": Word(("public", "staff")),
    },
    required=("title", "kept_by", "at"),
    frozen=("title", "kept_by", "at", "form", "key", "dated", "log", "public"),
)
HOLD = Record(
    Text("叫停", "a hold"),
    {
        **_WHOLE,
        **dict.fromkeys(("placed_by", "answered_by", "released_by", "tells"), ACTORS),
        "over": refs("procedure"),
        "answer_within": PARAM,
    },
    required=("title", "placed_by", "over"),
    frozen=("title", "placed_by", "answered_by", "released_by", "answer_within"),
)
_DONE_BY = Record(
    Text("怎样算完成", "what shows it done"),
    {"evidence": ref("evidence"), "form": ref("form"), "procedure": ref("procedure"), "register": ref("register")},
)
OBLIGATION = Record(
    Text("义务", "an obligation"),
    {
        **_WHOLE,
        "by": OFFICES,
        "jointly": FLAG,
        "for_each": Record(Text("对象", "for each what"), {"level": ref("level")}, required=("level",)),
        "every": Word(("month", "quarter", "half_year", "year", "local", "as_needed")),
        "after": Record(Text("之后", "after what"), {"procedure": ref("procedure"), "act": WORD}, required=("procedure", "act")),
        **dict.fromkeys(("within", "due", "times"), PARAM),
        "scorecard": ref("scorecard"),
        "checklist": ref("checklist"),
        "about": Word(("last", "this", "next")),
        "done_by": _DONE_BY,
        "late": Record(Text("逾期", "when late"), {"tell": OFFICES}, required=("tell",)),
    },
    required=("title", "by"),
    frozen=("title", "by", "jointly", "every", "due", "within", "times", "about"),
)
GRANT = Record(
    Text("补助", "a grant"),
    {
        **_WHOLE,
        **dict.fromkeys(("to", "after"), WORD),
        "payer": ref("office"),
        "amount": PARAM,
        "level": ref("level"),
        "procedure": ref("procedure"),
        "when": CHECKS,
        "exclusive": refs("grant"),
    },
    required=("title", "payer", "amount", "to"),
    frozen=("title", "payer", "amount", "to", "level", "procedure", "after"),
)
RESPONSIBILITY = Record(
    Text("职责", "a responsibility"),
    {
        "offices": OFFICES,
        "duty": TEXT,
        "through": refs("through"),
        "with": OFFICES,
        "together_with": OFFICES,
        "clause": WORD,
        "meets": LIST,
    },
    required=("offices", "duty", "through", "clause"),
)
WORDING = Record(
    Text("文字", "a wording"),
    {**_WHOLE, "shown": LIST, "body": TEXT},
    required=("title", "body"),
    frozen=("title", "body"),
)
DOCUMENT = Record(
    Text("文件", "a document"),
    {
        **_COMMON,
        **dict.fromkeys(("key", "role", "status", "number"), WORD),
        "term": PARAM,
        "part_of": ref("document"),
        "issued": DAY,
        "until": DAY,
        "revision": FLAG,
        "replaces": refs("document"),
        "based_on": refs("document"),
    },
    required=("title", "role", "status"),
)
PACK = Record(
    Text("规则包", "a pack"),
    {
        **dict.fromkeys(("id", "jurisdiction", "extends", "version"), WORD),
        "level": ref("level"),
        "title": TEXT,
        "level_titles": Table(Or(WORD, TEXT)),
        "sources": refs("source"),
        "in_force": DAY,
        "until": DAY,
        "documents": Keyed(DOCUMENT, "key"),
        "meets": LIST,
        "about": TEXT,
    },
    required=("id", "title", "level", "version"),
)
SOURCE = Record(
    Text("来源", "a source"),
    {
        "title": TEXT,
        **dict.fromkeys(("file", "sha256", "status", "number", "jurisdiction"), WORD),
        **dict.fromkeys(("issuer", "based_on", "replaces"), LIST),
        **dict.fromkeys(("issued", "in_force", "until"), DAY),
        "meets": LIST,
        "about": TEXT,
    },
    required=("title", "file", "sha256", "issued", "status"),
)
CLAUSE = Record(Text("条款", "a clause"), {"at": WORD, "words": WORD}, required=("at", "words"))
