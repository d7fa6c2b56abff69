"""Who is chosen among many, and how many places each part of the land has."""

from linli.rules.plain.texts import Text
from linli.rules.policy.grammar_base import OFFICES, PARAM, WHOLE, WORD, ref, refs
from linli.rules.policy.shapes import Flag, Record

SELECTION = Record(
    Text("遴选", "a selection"),
    {
        **WHOLE,
        "procedure": ref("procedure"),
        "candidates": Record(
            Text("候选", "the candidates"),
            {"procedure": ref("procedure"), "state": WORD},
            required=("procedure", "state"),
            frozen=("procedure", "state"),
        ),
        "rank_by": ref("scorecard"),
        "places": PARAM,
        "quota": ref("quota"),
        "ties": Record(Text("并列", "ties"), {"decided_by": OFFICES, "by_lot": Flag(), "clause": WORD}, required=("decided_by",)),
    },
    required=("title", "procedure", "candidates", "rank_by", "places", "ties"),
    frozen=("title", "procedure", "candidates", "rank_by", "places", "quota", "ties"),
)
QUOTA = Record(
    Text("名额", "a quota"),
    {
        **WHOLE,
        "per": ref("level"),
        "places": PARAM,
        "step": PARAM,
        "graded_by": ref("scorecard"),
        "more": refs("grade"),
        "fewer": refs("grade"),
        "decided_by": OFFICES,
    },
    required=("title", "per", "places", "step", "graded_by", "decided_by"),
    frozen=("title", "per", "places", "step", "graded_by", "more", "fewer", "decided_by"),
)
