"""How long a form must be as a whole, and obligations that a register shows to be done."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Readings
from linli.rules.policy.errors import PackErrors
from linli.rules.policy.load import load_packs
from linli.rules.policy.rules import Rules

GOOD = Path(__file__).parent / "good"
TODAY = date(2020, 6, 1)
LENGTH = """
plan_length:
  title: {zh: 方案最少字数, en: Least length of the plan}
  unit: characters
  values: {2020-01-01: {value: 3000, clause: T0 §2}}
"""
REGISTER = """
reports: {title: {zh: 报告台账, en: Reports}, kept_by: [district.office], at: district, form: plan, clause: T0 §4}
"""
REFUSE = "    from: [draft]\n    to: refused\n    by: [lead]\n"


def pack_with(folder: Path, check: str, done_by: str = "{evidence: document}") -> Rules:
    """The good packs with a plan that must be long enough, one more check on the act that refuses, and a register."""
    shutil.copytree(GOOD, folder)
    upper = folder / "upper"
    (upper / "parameters" / "length.yaml").write_text(LENGTH, encoding="utf-8")
    (upper / "registers").mkdir()
    (upper / "registers" / "all.yaml").write_text(REGISTER, encoding="utf-8")
    _change(upper / "forms" / "all.yaml", "  filled_by: [lead]\n", "  filled_by: [lead]\n  min_characters: plan_length\n")
    _change(upper / "procedures" / "matter.yaml", REFUSE, f"{REFUSE}    checks:\n      - {check}\n")
    _change(upper / "obligations.yaml", "{evidence: document}", done_by)
    return load_packs(folder).rules("upper")


def _change(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


WHOLE = "{form: plan, field: _characters, at_least: plan_length, clause: T0 §2}"


def decision(rules: Rules, length: int) -> tuple[str, list[str]]:
    readings = Readings(forms={"plan": {"_complete": True, "_characters": length}}, stages={"before": TODAY})
    actor = Actor("lin", frozenset({"community.committee"}))
    found = decide(rules, "matter", "refuse", state="draft", actor=actor, on=TODAY, readings=readings)
    return found.verdict, [finding.key for finding in found.against]


def test_a_form_knows_how_long_its_texts_must_be_together(tmp_path: Path) -> None:
    assert pack_with(tmp_path / "packs", WHOLE).form("plan", TODAY).min_characters == "plan_length"


def test_a_gate_counts_all_texts_of_a_form_together(tmp_path: Path) -> None:
    rules = pack_with(tmp_path / "packs", WHOLE)
    assert decision(rules, 3000) == ("open", [])
    assert decision(rules, 2999) == ("refused", ["plan_length"])


@pytest.mark.parametrize(
    ("check", "kind"),
    [
        ("{form: plan, field: _words, at_least: plan_length, clause: T0 §2}", "unknown_fact"),
        ("{form: plan, field: _characters, at_least: approval, clause: T0 §2}", "unit_mismatch"),
        ("{form: plan, field: kind.characters, at_least: approval, clause: T0 §2}", "unit_mismatch"),
    ],
)
def test_a_length_is_a_number_and_goes_by_its_name(tmp_path: Path, check: str, kind: str) -> None:
    with pytest.raises(PackErrors) as raised:
        pack_with(tmp_path / "packs", check)
    assert [error.kind for error in raised.value.errors] == [kind]


def test_an_unknown_length_of_a_form_is_refused(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "packs")
    _change(tmp_path / "packs/upper/forms/all.yaml", "  filled_by: [lead]\n", "  filled_by: [lead]\n  min_characters: nowhere\n")
    with pytest.raises(PackErrors) as raised:
        load_packs(tmp_path / "packs")
    assert {error.kind for error in raised.value.errors} == {"unknown_reference"}


def test_an_obligation_may_be_shown_done_by_a_register(tmp_path: Path) -> None:
    rules = pack_with(tmp_path / "packs", WHOLE, "{register: reports}")
    assert rules.obligation("report", TODAY).done_by_register == "reports"
