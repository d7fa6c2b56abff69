"""The first files of a new pack, with a word in each about what belongs there."""

from pathlib import Path

_FILES = {
    "pack.yaml": """# Who speaks, from when, resting on what.
id: {id}
title: {{zh: 规则包名称, en: Name of the pack}}
level: {level}
jurisdiction: "000000"        # the code of the place, in quotes
{extends}sources: []
version: 0.1.0
""",
    "clauses/README.txt": """Write one file per source, named after it (S5.yaml), with one line per clause:
"S5 §1": {{at: 第1条, words: words copied from the text}}
""",
    "parameters/all.yaml": """# Every number of the regulation, with its days and clauses.
# deadline:
#   title: {{zh: 办结期限, en: Time to finish}}
#   unit: period
#   set_by: [district.civil_affairs]
#   values:
#     2024-01-01: {{value: null, clause: open}}
{{}}
""",
    "cases/first.yaml": """# What should be decided? Write it before the rules, and run `linli pack cases {id}`.
{{}}
""",
}


def begin(folder: Path, id: str, level: str, extends: str) -> list[Path] | None:
    """Write the files; None (and nothing written) if the pack exists."""
    pack = folder / id
    if pack.exists():
        return None
    made = []
    for name, text in _FILES.items():
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(id=id, level=level, extends=f"extends: {extends}\n" if extends else ""), encoding="utf-8")
        made.append(path)
    return made
