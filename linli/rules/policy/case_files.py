"""Cases as written: examples that test a pack, readable by the office that wrote the regulation."""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from linli.rules.plain.texts import Text
from linli.rules.policy.errors import Findings
from linli.rules.policy.files import Files
from linli.rules.policy.models import Where
from linli.rules.policy.shapes import Count, Day, Many, Or, Raw, Rec, Record, Table, Word
from linli.rules.policy.yaml12 import Mapping, Node, Scalar, Sequence, parse

_WORD, _LIST, _TREE = Word(), Many(Word(), one=True), Table(Raw())
_ANYTHING = Or(Raw(), Raw())
CASE = Record(
    Text("案例", "a case"),
    {
        "like": _WORD,
        "kind": Word(("gate", "calendar", "value", "selection", "quota")),
        **dict.fromkeys(
            ("place", "procedure", "act", "state", "person", "obligation", "parameter", "key", "selection", "quota", "grade"),
            _WORD,
        ),
        "by": _LIST,
        "day": Day(),
        "opened_on": Day(),
        "year": Count(),
        "stages": Table(Day()),
        **dict.fromkeys(
            ("facts", "forms", "checklists", "evidence", "place_year", "registers", "bodies", "local", "candidates", "quotas"),
            _TREE,
        ),
        "exceptions": Many(
            Record(
                Text("例外", "an exception"),
                {
                    **dict.fromkeys(("excuses", "by", "reason", "ground", "asked_by", "approved_by"), _WORD),
                    "up_to": Count(),
                    "down_to": Count(),
                },
                required=("excuses", "by", "reason"),
            )
        ),
        **dict.fromkeys(("relations", "holds", "signed"), _LIST),
        "did": Table(_LIST),
        "frozen_roles": Table(_LIST),
        "expect": _ANYTHING,
        "meets": _LIST,
        "about": Or(_WORD, _TREE),
    },
    required=("expect",),
)
EXPECT = Record(
    Text("预期", "what is expected"),
    {
        "decision": Word(("open", "refused", "unknown_act")),
        **dict.fromkeys(("because", "excused", "unset", "waived"), _LIST),
        "value": Or(Raw(), Raw()),
        "clause": _WORD,
        **dict.fromkeys(("chosen", "tied", "over_quota"), _LIST),
        "left": Count(),
        "change": Word(("more", "fewer", "same")),
        "places": Or(Raw(), Raw()),
    },
)
_NEEDED = {
    "gate": ("procedure", "act", "state", "day"),
    "calendar": ("obligation", "year"),
    "value": ("parameter", "day"),
    "selection": ("selection", "day", "candidates"),
    "quota": ("quota", "day", "grade"),
}


@dataclass(frozen=True)
class Case:
    """`said` holds everything with its bases merged in; `expect` what should come out (days for a calendar)."""

    pack: str
    name: str
    kind: str
    said: AnyMapping[str, Any]
    expect: Any
    meets: tuple[str, ...]
    where: Where = field(compare=False)

    @property
    def id(self) -> str:
        """`<pack>/decision/cap_2021_service_500001`, for lists and tests."""
        file = self.where.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        return f"{self.pack}/{file}/{self.name}"


def cases_of(files: Files, pack: str, findings: Findings) -> list[Case]:
    """Every case of a pack, in the order written; what is malformed is reported and left out."""
    found: list[Case] = []
    for path, text in files.under(f"{pack}/cases").items():
        node = parse(text, path, findings)
        if isinstance(node, Mapping):
            found.extend(_of_file(node, pack, findings))
    return found


def _of_file(node: Mapping, pack: str, findings: Findings) -> Iterator[Case]:
    bases = node.entries.get("_bases")
    nodes: dict[str, Mapping] = {}
    for table in (bases, node):
        if isinstance(table, Mapping):
            nodes |= {name: part for name, part in table.entries.items() if isinstance(part, Mapping) and name != "_bases"}
    for name in node.entries:
        if name != "_bases" and name in nodes:
            case = _case(name, nodes, pack, node.keys[name], findings)
            if case is not None:
                yield case


def _case(name: str, nodes: AnyMapping[str, Mapping], pack: str, where: Where, findings: Findings) -> Case | None:
    merged = _with_bases(name, nodes, findings)
    rec = CASE.read(merged, findings)
    if not isinstance(rec, Rec):
        return None
    rec.where = where
    CASE.missing(rec, findings)
    kind = rec.get("kind", "gate")
    for key in _NEEDED[kind]:
        if key not in rec:
            findings.add("missing_key", where, key=key, name=CASE.title)
    expect = rec.get("expect")
    if isinstance(expect, Mapping):
        expect = EXPECT.read(expect, findings)
    if not isinstance(expect, (Rec, Sequence)) or any(key not in rec for key in _NEEDED[kind]):
        return None
    return Case(pack, name, kind, rec, expect, tuple(rec.get("meets", ())), where)


def _with_bases(name: str, nodes: AnyMapping[str, Mapping], findings: Findings) -> Mapping:
    """The case laid over what it is like, and so on; bases of bases first."""
    line: list[str] = [name]
    while isinstance(like := nodes[line[0]].entries.get("like"), Scalar):
        if like.text not in nodes or like.text in line:
            findings.add("unknown_reference", like.where, id=like.text, what=Text("案例", "case"))
            break
        line.insert(0, like.text)
    merged = Mapping({}, {}, nodes[name].where)
    for step, part in enumerate(line):
        before = {
            key: value
            for key, value in nodes[part].entries.items()
            if key not in ("like", "expect", "meets", "about") or step == len(line) - 1
        }
        merged = _over(merged, Mapping(before, nodes[part].keys, nodes[part].where))
    return merged


def _over(base: Mapping, top: Mapping) -> Mapping:
    """Deep merge; a null in `top` removes what `base` says."""
    entries: dict[str, Node] = dict(base.entries)
    for key, value in top.entries.items():
        old = entries.get(key)
        if isinstance(value, Scalar) and value.value is None:
            entries.pop(key, None)
        elif isinstance(old, Mapping) and isinstance(value, Mapping):
            entries[key] = _over(old, value)
        else:
            entries[key] = _over(Mapping({}, {}, value.where), value) if isinstance(value, Mapping) else value
    return Mapping(entries, {**base.keys, **top.keys}, top.where)
