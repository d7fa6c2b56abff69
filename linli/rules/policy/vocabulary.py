"""The closed words of all packs: levels, offices, facts, evidence kinds, relations, units."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli.rules.plain.texts import Text
from linli.rules.policy.errors import Findings
from linli.rules.policy.models import Where
from linli.rules.policy.shapes import Many, Or, Rec, Record, Said, Table, Word
from linli.rules.policy.yaml12 import Node

HERE = "here"
BODY_FACTS = ("formed", "composition_met", "charter_in_force", "term_ended", "members", "seats_filled")
REGISTER_FACTS = ("rows", "unanswered", "overdue", "removed")


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """An office and its name at every level where it exists."""

    id: str
    title: Text
    levels: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class FactWord:
    """A reading that packs may name; `type` is date, money, entry, count, share, flag, period or text."""

    id: str
    type: str
    by: str
    title: Text


@dataclass(frozen=True, slots=True)
class EvidenceWord:
    """A kind of evidence, the component that files it, and the facts a gate may read from it."""

    id: str
    title: Text
    by: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """Levels from the top; everything else by id."""

    levels: Mapping[str, Text] = field(default_factory=dict)
    offices: Mapping[str, OfficeWord] = field(default_factory=dict)
    facts: Mapping[str, FactWord] = field(default_factory=dict)
    evidence: Mapping[str, EvidenceWord] = field(default_factory=dict)
    evidence_facts: Mapping[str, Text] = field(default_factory=dict)
    relations: Mapping[str, Text] = field(default_factory=dict)
    organisations: Mapping[str, Text] = field(default_factory=dict)  # relation -> what an organisation in it is called
    units: Mapping[str, Text] = field(default_factory=dict)
    components: Mapping[str, Text] = field(default_factory=dict)

    def depth(self, level: str) -> int:
        """0 for the top level; unknown levels are below everything."""
        order = list(self.levels)
        return order.index(level) if level in self.levels else len(order)

    def has_office(self, office: str) -> bool:
        """Whether `community.party_committee` exists; `here.council` if it exists anywhere."""
        level, _, name = office.partition(".")
        word = self.offices.get(name)
        return word is not None and (level == HERE or level in word.levels)

    def fact_title(self, fact: str) -> Text:
        """A standing fact or a fact of some kind of evidence as people say it; an unknown one as it is written."""
        if fact in self.facts:
            return self.facts[fact].title
        return self.evidence_facts.get(fact) or Text(fact, fact)

    def office_title(self, office: str) -> Text:
        """`community.party_committee` as people say it; an unknown office is returned as it is."""
        level, _, name = office.partition(".")
        word = self.offices.get(name)
        if word is None:
            return Text(office, office)
        return word.levels.get(level, word.title)


def _record(zh: str, en: str, *required: str, **keys: object) -> Record:
    return Record(Text(zh, en), keys, required=required)  # type: ignore[arg-type]


_WORD, _SAID = Word(), Said()
_TITLED = _record("词条", "a word", "title", title=_SAID, type=_WORD, about=_SAID)
_RELATION = _record("关系", "a relation", "title", "organisation", title=_SAID, organisation=_SAID)
_FACT = _record("事实", "a fact", "title", "type", "by", title=_SAID, type=_WORD, by=_WORD, about=_SAID)
_EVIDENCE = _record("材料种类", "a kind of evidence", "title", "by", title=_SAID, by=_WORD, facts=Table(_WORD), about=_SAID)
_OFFICE = _record("职务", "an office", "title", "levels", title=_SAID, levels=Table(_SAID), about=_SAID)
_DAYS = _record("节假日", "official holidays", off=Many(_WORD), work=Many(_WORD), source=Or(_WORD, _SAID), title=_SAID)

VOCABULARY_SHAPES: Mapping[str, Table] = {
    "levels": Table(_SAID),
    "offices": Table(_OFFICE),
    "facts": Table(_FACT),
    "evidence": Table(_EVIDENCE),
    "evidence_facts": Table(_SAID),
    "relations": Table(_RELATION),
    "units": Table(_TITLED),
    "components": Table(_TITLED),
}
HOLIDAYS_SHAPE = _DAYS


def read_vocabulary(files: Mapping[str, Node], findings: Findings) -> Vocabulary:
    """From the parsed files of `vocabulary/`, by file name without ending."""
    tables: dict[str, Rec] = {}
    for name, shape in VOCABULARY_SHAPES.items():
        node = files.get(name)
        if node is None:
            findings.add("file_missing", Where(f"vocabulary/{name}.yaml", 1), file=f"vocabulary/{name}.yaml")
            tables[name] = Rec({}, Where("", 0), {})
            continue
        read = shape.read(node, findings)
        tables[name] = read if isinstance(read, Rec) else Rec({}, Where("", 0), {})
        _complete(shape, tables[name], findings)
    vocabulary = _vocabulary(tables)
    for id, word in vocabulary.evidence.items():
        for fact in word.facts:
            if fact not in vocabulary.evidence_facts:
                findings.add("fact_without_title", tables["evidence"][id].at("facts"), fact=fact)
    return vocabulary


def _complete(shape: Table, table: Rec, findings: Findings) -> None:
    if isinstance(shape.of, Record):
        for record in table.values():
            shape.of.missing(record, findings)


def _vocabulary(tables: Mapping[str, Rec]) -> Vocabulary:
    nothing = Text("", "")
    return Vocabulary(
        levels=dict(tables["levels"]),
        offices={
            id: OfficeWord(id, rec.get("title", nothing), dict(rec.get("levels", {}))) for id, rec in tables["offices"].items()
        },
        facts={
            id: FactWord(id, rec.get("type", "text"), rec.get("by", ""), rec.get("title", nothing))
            for id, rec in tables["facts"].items()
        },
        evidence={
            id: EvidenceWord(id, rec.get("title", nothing), rec.get("by", ""), dict(rec.get("facts", {})))
            for id, rec in tables["evidence"].items()
        },
        evidence_facts=dict(tables["evidence_facts"]),
        relations={id: rec.get("title", nothing) for id, rec in tables["relations"].items()},
        organisations={id: rec.get("organisation", nothing) for id, rec in tables["relations"].items()},
        units={id: rec.get("title", nothing) for id, rec in tables["units"].items()},
        components={id: rec.get("title", nothing) for id, rec in tables["components"].items()},
    )
