"""A filled form as the facts a gate reads."""

from collections.abc import Mapping

from linli.records.evidence.forms.characters import characters
from linli.records.evidence.models import Answers, Filling
from linli.rules.gates.model import Facts, Plain


def form_facts(filling: Filling) -> Facts:
    """Field -> value, `<field>.characters` of texts, `<field>.rows` of lists, `_complete` and `_characters` of the whole.

    Sealed values are never among them.
    """
    data: Mapping[str, Plain] = filling.data
    facts: dict[str, Plain] = dict(data)
    total = 0
    for key, value in data.items():
        if isinstance(value, str):
            facts[f"{key}.characters"] = characters(value)
            total += characters(value)
        elif isinstance(value, list):
            facts[f"{key}.rows"] = len(value)
    return {**facts, "_complete": filling.complete, "_characters": total}


def checklist_facts(answers: Answers) -> Facts:
    """Item -> "yes" or "no"."""
    given: Mapping[str, Plain] = answers.answers
    return dict(given)
