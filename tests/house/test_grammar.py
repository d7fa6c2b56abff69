"""Every word a pack may say is read by something: a word nobody reads would be a rule that nobody keeps."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from linli.rules.policy import models

ROOT = Path(__file__).parents[2] / "linli"
# What a pack says for its readers alone, with why nothing acts on it.
FOR_READERS = {
    "meets": "the sentences a construct carries; the tests and the report on the requirements read it",
    "BodyKind.answers_to": "the law says so; the meetings in which the body answers are obligations and sessions of their own",
    "BodyKind.mandate": "the list of what was granted is read by the checks of the procedures themselves",
    "Document.based_on": "the notice an edition rests on",
    "Document.part_of": "which notice an annex came with",
    "Document.revision": "which printing of a form is meant",
    "Obligation.late_tells": "overdue duties stand in the overview of the places above; nobody is told one by one yet",
    "Source.based_on": "the law a document itself names",
    "Source.in_force": "the day a document itself names; what holds when stands with every value and step",
    "Session.must_cover": "what such a meeting speaks of; the agenda is written by its hosts and not checked yet",
    "Session.participants": "whom the hosts invite; not proposed on the page yet",
}


def _asked() -> Iterator[str]:
    """Names read off something, in code and in templates, and names spelt for `getattr` (`done_by_{kind}`)."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                yield node.attr
    for path in ROOT.rglob("*.html"):
        yield from re.findall(r"\.([a-z_]+)", path.read_text(encoding="utf-8"))
    yield from (f"done_by_{kind}" for kind in ("evidence", "form", "procedure"))


def test_every_word_of_the_grammar_is_read_or_stands_here_with_its_reason() -> None:
    asked = set(_asked())
    said = {
        f"{name}.{field.name}"
        for name, kind in vars(models).items()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == models.__name__
        for field in fields(kind)
        if field.name not in asked
    }
    known = {each for each in said if each.partition(".")[2] == "meets"} | (set(FOR_READERS) - {"meets"})
    assert said == known
