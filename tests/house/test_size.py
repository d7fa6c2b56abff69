"""Small files, one idea each; functions a reader can hold in the head."""

import ast
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).parents[2]
CODE = sorted(path for path in (ROOT / "linli").rglob("*.py") if "migrations" not in path.parts)


# One file on purpose: the verifier must run alone, and the grammar of a pack is read from top to bottom.
WHOLE = {"linli/rules/proof/verifier.py", "linli/rules/policy/models.py"}


def test_no_file_is_longer_than_a_few_screens() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    long = {name: lines for name, lines in lengths.items() if lines > 330 and name not in WHOLE}
    assert long == {}


def test_functions_stay_short() -> None:
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    assert quantiles(lengths, n=20)[-1] < 45
