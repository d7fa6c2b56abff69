"""What one field on a page needs to be drawn: the same shape for pack forms, Django forms and hand-made ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from linli.rules.policy.models import OPEN
from linli.web.shared.shapes import Words

Options = Sequence[tuple[str, Words]]

# kind -> (input type, inputmode, autocomplete)
_INPUTS = {
    "number": ("text", "numeric", "off"),
    "money": ("text", "decimal", "off"),
    "share": ("text", "text", "off"),
    "date": ("date", "", "off"),
    "link": ("url", "url", "off"),
    "phone": ("tel", "tel", "tel"),
    "code": ("text", "numeric", "one-time-code"),
    "password": ("password", "", "current-password"),
    "search": ("search", "search", "off"),
    "hidden": ("hidden", "", "off"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One box in a repeatable row."""

    name: str
    label: Words
    kind: str
    value: Any = ""
    error: Words = ""
    options: Options = ()

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def input(self) -> tuple[str, str, str]:
        return _INPUTS.get(self.kind, ("text", "", "off"))


@dataclass(frozen=True, slots=True)
class FieldView:
    """`value` is what was typed (text, list of codes, or True), never converted, so nothing typed is lost."""

    name: str
    label: Words
    kind: str = "text"
    value: Any = ""
    error: Words = ""
    hint: Words = ""
    required: bool = False
    options: Options = ()
    rows: Sequence[Sequence[Cell]] = ()
    clause: str = ""
    part: Words = ""  # set on the first field of a part
    part_clause: str = ""  # on the first field of a part whose fields all stand on one clause
    extra: Mapping[str, str] = field(default_factory=dict)  # attributes such as autocomplete or maxlength

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def input(self) -> tuple[str, str, str]:
        return _INPUTS.get(self.kind, ("text", "", "off"))

    @property
    def grouped(self) -> bool:
        """Several boxes under one question: drawn as a fieldset."""
        return self.kind in ("choices", "lines") or (self.kind == "choice" and 0 < len(self.options) <= 5)

    @property
    def described_by(self) -> str:
        named = [f"{self.id}-hint" if self.hint else "", f"{self.id}-error" if self.error else ""]
        return " ".join(name for name in named if name)


def clauses_once(fields: Sequence[FieldView], shown: Callable[[str], object], said: str = "") -> list[FieldView]:
    """A clause that all fields of a part have in common stands once, above them, instead of beside each.

    `shown`: what the chip of a clause says; two clauses whose chips say the same are the same here. `said`: the clause the
    page names above the form already.
    """
    above = shown(said) if said else None
    fields = [replace(view, clause="") if above and view.clause and shown(view.clause) == above else view for view in fields]
    parts: list[list[FieldView]] = []
    for view in fields:
        if view.part or not parts:
            parts.append([])
        parts[-1].append(view)
    return [view for part in parts for view in _once(part, shown)]


def _once(part: list[FieldView], shown: Callable[[str], object]) -> list[FieldView]:
    common = {shown(view.clause) for view in part if view.kind != "hidden"}
    if len(part) < 2 or len(common) != 1 or any(view.clause in ("", OPEN) for view in part):
        return part
    first, *rest = (replace(view, clause="") for view in part)
    return [replace(first, part_clause=part[0].clause), *rest]
