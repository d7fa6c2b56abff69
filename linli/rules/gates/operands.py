"""What a reading is held against: a literal, codes, a catalogue, another fact, or a value of the rules."""

from linli.rules.gates import wording
from linli.rules.gates.model import Finding
from linli.rules.gates.scene import Scene
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Check, Operand, Value
from linli.rules.policy.reading import Reading


class NotKnown(Exception):
    """The value depends on a question nobody has answered; `title` names it."""

    def __init__(self, title: Text) -> None:
        super().__init__(title.zh)
        self.title = title


class Unset(Exception):
    """There is no value to hold the reading against: not set yet, none in force, or no limit."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.parameter)
        self.reading = reading

    def passes(self, scene: Scene) -> bool:
        """No limit holds nothing back, nor does a value the pack waives until it is set."""
        return (
            self.reading.state == "unlimited"
            or scene.rules.parameter(self.reading.parameter, scene.rules_on).until_set == "waive"
        )

    def finding(self, check: Check, scene: Scene, slot: str) -> Finding:
        reading = self.reading
        parameter = scene.rules.parameter(reading.parameter, scene.rules_on)
        clause = check.clause if check.clause != "open" else reading.clause
        if reading.state == "unlimited":
            text = Text(f"{parameter.title.zh}：不设上限", f"{parameter.title.en}: no limit")
            return Finding(check.key, "ok", clause, text, slot=slot, parameter=reading)
        if parameter.until_set == "waive":
            return Finding(check.key, "waived", clause, wording.not_required(parameter.title), slot=slot, parameter=reading)
        offices = reading.set_by or parameter.set_by
        text = (
            wording.unset(parameter.title, scene.office_titles(offices))
            if reading.state == "unset"
            else wording.none_in_force(parameter.title, reading.on.isoformat())
        )
        mend = Text("请先由有权单位设定这一数值，并写明依据。", "The office in charge must set this value first, with its basis.")
        return Finding(check.key, "unset", clause, text, mend, offices, slot, parameter=reading)


def held(operand: Operand, scene: Scene, as_of: str = "") -> tuple[Value | frozenset[str], Reading | None]:
    """The value, and the reading it came from when it is a parameter's. Raises NotKnown or Unset."""
    match operand.kind:
        case "literal":
            assert operand.literal is not None
            return operand.literal, None
        case "codes":
            return frozenset(operand.codes), None
        case "catalogue":
            return frozenset(scene.rules.catalogue(operand.name, scene.rules_on).entries), None
        case "fact":
            return _other_fact(operand.name, scene), None
        case "parameter":
            reading = _parameter(operand, scene, as_of)
            assert reading.value is not None
            return reading.value, reading
        case _:
            raise ValueError("a check with an operator needs something to hold the reading against")


def _parameter(operand: Operand, scene: Scene, as_of: str) -> Reading:
    key = scene.entry_key(operand)
    if key is None:
        raise NotKnown(scene.rules.vocabulary.fact_title(operand.key_fact))
    reading = scene.read(operand.name, key=key, as_of=as_of)
    if reading.state != "known":
        raise Unset(reading)
    return reading


def _other_fact(name: str, scene: Scene) -> Value:
    value = scene.on.isoformat() if name == "act.on" else scene.readings.facts.get(name)
    if value is None or isinstance(value, list | dict):
        raise NotKnown(scene.rules.vocabulary.fact_title(name))
    return value
