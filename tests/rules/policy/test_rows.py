"""Rows of registers: which column finds them, which field names them, what a ledger owes."""

import shutil
from pathlib import Path

import pytest

from linli.rules.policy.errors import PackErrors
from linli.rules.policy.load import load_packs
from linli.rules.policy.models import Answering
from linli.rules.policy.rules import Rules

GOOD = Path(__file__).parent / "good"
REGISTER = """\
ledger:
  title: {{zh: 台账, en: Ledger}}
  kept_by: [community.committee]
  at: community
  form: plan
  key: {key}
  answer: {{by: [community.committee], within: notice_days, verdicts: kinds, escalate_to: [district.office], clause: T0 §1}}
  clause: T0 §2
"""
CHECK = "      - {form: plan, clause: T0 §2}\n"


def pack_with(folder: Path, *, key: str = "kind", check: str = "") -> Rules:
    """The good packs with a register, and one more check on the act that agrees."""
    shutil.copytree(GOOD, folder)
    (folder / "upper" / "registers").mkdir()
    (folder / "upper" / "registers" / "all.yaml").write_text(REGISTER.format(key=key), encoding="utf-8")
    procedure = folder / "upper" / "procedures" / "matter.yaml"
    procedure.write_text(procedure.read_text(encoding="utf-8").replace(CHECK, f"{CHECK}{check}"), encoding="utf-8")
    return load_packs(folder).rules("upper")


def mistakes(folder: Path, **said: str) -> list[tuple[str, str]]:
    with pytest.raises(PackErrors) as raised:
        pack_with(folder, **said)
    return [(error.kind, error.reason.en) for error in raised.value.errors]


def test_a_ledger_knows_what_every_row_is_owed(tmp_path: Path) -> None:
    rules = pack_with(tmp_path / "packs")
    day = rules.days_of_change()[-1]
    answer = Answering(("community.committee",), "notice_days", "kinds", ("district.office",), "T0 §1")
    assert rules.register("ledger", day).answer == answer


def test_a_row_is_found_by_a_column_it_has(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "packs", key="colour") == [("unknown_fact", "“plan” has no fact “colour”.")]


def test_a_row_is_named_by_a_field_that_exists(tmp_path: Path) -> None:
    check = "      - {register: ledger, row_key: form.plan.colour, clause: T0 §2}\n"
    assert mistakes(tmp_path / "packs", check=check) == [("unknown_fact", "“plan” has no fact “colour”.")]


def test_a_row_is_named_by_a_form_that_exists(tmp_path: Path) -> None:
    check = "      - {register: ledger, row_key: form.other.kind, clause: T0 §2}\n"
    assert mistakes(tmp_path / "packs", check=check) == [("unknown_reference", "There is no field called “form.other.kind”.")]


def test_a_row_holds_only_codes_of_its_catalogue(tmp_path: Path) -> None:
    check = "      - {register: ledger, row_key: form.plan.kind, fact: kind, equals: purple, clause: T0 §2}\n"
    assert [kind for kind, _ in mistakes(tmp_path / "packs", check=check)] == ["no_such_entry"]


def test_a_row_that_is_asked_for_rightly_loads(tmp_path: Path) -> None:
    entry = next(iter(pack_with(tmp_path / "one").catalogue("kinds", pack_with(tmp_path / "two").days_of_change()[-1]).entries))
    check = f"      - {{register: ledger, row_key: case.type, fact: kind, equals: {entry}, clause: T0 §2}}\n"
    assert pack_with(tmp_path / "packs", check=check)


def filled_in_online(folder: Path, entry: str) -> Rules:
    shutil.copytree(GOOD, folder)
    form = folder / "upper" / "forms" / "all.yaml"
    text = form.read_text(encoding="utf-8").replace("catalogue: kinds", f"catalogue: kinds, online: {entry}", 1)
    form.write_text(text, encoding="utf-8")
    return load_packs(folder).rules("upper")


def test_what_a_page_fills_in_by_itself_is_an_entry_of_the_catalogue(tmp_path: Path) -> None:
    rules = filled_in_online(tmp_path / "packs", "works")
    assert rules.form("plan", rules.days_of_change()[-1]).fields["kind"].online == "works"
    with pytest.raises(PackErrors) as raised:
        filled_in_online(tmp_path / "wrong", "purple")
    assert [error.kind for error in raised.value.errors] == ["no_such_entry"]
