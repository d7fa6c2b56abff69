"""What is valued, listed, written down, answered, rated and kept."""

from linli.rules.plain.texts import Text
from linli.rules.policy.grammar_base import (
    ACTORS,
    CHECKS,
    COMMON,
    DAY,
    EXCEPTION,
    FLAG,
    LIST,
    OFFICES,
    PARAM,
    TEXT,
    UNITS,
    WHOLE,
    WORD,
    ref,
    refs,
)
from linli.rules.policy.models import DRAFTED_OF_MATTER, DRAFTED_WHOLE, MORE_TIME, YEAR_OF_PAPER
from linli.rules.policy.shapes import Count, Keyed, Many, Or, Raw, Record, Table, Word

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
        **WHOLE,
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

_FIELD_TYPES = (
    "text", "long_text", "number", "money", "share", "date", "flag", "choice", "choices", "lines", "file", "place",
    "person", "organisation", "link", "phone",
)  # fmt: skip
_REQUIRED_WHEN = Record(Text("何时必填", "when a field is required"), {"when": CHECKS}, required=("when",))
_FIELD = Record(
    Text("栏目", "a field"),
    {
        **COMMON,
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
        "feeds": Word(("case.amount", "case.type", "case.category", *MORE_TIME, YEAR_OF_PAPER)),
        "hint": TEXT,
        "part": WORD,
        "online": WORD,
        "draft": Or(Word(DRAFTED_WHOLE), Table(Many(Word(DRAFTED_OF_MATTER), one=True))),
    },
    required=("title", "type"),
    frozen=("title", "type", "required", "catalogue", "columns", "public", "feeds", "min_rows", "min_characters", "online"),
)
FORM = Record(
    Text("表单", "a form"),
    {**WHOLE, "filled_by": ACTORS, "parts": Table(TEXT), "min_characters": PARAM, "fields": Keyed(_FIELD, "key")},
    required=("title", "fields"),
    frozen=("title", "filled_by", "min_characters"),
)
_MUST = Word(("yes", "no", "answered"))
CHECKLIST = Record(
    Text("清单", "a checklist"),
    {
        **WHOLE,
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
        **WHOLE,
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

_ANSWER = Record(
    Text("答复", "the answer a row is owed"),
    {"by": OFFICES, "within": PARAM, "verdicts": ref("catalogue"), "escalate_to": OFFICES, "clause": WORD},
    required=("by",),
    frozen=("by", "within", "verdicts", "escalate_to"),
)
REGISTER = Record(
    Text("台账", "a register"),
    {
        **WHOLE,
        "kept_by": OFFICES,
        "at": ref("level"),
        "form": ref("form"),
        "key": WORD,
        "dated": FLAG,
        "log": FLAG,
        "public": Word(("public", "staff")),
        "answer": _ANSWER,
        "carries_out": ref("register"),
        "meets_with": refs("register"),
    },
    required=("title", "kept_by", "at"),
    frozen=("title", "kept_by", "at", "form", "key", "dated", "log", "public"),
)

WORDING = Record(
    Text("文字", "a wording"),
    {**WHOLE, "shown": LIST, "of": refs("procedure"), "body": TEXT},
    required=("title", "body"),
    frozen=("title", "body"),
)
