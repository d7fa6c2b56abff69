"""The engine knows no regulation, no place and no act by name."""

import ast
from datetime import date
from pathlib import Path

import pytest

import linli
from linli.records.rulebook.selectors import library
from linli.rules.policy.models import Effect

ROOT = Path(linli.__file__).parent
ENGINE = [*ROOT.glob("records/rulebook/**/*.py"), *ROOT.glob("records/funds/**/*.py"), *ROOT.glob("records/cases/**/*.py")]
# Words of the grammar that packs also use as names of acts and procedures.
GRAMMAR = {"return", "refuse", "withdraw", "need", *Effect.__annotations__, "open", "amend", "pause", "resume", "extend"}


def names() -> set[str]:
    found = {"南山", "深圳", "Nanshan", "Shenzhen", "440305", "4403"}
    for pack in library().packs:
        rules = library().rules(pack)
        procedures = rules.procedures(date(2021, 1, 1)).values()
        found |= {pack, *(procedure.id for procedure in procedures)}
        found |= {act for procedure in procedures for act in procedure.acts}
    return found - GRAMMAR - set(library().vocabulary.evidence)


def words(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


@pytest.mark.parametrize(
    "file", [file for file in ENGINE if "migrations" not in file.parts], ids=lambda file: str(file.relative_to(ROOT))
)
def test_no_name_of_a_regulation_a_place_or_an_act_stands_in_the_engine(file: Path) -> None:
    assert not words(file) & names()
