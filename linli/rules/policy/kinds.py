"""The kinds of construct: where they are written, their shape, and what they become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from linli.rules.policy import build_choosing, build_procedure, build_records, grammar
from linli.rules.policy import build_people as people
from linli.rules.policy.context import Context
from linli.rules.policy.shapes import Rec, Record


@dataclass(frozen=True)
class Kind:
    """`name` is the folder (or the file) of a pack in which constructs of this kind stand."""

    name: str
    shape: Record
    build: Callable[[str, Rec, Context], Any]
    one: str  # the word for one of them in references: `procedure:micro_project`


PARAMETERS = "parameters"

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("catalogues", grammar.CATALOGUE, build_records.catalogue, "catalogue"),
        Kind("forms", grammar.FORM, build_records.form, "form"),
        Kind("checklists", grammar.CHECKLIST, build_records.checklist, "checklist"),
        Kind("scorecards", grammar.SCORECARD, build_records.scorecard, "scorecard"),
        Kind("bodies", grammar.BODY, people.body, "body"),
        Kind("sessions", grammar.SESSION, people.session, "session"),
        Kind("registers", grammar.REGISTER, build_records.register, "register"),
        Kind("procedures", grammar.PROCEDURE, build_procedure.procedure, "procedure"),
        Kind("holds", grammar.HOLD, people.hold, "hold"),
        Kind("obligations", grammar.OBLIGATION, people.obligation, "obligation"),
        Kind("grants", grammar.GRANT, people.grant, "grant"),
        Kind("selections", grammar.SELECTION, build_choosing.selection, "selection"),
        Kind("quotas", grammar.QUOTA, build_choosing.quota, "quota"),
        Kind("texts", grammar.WORDING, build_records.wording, "text"),
        Kind("responsibilities", grammar.RESPONSIBILITY, people.responsibility, "responsibility"),
    )
}
SHAPES: Mapping[str, Record] = {PARAMETERS: grammar.PARAMETER, **{name: kind.shape for name, kind in KINDS.items()}}
KIND_OF_WORD: Mapping[str, str] = {
    "parameter": PARAMETERS,
    "wording": "texts",
    **{kind.one: name for name, kind in KINDS.items()},
}
