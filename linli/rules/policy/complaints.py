"""Every mistake a pack can have, in words: what is wrong, and how to mend it. One row per kind, both languages."""

from collections.abc import Mapping

from linli.rules.policy.complaints_meant import CHECKS, OVERLAYS, STATES, VALUES
from linli.rules.policy.complaints_written import SHAPE, SOURCES, WRITING, Sentences, row

COMPLAINTS: Mapping[str, Sentences] = {**WRITING, **SHAPE, **SOURCES, **VALUES, **CHECKS, **STATES, **OVERLAYS}

NOTES: Mapping[str, Sentences] = {
    "clause_inherited": row(
        "{name}没有自己的依据，沿用 {clause}。",
        "{name} names no clause of its own and rests on {clause}.",
        "能分清时写上自己的条款。",
        "Name its own clause where it can be told.",
    ),
    "unused_clause": row(
        "条款“{clause}”没有被引用。",
        "The clause “{clause}” is not cited.",
        "看看是否遗漏了一项规定。",
        "See whether a rule was missed.",
    ),
}
