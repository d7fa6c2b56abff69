"""A filled form as the facts a gate reads."""

from collections.abc import Mapping

from linli.records.evidence.forms.characters import lengths
from linli.records.evidence.models import Answers, Filling
from linli.rules.gates.model import Facts, Plain


def form_facts(filling: Filling) -> Facts:
    """Field -> value, `<field>.characters` of texts, `<field>.rows` of lists, `_complete` and `_characters` of the whole.

    Sealed values are never among them.
    """
    data: Mapping[str, Plain] = filling.data
    long = lengths(data)
    return {
        **data,
        **{f"{key}.characters": has for key, has in long.items()},
        **{f"{key}.rows": len(value) for key, value in data.items() if isinstance(value, list)},
        "_complete": filling.complete,
        "_characters": sum(long.values()),
    }


def checklist_facts(answers: Answers) -> Facts:
    """Item -> "yes" or "no"."""
    given: Mapping[str, Plain] = answers.answers
    return dict(given)
