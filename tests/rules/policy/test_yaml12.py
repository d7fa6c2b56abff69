"""Packs are read by the core schema of YAML 1.2, and every value knows its line."""

import pytest

from linli.rules.policy.errors import Findings
from linli.rules.policy.models import Where
from linli.rules.policy.yaml12 import Mapping, Scalar, Sequence, core, parse


def read(text: str) -> Mapping:
    findings = Findings()
    node = parse(text, "pack.yaml", findings)
    assert not findings.errors
    assert isinstance(node, Mapping)
    return node


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2020-11-05", "2020-11-05"),
        ("03-31", "03-31"),
        (".", "."),
    ],
)
def test_only_true_and_false_are_booleans_and_days_are_words(written: str, value: object) -> None:
    assert core(written) == value


def test_a_quoted_number_is_a_word() -> None:
    value = read('code: "440305"').entries["code"]
    assert isinstance(value, Scalar)
    assert value.value == "440305"


def test_every_key_and_value_knows_its_line() -> None:
    node = read("a: 1\nb:\n  - x\n  - y\n")
    assert node.keys == {"a": Where("pack.yaml", 1), "b": Where("pack.yaml", 2)}
    items = node.entries["b"]
    assert isinstance(items, Sequence)
    assert [item.where.line for item in items.items] == [3, 4]


def test_an_empty_file_says_nothing() -> None:
    findings = Findings()
    assert parse("# only a remark\n", "pack.yaml", findings) is None
    assert findings.errors == ()
