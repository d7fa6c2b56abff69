"""Who meets, stops, must and pays; packs, documents, sources and clauses."""

from linli.rules.plain.texts import Text
from linli.rules.policy.grammar_base import ACTORS, CHECKS, COMMON, DAY, FLAG, LIST, OFFICES, PARAM, TEXT, WHOLE, WORD, ref, refs
from linli.rules.policy.shapes import Keyed, Or, Record, Table, Word

BODY = Record(
    Text("组织", "a body"),
    {
        **WHOLE,
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
        **WHOLE,
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

HOLD = Record(
    Text("叫停", "a hold"),
    {
        **WHOLE,
        **dict.fromkeys(("placed_by", "answered_by", "released_by", "tells"), ACTORS),
        "over": refs("procedure"),
        "answer_within": PARAM,
    },
    required=("title", "placed_by", "over"),
    frozen=("title", "placed_by", "answered_by", "released_by", "answer_within"),
)
_DONE_BY = Record(
    Text("怎样算完成", "what shows it done"),
    {
        "evidence": ref("evidence"),
        "form": ref("form"),
        "procedure": ref("procedure"),
        "register": ref("register"),
        "column": WORD,
        "holds": WORD,
    },
)
OBLIGATION = Record(
    Text("义务", "an obligation"),
    {
        **WHOLE,
        "by": OFFICES,
        "jointly": FLAG,
        "for_each": Record(Text("对象", "for each what"), {"level": ref("level")}, required=("level",)),
        "while": Record(
            Text("期间", "while what lasts"),
            {"procedure": ref("procedure"), "stages": LIST},
            required=("procedure", "stages"),
        ),
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
    frozen=("title", "by", "jointly", "while", "every", "due", "within", "times", "about"),
)
GRANT = Record(
    Text("补助", "a grant"),
    {
        **WHOLE,
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

DOCUMENT = Record(
    Text("文件", "a document"),
    {
        **COMMON,
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
        "office_titles": Table(TEXT),
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
