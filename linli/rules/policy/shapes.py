"""A small checker of shapes: which keys a construct may have, of which type, from which closed words.

A shape reads a node into plain values and reports what does not fit. Records become `Rec`: a dict that knows where it
stands. Required keys are asked for later (`missing`), when a construct and its patches have been put together.
"""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from linli.rules.plain.texts import Text
from linli.rules.policy.errors import Findings
from linli.rules.policy.models import Where
from linli.rules.policy.yaml12 import Mapping, Node, Scalar, Sequence


class _Bad:
    """Stands where nothing sensible could be read; the mistake has been reported."""


BAD = _Bad()


class Rec(dict[str, Any]):
    """The values of a record by key, with the file and line of the record and of each key."""

    __slots__ = ("clause", "lines", "patched", "where")

    def __init__(self, values: AnyMapping[str, Any], where: Where, lines: AnyMapping[str, Where]) -> None:
        super().__init__(values)
        self.where = where
        self.lines = dict(lines)
        self.clause: tuple[str, ...] = ()  # inherited from the patch it came with
        self.patched = False

    def at(self, key: str) -> Where:
        return self.lines.get(key, self.where)

    @property
    def pack(self) -> str:
        return self.where.file.split("/", 1)[0]

    def copy(self) -> "Rec":
        twin = Rec(self, self.where, self.lines)
        twin.clause, twin.patched = self.clause, self.patched
        return twin


class Shape(Protocol):
    def read(self, node: Node, findings: Findings) -> Any: ...


def _wrong(node: Node, findings: Findings, zh: str, en: str) -> _Bad:
    findings.add("wrong_type", node.where, wanted=Text(zh, en), found=described(node))
    return BAD


def described(node: Node) -> Text:
    """A value as a reader would call it."""
    match node:
        case Mapping():
            return Text("几个键和值", "keys with values")
        case Sequence():
            return Text("一个列表", "a list")
        case Scalar(value=None):
            return Text("空", "nothing")
        case Scalar(text=text):
            return Text(f"“{text}”", f"“{text}”")


@dataclass(frozen=True)
class Word:
    """A text on one line; with `words`, one of a closed set."""

    words: tuple[str, ...] = ()

    def read(self, node: Node, findings: Findings) -> Any:
        if not isinstance(node, Scalar) or node.value is None or isinstance(node.value, bool):
            return _wrong(node, findings, "一个词", "a word")
        if self.words and node.text not in self.words:
            findings.add("unknown_word", node.where, word=node.text, known=self.words)
            return BAD
        return node.text


@dataclass(frozen=True)
class Ref(Word):
    """The name of something written elsewhere; `to` says of what kind, for the lint."""

    to: str = ""


@dataclass(frozen=True)
class Flag:
    def read(self, node: Node, findings: Findings) -> Any:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        return _wrong(node, findings, "true 或 false", "true or false")


@dataclass(frozen=True)
class Count:
    def read(self, node: Node, findings: Findings) -> Any:
        if isinstance(node, Scalar) and isinstance(node.value, int) and not isinstance(node.value, bool):
            return node.value
        return _wrong(node, findings, "一个整数", "a whole number")


@dataclass(frozen=True)
class Day:
    def read(self, node: Node, findings: Findings) -> Any:
        if isinstance(node, Scalar):
            found = day_of(node.text)
            if found is not None:
                return found
        return _wrong(node, findings, "一个日期，如 2020-11-05", "a day such as 2020-11-05")


def day_of(text: str) -> date | None:
    """2020-11-05 as a date; None if it is none."""
    if len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Said:
    """A sentence in both languages: {zh: …, en: …}."""

    def read(self, node: Node, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            return _wrong(node, findings, "{zh: …, en: …}", "{zh: …, en: …}")
        said = {key: part.text for key, part in node.entries.items() if isinstance(part, Scalar) and part.value is not None}
        stray = [key for key in node.entries if key not in ("zh", "en")]
        if {"zh", "en"} < set(node.entries) and stray:
            findings.add("comma", node.keys[stray[0]], words=stray[0])
            return BAD
        if set(node.entries) != {"zh", "en"}:
            findings.add("not_two_languages", node.where, found=tuple(node.entries))
            return BAD
        if len(said) < 2 or not all(text.strip() for text in said.values()):
            findings.add("not_two_languages", node.where, found=tuple(said))
            return BAD
        return Text(said["zh"], said["en"])


@dataclass(frozen=True)
class Raw:
    """Anything; read later when its unit is known."""

    def read(self, node: Node, findings: Findings) -> Any:
        return node


@dataclass(frozen=True)
class Many:
    """A list; `one` allows a single value without the brackets."""

    of: Shape
    one: bool = False

    def read(self, node: Node, findings: Findings) -> Any:
        if isinstance(node, Sequence):
            read = (self.of.read(item, findings) for item in node.items)
            return tuple(value for value in read if value is not BAD)
        if self.one:
            value = self.of.read(node, findings)
            return BAD if value is BAD else (value,)
        return _wrong(node, findings, "一个列表 […]", "a list […]")


@dataclass(frozen=True)
class Table:
    """Keys chosen by the pack, each with a value of one shape; `days` when the keys are days."""

    of: Shape
    days: bool = False

    def read(self, node: Node, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            return _wrong(node, findings, "几个键和值", "keys with values")
        rows: dict[str, Any] = {}
        for key, part in node.entries.items():
            if self.days and day_of(key) is None:
                findings.add("wrong_type", node.keys[key], wanted=_DAY, found=Text(f"“{key}”", f"“{key}”"))
                continue
            value = self.of.read(part, findings)
            if value is not BAD:
                if isinstance(value, Rec):
                    value.where = node.keys[key]
                rows[key] = value
        return Rec(rows, node.where, node.keys)


_DAY = Text("一个日期，如 2020-11-05", "a day such as 2020-11-05")


@dataclass(frozen=True)
class Keyed:
    """Records told apart by one of their keys, written as a list (or as a table)."""

    of: "Record"
    by: str

    def read(self, node: Node, findings: Findings) -> Any:
        if isinstance(node, Mapping):
            return Table(self.of).read(node, findings)
        if not isinstance(node, Sequence):
            return _wrong(node, findings, "一个列表 […]", "a list […]")
        rows: dict[str, Any] = {}
        lines: dict[str, Where] = {}
        for item in node.items:
            record = self.of.read(item, findings)
            if record is BAD:
                continue
            key = record.get(self.by)
            if key is None:
                findings.add("missing_key", record.where, key=self.by, name=self.of.title)
            elif key in rows:
                findings.add("same_id", record.where, id=key, first=str(lines[key]))
            else:
                rows[key], lines[key] = record, record.where
        return Rec(rows, node.where, lines)


@dataclass(frozen=True)
class Or:
    """The first shape for scalars, the second for anything else."""

    scalar: Shape
    other: Shape

    def read(self, node: Node, findings: Findings) -> Any:
        return (self.scalar if isinstance(node, Scalar) else self.other).read(node, findings)


@dataclass(frozen=True)
class Record:
    """A construct or a part of one.

    `frozen` keys belong to whoever wrote the record: no patch may name them. `replaced` keys a patch may write anew.
    """

    title: Text
    keys: AnyMapping[str, Shape]
    required: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    free: Shape | None = field(default=None)  # keys chosen by the pack beside the known ones

    def read(self, node: Node, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            return _wrong(node, findings, f"{self.title.zh}的键和值", f"the keys and values of {self.title.en}")
        values: dict[str, Any] = {}
        for key, part in node.entries.items():
            shape = self.keys.get(key) or self.free
            if shape is None and isinstance(part, Scalar) and part.value is None and part.where == node.keys[key]:
                findings.add("comma", node.keys[key], words=key)
                continue
            if shape is None:
                findings.add("unknown_key", node.keys[key], key=key, name=self.title, known=tuple(sorted(self.keys)))
                continue
            value = shape.read(part, findings)
            if value is not BAD:
                values[key] = value
        return Rec(values, node.where, node.keys)

    def missing(self, record: Rec, findings: Findings) -> None:
        """Report the keys that must be there, here and in every part."""
        for key in self.required:
            if key not in record and key not in record.lines:
                findings.add("missing_key", record.where, key=key, name=self.title)
        for shape, part in parts(self, record):
            shape.missing(part, findings)


def parts(shape: Record, record: Rec) -> Iterator[tuple[Record, Rec]]:
    """The records directly inside a record, with their shapes."""
    for key, value in record.items():
        inner = shape.keys.get(key) or shape.free
        if inner is not None:
            yield from _inside(inner, value)


def _inside(shape: Shape, value: Any) -> Iterator[tuple[Record, Rec]]:
    match shape:
        case Record():
            yield shape, value
        case Keyed(of=of) | Table(of=Record() as of):
            for part in value.values():
                yield of, part
        case Many(of=Record() as of):
            for part in value:
                yield of, part
        case Or(scalar=_, other=other) if isinstance(value, (Rec, tuple)):
            yield from _inside(other, value)
        case _:
            return
