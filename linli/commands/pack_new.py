"""The first files of a new pack: a whole small example with a word in each file about what belongs there.

A pack that stands alone gets every kind of file; it loads, decides and runs as it is. One laid over another gets the files
in which it says what it adds.
"""

from pathlib import Path

SKELETON = Path(__file__).with_name("skeleton")

_OVER = {
    "pack.yaml": """# Who speaks, from when, resting on what.
id: __ID__
title: {zh: 规则包名称, en: Name of the pack}
level: __LEVEL__
jurisdiction: "000000"        # the code of the place, in quotes
extends: __OVER__
sources: []
version: 0.1.0
""",
    "parameters/all.yaml": """# A number of the law above in its own words here: the same id, with what differs.
# project_cap:
#   adds_to: __OVER__
#   values:
#     2024-01-01: {value: 500000, clause: "S9 §1"}
{}
""",
    "procedures/README.txt": """Write only what is added to a procedure of __OVER__, in a file of its name:
id: micro_project
adds_to: __OVER__
since: 2024-01-01
acts:
  - act: determine
    checks: [{form: something_more, clause: "S9 §2"}]
""",
    "cases/first.yaml": """# What should be decided? Write it before the rules, and run `linli pack cases __ID__`.
{}
""",
}


def begin(folder: Path, id: str, level: str, extends: str) -> list[Path] | None:
    """Write the files; None (and nothing written) if the pack exists."""
    pack = folder / id
    if pack.exists():
        return None
    made = []
    for name, text in sorted((_over() if extends else _alone()).items()):
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        words = text.replace("__ID__", id).replace("__LEVEL__", level).replace("__OVER__", extends)
        path.write_text(words, encoding="utf-8")
        made.append(path)
    return made


def _alone() -> dict[str, str]:
    return {str(path.relative_to(SKELETON)): path.read_text(encoding="utf-8") for path in SKELETON.rglob("*.*") if path.is_file()}


def _over() -> dict[str, str]:
    readme = "clauses/README.txt"
    return {**_OVER, readme: (SKELETON / readme).read_text(encoding="utf-8")}
