"""One decision being made: the rules of the day, the readings, and the trace of every value read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from linli.rules.gates.model import Actor, Readings
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Check, Operand, Procedure
from linli.rules.policy.reading import Reading
from linli.rules.policy.rules import Rules


@dataclass(slots=True)
class Scene:
    rules: Rules
    procedure: Procedure
    readings: Readings
    actor: Actor
    on: date  # the day of the act
    rules_on: date  # the first day of the stage the act starts in
    offices: tuple[str, ...] = ()  # who takes the act; filled in once roles are known
    trace: list[Reading] = field(default_factory=list)

    def read(self, parameter: str, *, key: str = "", as_of: str = "") -> Reading:
        """A parameter at the rule day, or at the first day of an earlier stage; kept in the trace."""
        on = self.readings.stages.get(as_of, self.rules_on) if as_of else self.rules_on
        reading = self.rules.read(parameter, on=on, key=key)
        self.trace.append(reading)
        return reading

    @property
    def year(self) -> int:
        """The year the matter belongs to; the year of the act where it has none."""
        year = self.readings.facts.get("case.year")
        return year if isinstance(year, int) else self.on.year

    def entry_key(self, operand: Operand) -> str | None:
        """Which row of a parameter that has several. None: not known yet, because a question is unanswered."""
        if operand.point:
            return operand.point
        if not operand.key_fact:
            return ""
        key = self.readings.facts.get(operand.key_fact)
        return key if isinstance(key, str) and key else None

    def fact_type(self, check: Check) -> str:
        """money, share, count … of what a check reads; "" where the vocabulary does not say."""
        vocabulary = self.rules.vocabulary
        if check.source == "fact":
            word = vocabulary.facts.get(check.fact or check.name)
            return word.type if word else ""
        slot = self.procedure.slots.get(check.name)
        for kind in slot.kinds if slot else (check.name,):
            if kind in vocabulary.evidence and check.fact in vocabulary.evidence[kind].facts:
                return vocabulary.evidence[kind].facts[check.fact]
        return ""

    def relation_title(self, relation: str) -> Text:
        return self.rules.vocabulary.relations.get(relation, Text(relation, relation))

    def office_titles(self, offices: Iterable[str]) -> Text:
        titles = [self.rules.office_title(office) for office in offices]
        if not titles:
            return Text("有关单位", "the office concerned")
        return Text("、".join(title.zh for title in titles), " / ".join(title.en for title in titles))

    def title_of(self, check: Check) -> Text:
        """What a check is about, in words: its own title, else that of the thing it reads."""
        if check.title is not None:
            return check.title
        match check.source:
            case "evidence":
                return self._with_fact(self.slot_title(check.name), check.fact)
            case "form":
                return self._form_title(check)
            case "checklist":
                return self.rules.checklist(check.name, self.rules_on).title
            case "publicity":
                return self.publicity_title(check.name)
            case "fact":
                return self.rules.vocabulary.fact_title(check.fact or check.name)
            case "register":
                return self.rules.register(check.name, self.rules_on).title
            case "body":
                return self._with_fact(self.rules.body(check.name, self.rules_on).title, check.fact)

    def slot_title(self, name: str) -> Text:
        """A slot of the procedure, or a kind of evidence when it is read from the year of a place."""
        if name in self.procedure.slots:
            return self.procedure.slots[name].title
        word = self.rules.vocabulary.evidence.get(name)
        return word.title if word else Text(name, name)

    def publicity_title(self, point: str) -> Text:
        catalogue = self.rules.parameter("publicity_required", self.rules_on).by
        entries = self.rules.catalogue(catalogue, self.rules_on).entries
        title = entries[point].title if point in entries else Text(point, point)
        return Text(f"{title.zh}公示", f"Public notice: {title.en}")

    def _form_title(self, check: Check) -> Text:
        form = self.rules.form(check.name, self.rules_on)
        if not check.fact or check.fact not in form.fields:
            return form.title
        return form.fields[check.fact].title

    def _with_fact(self, title: Text, fact: str) -> Text:
        if not fact:
            return title
        name = self.rules.vocabulary.fact_title(fact)
        return Text(f"{title.zh}·{name.zh}", f"{title.en}: {name.en}")
