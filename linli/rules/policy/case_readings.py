"""From a case as written to the readings a gate is given: yuan become fen, everything else stays plain."""

from collections.abc import Mapping as AnyMapping
from typing import TYPE_CHECKING, Any

from linli.rules.plain.money import fen_from_yuan
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules
from linli.rules.policy.yaml12 import Mapping, Node, Scalar

if TYPE_CHECKING:
    from linli.rules.gates.model import Granted, Plain, Readings

ALL = "all_as_required"


def readings(said: AnyMapping[str, Any], rules: Rules) -> "Readings":
    """The readings a case describes, on the rules of its day."""
    from linli.rules.gates.model import Readings

    day = said["day"]
    procedure = rules.procedures(day).get(said["procedure"])
    return Readings(
        facts={**_level(said, procedure), **_facts(said, rules)},
        forms={form: _form(form, node, said, rules) for form, node in said.get("forms", {}).items()},
        checklists={id: _answers(id, node, said, rules) for id, node in said.get("checklists", {}).items()},
        evidence={slot: _evidence(slot, node, procedure, rules) for slot, node in said.get("evidence", {}).items()},
        place_year={where: _place_year(node, procedure, rules) for where, node in said.get("place_year", {}).items()},
        registers={name: _entries(node) for name, node in said.get("registers", {}).items()},
        bodies={name: _entries(node) for name, node in said.get("bodies", {}).items()},
        exceptions=tuple(_granted(rec, rules) for rec in said.get("exceptions", ())),
        relations=frozenset(said.get("relations", ())),
        did={act: tuple(persons) for act, persons in said.get("did", {}).items()},
        stages=dict(said.get("stages", {})),
        frozen_roles={role: tuple(offices) for role, offices in said.get("frozen_roles", {}).items()},
        opened_on=said.get("opened_on"),
        holds=tuple(said.get("holds", ())),
        signed=tuple(said.get("signed", ())),
    )


def _facts(said: AnyMapping[str, Any], rules: Rules) -> "dict[str, Plain]":
    return {name: _plain(node, _fact_type(name, rules)) for name, node in said.get("facts", {}).items()}


def _level(said: AnyMapping[str, Any], procedure: Procedure | None) -> "dict[str, Plain]":
    """Where a procedure runs at several levels, a case happens at that of the office that acts."""
    if procedure is None or len(procedure.at) < 2:
        return {}
    acting = (office.partition(".")[0] for office in said.get("by", ()))
    return {"place.level": next((level for level in acting if level in procedure.at), procedure.at[0])}


def _plain(node: Node, type: str = "") -> "Plain":
    if isinstance(node, Scalar):
        if type == "money" and node.value is not None:
            return fen_from_yuan(node.text)
        return node.text if isinstance(node.value, float) else node.value
    if isinstance(node, Mapping):
        return {key: _plain(part) for key, part in node.entries.items()}
    return [_plain(part, type) for part in node.items]


def _entries(node: Node) -> Any:
    return _plain(node) if isinstance(node, Mapping) else {}


def _fact_type(name: str, rules: Rules) -> str:
    word = rules.vocabulary.facts.get(name)
    return word.type if word else ""


def _form(form: str, node: Node, said: AnyMapping[str, Any], rules: Rules) -> Any:
    """`_complete: true` stands for every field that must be filled; false says nothing."""
    fields = rules.forms(said["day"])[form].fields if form in rules.forms(said["day"]) else {}
    entries = node.entries if isinstance(node, Mapping) else {}
    types = {key: fields[key].type if key in fields else "" for key in entries}
    filled = {key: _plain(part, types[key]) for key, part in entries.items()}
    if filled.get("_complete") is False:
        del filled["_complete"]
    return filled


def _answers(id: str, node: Node, said: AnyMapping[str, Any], rules: Rules) -> Any:
    """`all_as_required` answers every item of the day as it must be."""
    if not isinstance(node, Scalar) or node.text != ALL:
        return _entries(node)
    checklist = rules.checklist(id, said["day"])
    answers = {item.key: "no" if item.must_be == "no" else "yes" for item in checklist.items.values()}
    if checklist.each_of:
        wanted = "no" if checklist.each_must_be == "no" else "yes"
        answers |= dict.fromkeys(rules.catalogue(checklist.each_of, said["day"]).entries, wanted)
    return answers


def _evidence(slot: str, node: Node, procedure: Procedure | None, rules: Rules) -> Any:
    kinds = procedure.slots[slot].kinds if procedure is not None and slot in procedure.slots else (slot,)
    words = [rules.vocabulary.evidence[kind] for kind in kinds if kind in rules.vocabulary.evidence]
    types = {fact: type for word in words for fact, type in word.facts.items()}
    entries = node.entries if isinstance(node, Mapping) else {}
    return {fact: _plain(part, types.get(fact, "")) for fact, part in entries.items()}


def _place_year(node: Node, procedure: Procedure | None, rules: Rules) -> Any:
    entries = node.entries if isinstance(node, Mapping) else {}
    return {slot: _evidence(slot, part, procedure, rules) for slot, part in entries.items()}


def _granted(rec: AnyMapping[str, Any], rules: Rules) -> "Granted":
    from linli.rules.gates.model import Granted

    up_to = rec.get("up_to", rec.get("down_to"))
    known = rec["excuses"] in rules.parameters()
    counted = known and rules.parameter(rec["excuses"]).unit != "yuan"
    return Granted(
        excuses=rec["excuses"],
        by=rec["by"],
        reason=rec.get("reason", ""),
        up_to=up_to if up_to is None or counted else fen_from_yuan(up_to),
        ground=rec.get("ground", ""),
        asked_by=rec.get("asked_by", ""),
        approved_by=rec.get("approved_by", ""),
    )
