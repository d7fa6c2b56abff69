"""A gate says each thing that is lacking once, with every clause that asks for it."""

from datetime import date

from linli.rules.gates.model import Decision, Finding
from linli.rules.plain.texts import Text
from linli.web.shared.tags.rules import gate, lacking, said_once

MISSING = Text("还缺：验收意见", "Missing: acceptance")


def finding(key: str, clause: str, *, slot: str = "acceptance", text: Text = MISSING, outcome: str = "missing") -> Finding:
    return Finding(key, outcome, clause, text, slot=slot)  # type: ignore[arg-type]


def test_what_several_clauses_ask_of_one_slot_is_one_thing_to_do() -> None:
    first, second = finding("a", "S0 §5"), finding("b", "S0 §11")
    other = finding("c", "S0 §4", slot="contract", text=Text("还缺：合同", "Missing: contract"))
    again = finding("d", "S0 §5")
    assert said_once([first, other, second, again]) == [[first, second, again], [other]]
    decision = Decision("micro_project", "accept", "refused", (first, other, second, again), (), None, date(2026, 11, 21))
    assert lacking(decision) == 2
    assert [(row["finding"].key, row["clauses"]) for row in gate(decision)["against"]] == [("a", ["S0 §11"]), ("c", [])]


def test_what_passed_and_what_has_no_slot_stands_for_itself() -> None:
    passed = [finding(key, "S0 §5", outcome="ok") for key in "ab"]
    without = [finding(key, "S0 §5", slot="") for key in "cd"]
    assert [len(alike) for alike in said_once([*passed, *without])] == [1, 1, 1, 1]
