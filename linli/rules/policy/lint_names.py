"""Every name written in a pack stands for something: the grammar says what kind of thing each key names."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from linli.rules.plain.texts import Text
from linli.rules.policy.errors import Findings
from linli.rules.policy.grammar import PACK
from linli.rules.policy.kinds import KIND_OF_WORD, KINDS, SHAPES
from linli.rules.policy.models import NOWHERE, Where
from linli.rules.policy.overlay import Layers
from linli.rules.policy.shapes import Many, Rec, Record, Ref, parts

EVERYBODY = ("anyone", "supplier", "proposer")
_EMPTY = Rec({}, NOWHERE, {})
WHAT = {
    "parameter": Text("参数", "parameter"),
    "catalogue": Text("目录", "catalogue"),
    "form": Text("表单", "form"),
    "checklist": Text("清单", "checklist"),
    "scorecard": Text("评分表", "scorecard"),
    "session": Text("会议", "session"),
    "body": Text("组织", "body"),
    "register": Text("台账", "register"),
    "procedure": Text("程序", "procedure"),
    "grant": Text("补助", "grant"),
    "selection": Text("遴选", "selection"),
    "quota": Text("名额", "quota"),
    "grade": Text("等次", "grade"),
    "slot": Text("材料位", "slot"),
    "state": Text("状态", "state"),
    "state_or_same": Text("状态", "state"),
    "stage": Text("阶段", "stage"),
    "parent_stage": Text("上级程序的阶段", "stage of the parent"),
    "act": Text("步骤", "act"),
    "evidence": Text("材料种类", "kind of evidence"),
    "point": Text("公示环节", "publicity point"),
    "level": Text("层级", "level"),
    "relation": Text("关系", "relation"),
    "through": Text("落实途径", "way to carry it out"),
    "fact": Text("事实", "fact"),
    "column": Text("栏目", "field"),
}


class Names:
    """What may be named on a stretch of days."""

    def __init__(self, layers: Layers, epoch: int, sources: frozenset[str]) -> None:
        self.layers, self.sources = layers, sources
        self.vocabulary = layers.vocabulary
        day = layers.epochs[epoch]
        self.day = day
        self.recs: Mapping[str, Mapping[str, Rec]] = {
            kind: {id: rec for id in layers.pieces[kind] if (rec := layers.composed(kind, id, day)) is not None} for kind in KINDS
        }
        procedures = self.recs["procedures"].values()
        self.roles = {role for rec in procedures for role in rec.get("roles", ())}
        self.slots = {slot for rec in procedures for slot in rec.get("slots", ())}
        self.documents = {document.key for pack in layers.chain for document in pack.documents}
        self.points = self._points()
        self.grades = self._grades()

    def has(self, kind: str, id: str) -> bool:
        if kind == "parameters":
            return self.layers.parameter(id) is not None
        return id in self.recs.get(kind, ())

    def _points(self) -> tuple[str, ...]:
        required = self.layers.parameter("publicity_required")
        if required is None:
            return ()
        return tuple(self.recs["catalogues"].get(required.by, _EMPTY).get("entries", ()))

    def _grades(self) -> set[str]:
        """The codes any scorecard may give as a grade."""
        named = [rec.get("grades", "") for rec in self.recs["scorecards"].values()]
        return {grade for id in named for grade in self.recs["catalogues"].get(id, _EMPTY).get("entries", ())}

    def entries(self, id: str) -> tuple[str, ...] | None:
        """The codes of a catalogue or the items of a scorecard."""
        if id in self.recs["catalogues"]:
            return tuple(self.recs["catalogues"][id].get("entries", ()))
        if id in self.recs["scorecards"]:
            return tuple(self.recs["scorecards"][id].get("items", ()))
        return None


def lint_names(kind: str, rec: Rec, names: Names, findings: Findings) -> None:
    """Every name in a construct; inside a procedure its own roles, slots, states, stages and acts count."""
    lint_record(SHAPES[kind], rec, _Scope(names, rec if kind == "procedures" else None), findings)
    if kind == "obligations" and "after" in rec:
        _act_of(rec["after"], names, findings)
    if kind == "obligations" and "while" in rec:
        _stages_of(rec["while"], names, findings)
    if kind == "selections" and "candidates" in rec:
        _state_of(rec["candidates"], names, findings)


def lint_pack(rec: Rec, names: Names, findings: Findings) -> None:
    """The names in a pack.yaml: level, sources, documents."""
    lint_record(PACK, rec, _Scope(names, None), findings)


def lint_record(shape: Record, rec: Rec, scope: "_Scope", findings: Findings) -> None:
    for to, id, where in named(shape, rec):
        if scope.knows(to, id):
            continue
        if to == "office":
            findings.add("unknown_office", where, office=id)
        elif to == "actor":
            findings.add("unknown_actor", where, name=id)
        elif to == "document":
            findings.add("unknown_document", where, key=id)
        elif to == "source":
            findings.add("unknown_source", where, source=id)
        else:
            findings.add("unknown_reference", where, id=id, what=WHAT[to])


def named(shape: Record, rec: Rec) -> Iterator[tuple[str, str, Where]]:
    """(kind of thing, name, place) for every reference in a record and its parts."""
    for key, value in rec.items():
        inner = shape.keys.get(key)
        if isinstance(inner, Ref):
            yield inner.to, value, rec.at(key)
        elif isinstance(inner, Many) and isinstance(inner.of, Ref):
            for one in value:
                yield inner.of.to, one, rec.at(key)
    for part_shape, part in parts(shape, rec):
        yield from named(part_shape, part)


def _act_of(after: Rec, names: Names, findings: Findings) -> None:
    procedure = names.recs["procedures"].get(after.get("procedure", ""))
    if procedure is not None and after.get("act") not in procedure.get("acts", ()):
        findings.add("unknown_reference", after.at("act"), id=after.get("act", ""), what=WHAT["act"])


def _stages_of(lasting: Rec, names: Names, findings: Findings) -> None:
    procedure = names.recs["procedures"].get(lasting.get("procedure", ""))
    for stage in lasting.get("stages", ()):
        if procedure is not None and stage not in procedure.get("stages", ()):
            findings.add("unknown_reference", lasting.at("stages"), id=stage, what=WHAT["stage"])


def _state_of(candidates: Rec, names: Names, findings: Findings) -> None:
    procedure = names.recs["procedures"].get(candidates.get("procedure", ""))
    stages = procedure.get("stages", _EMPTY).values() if procedure is not None else ()
    if procedure is not None and not any(candidates.get("state") in stage.get("states", ()) for stage in stages):
        findings.add("unknown_reference", candidates.at("state"), id=candidates.get("state", ""), what=WHAT["state"])


class _Scope:
    """Which names are known, seen from inside a construct."""

    def __init__(self, names: Names, procedure: Rec | None) -> None:
        self._names, self._procedure = names, procedure
        self._vocabulary = names.vocabulary
        self._ask: dict[str, Callable[[str], bool]] = {
            "office": self._vocabulary.has_office,
            "actor": self._actor,
            "level": self._vocabulary.levels.__contains__,
            "relation": self._relation,
            "evidence": self._vocabulary.evidence.__contains__,
            "point": names.points.__contains__,
            "slot": self._slot,
            "state": lambda id: id in self._states(),
            "state_or_same": lambda id: id == "same" or id in self._states(),
            "stage": self._stage,
            "parent_stage": self._parent_stage,
            "act": lambda id: id in self._own("acts"),
            "through": self._through,
            "grade": lambda id: id in names.grades,
            "document": lambda id: id in names.documents or id in names.sources,
            "source": names.sources.__contains__,
        }

    def knows(self, to: str, id: str) -> bool:
        ask = self._ask.get(to)
        return ask(id) if ask else self._names.has(KIND_OF_WORD[to], id)

    def _own(self, part: str) -> Any:
        return self._procedure.get(part, ()) if self._procedure is not None else ()

    def _actor(self, id: str) -> bool:
        if "." in id:
            return self._vocabulary.has_office(id)
        return id in (self._own("roles") if self._procedure is not None else self._names.roles) or id in EVERYBODY

    def _relation(self, id: str) -> bool:
        act = id.removeprefix("did:").strip()
        return act in self._own("acts") if id.startswith("did:") else id in self._vocabulary.relations

    def _slot(self, id: str) -> bool:
        return id in (self._own("slots") if self._procedure is not None else self._names.slots)

    def _states(self) -> set[str]:
        stages = self._own("stages") or _EMPTY
        return {state for stage in stages.values() for state in stage.get("states", ())}

    def _stage(self, id: str) -> bool:
        return self._procedure is None or id in self._own("stages")

    def _parent_stage(self, id: str) -> bool:
        parent = self._procedure.get("parent", "") if self._procedure is not None else ""
        return id in self._names.recs["procedures"].get(parent, _EMPTY).get("stages", ())

    def _through(self, id: str) -> bool:
        kind, _, name = id.partition(":")
        if kind == "slot":
            return name in self._names.slots
        return kind in KIND_OF_WORD and self._names.has(KIND_OF_WORD[kind], name)
