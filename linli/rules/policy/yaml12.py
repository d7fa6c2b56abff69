"""YAML as packs are written: the core schema of YAML 1.2, every key and value with its file and line.

Only `true` and `false` are booleans, days are plain strings, and a number keeps its written form. Anchors, aliases,
tags, merge keys, tabs and duplicate keys are mistakes: what is written is what is meant, in one place.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from linli.rules.policy.errors import Findings
from linli.rules.policy.models import Where

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_PARSER: Any = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader  # the C parser where PyYAML was built with it

Core = str | int | float | bool | None


@dataclass(slots=True)
class Scalar:
    """`value` by the core schema; `text` as it was written."""

    text: str
    value: Core
    where: Where


@dataclass(slots=True)
class Sequence:
    items: "list[Node]"
    where: Where


@dataclass(slots=True)
class Mapping:
    """`keys` says where each key stands."""

    entries: "dict[str, Node]"
    keys: dict[str, Where]
    where: Where


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """What follows cannot be read sensibly."""


def parse(text: str, file: str, findings: Findings) -> Node | None:
    """The document in a text, or None when it is empty or broken; mistakes go to `findings`."""
    before = len(findings.errors)
    _tabs(text, file, findings)
    if len(findings.errors) > before:
        return None
    try:
        return _Reader(text, file, findings).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        findings.add("not_yaml", Where(file, line))
    except yaml.YAMLError:
        findings.add("not_yaml", Where(file, 1))
    except _Stop:
        pass
    return None


def core(text: str) -> Core:
    """A plain scalar by the core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _tabs(text: str, file: str, findings: Findings) -> None:
    if "\t" not in text:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line:
            findings.add("tab", Where(file, number))


class _Reader:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, file: str, findings: Findings) -> None:
        self._next = _PARSER(text).get_event
        self._file, self._findings = file, findings

    def document(self) -> Node | None:
        self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        node = self._node(self._next())
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._findings.add("two_documents", self._where(event))
            return None
        return node

    def _where(self, event: Any) -> Where:
        return Where(self._file, event.start_mark.line + 1)

    def _node(self, event: Any) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._findings.add("anchor", self._where(event), sign=f"*{event.anchor}")
            raise _Stop
        self._plain(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(self._where(event))
        return self._sequence(self._where(event))

    def _plain(self, event: Any) -> None:
        if event.anchor:
            self._findings.add("anchor", self._where(event), sign=f"&{event.anchor}")
        if event.tag:
            self._findings.add("tag", self._where(event), tag=event.tag)

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor or event.tag:
            self._plain(event)
        text: str = event.value
        plain = event.implicit[0]
        return Scalar(text, core(text) if plain else text, self._where(event))

    def _sequence(self, where: Where) -> Sequence:
        items: list[Node] = []
        event = self._next()
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self._node(event))
            event = self._next()
        return Sequence(items, where)

    def _mapping(self, where: Where) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Where] = {}
        event = self._next()
        while not isinstance(event, yaml.MappingEndEvent):
            key, at = self._key(event), self._where(event)
            value = self._node(self._next())
            if key in entries:
                self._findings.add("duplicate_key", at, key=key, first=keys[key].line)
            else:
                entries[key], keys[key] = value, at
            event = self._next()
        return Mapping(entries, keys, where)

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._findings.add("key_not_a_word", self._where(event))
            raise _Stop
        if event.value == "<<":
            self._findings.add("anchor", self._where(event), sign="<<")
        return str(event.value)
