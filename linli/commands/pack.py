"""`linli pack check | show | diff | cases | new`: packs on the command line, in Chinese or English."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from linli.commands import pack_new
from linli.commands.pack_show import show
from linli.rules.policy.cases import Result, load_cases, run_cases
from linli.rules.policy.diff import Side, changes
from linli.rules.policy.errors import PackErrors
from linli.rules.policy.library import Library
from linli.rules.policy.load import check_packs, load_packs

PACKS = Path(__file__).resolve().parents[2] / "packs"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("pack", help="规则包：检查、查看、比较、案例、新建 · packs: check, show, diff, cases, new")
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    check = _part(parts, "check", _check, "检查全部规则包 · check all packs")
    check.add_argument("--adopted", action="store_true", help="采用的版本与文件差在哪里 · what adopted editions read differently")
    check.add_argument("--notes", action="store_true", help="也列出提示 · list notes too")
    look = _part(parts, "show", _show, "查看一个规则包 · show a pack")
    look.add_argument("pack")
    look.add_argument("what", nargs="?", default="", help="如 procedure:micro_project · e.g. parameter:project_cap")
    look.add_argument("--day", type=date.fromisoformat, help="按哪一天的规定 · on which day")
    diff = _part(parts, "diff", _diff, "两套规则差在哪里 · what a change of rules changes")
    diff.add_argument("before", metavar="A", help="规则包[@日期] 或文件夹 · pack[@day] or a folder")
    diff.add_argument("after", metavar="B")
    cases = _part(parts, "cases", _cases, "运行案例 · run the cases")
    cases.add_argument("pack", nargs="?", default="")
    new = _part(parts, "new", _new, "新建一个规则包 · begin a new pack")
    new.add_argument("id")
    new.add_argument("--level", default="district")
    new.add_argument("--extends", default="")


def _part(parts: Any, name: str, run: Any, said: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=said)
    parser.add_argument("--folder", type=Path, default=PACKS, help="规则包所在文件夹 · the folder of packs")
    parser.add_argument("--draft", type=Path, help="草稿，代替同名的规则包 · a draft that takes the place of a pack")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.set_defaults(run=run)
    return parser


def _check(chosen: argparse.Namespace) -> int:
    library, findings = check_packs(chosen.folder, draft=chosen.draft)
    for error in findings.errors:
        print(error.in_language(chosen.language))
    if chosen.notes:
        for note in findings.notes:
            print(f"  {note.in_language(chosen.language)}")
    counted = {
        "packs": len(library.packs),
        "clauses": len(library.clauses),
        "wrong": len(findings.errors),
        "notes": len(findings.notes),
    }
    said = {
        "zh": "规则包 {packs} 个，条款 {clauses} 条；错误 {wrong} 处，提示 {notes} 处。",
        "en": "{packs} packs, {clauses} clauses; {wrong} mistakes, {notes} notes.",
    }
    print(said[chosen.language].format(**counted))
    if chosen.adopted and not findings.errors:
        from linli.commands.pack_adopted import tell

        tell(library, chosen.language)
    return 1 if findings.errors else 0


def _library(chosen: argparse.Namespace) -> Library | None:
    try:
        return load_packs(chosen.folder, draft=chosen.draft)
    except PackErrors as errors:
        for error in errors.errors:
            print(error.in_language(chosen.language))
        return None


def _show(chosen: argparse.Namespace) -> int:
    library = _library(chosen)
    if library is None:
        return 1
    if chosen.pack not in library.packs:
        return _unknown(chosen.pack, library, chosen.language)
    rules = library.rules(chosen.pack)
    lines = show(rules, chosen.what, chosen.day or rules.days_of_change()[-1], chosen.language)
    print("\n".join(lines))
    return 0


def _unknown(pack: str, library: Library, language: str) -> int:
    known = ", ".join(library.packs)
    print(f"没有规则包“{pack}”。有：{known}。" if language == "zh" else f"There is no pack “{pack}”. There are: {known}.")
    return 2


def _diff(chosen: argparse.Namespace) -> int:
    try:
        before, after = side(chosen.before, chosen), side(chosen.after, chosen)
    except PackErrors as errors:
        for error in errors.errors:
            print(error.in_language(chosen.language))
        return 1
    except (KeyError, ValueError) as error:
        print(f"看不懂“{error.args[0]}”。" if chosen.language == "zh" else f"Not a pack, a folder or a day: “{error.args[0]}”.")
        return 2
    found = changes(before, after)
    for change in found:
        print(f"· {change.in_language(chosen.language)}")
    if not found:
        print("两者没有差别。" if chosen.language == "zh" else "There is no difference.")
    return 0


def side(said: str, chosen: argparse.Namespace) -> Side:
    """`nanshan`, `nanshan@2019-01-01`, or the folder of a pack (alone, or beside the packs it extends)."""
    name, _, day = said.partition("@")
    on = date.fromisoformat(day) if day else None
    folder = Path(name)
    if (folder / "pack.yaml").is_file():
        if (folder.parent / "sources.yaml").is_file():
            return Side(load_packs(folder.parent).rules(folder.name), on)
        return Side(load_packs(chosen.folder, draft=folder).rules(folder.name), on)
    return Side(load_packs(chosen.folder, draft=chosen.draft).rules(name), on)


def _cases(chosen: argparse.Namespace) -> int:
    library = _library(chosen)
    if library is None:
        return 1
    if chosen.pack and chosen.pack not in library.packs:
        return _unknown(chosen.pack, library, chosen.language)
    try:
        cases = [case for case in load_cases(chosen.folder, library, draft=chosen.draft) if chosen.pack in ("", case.pack)]
    except PackErrors as errors:
        for error in errors.errors:
            print(error.in_language(chosen.language))
        return 1
    results = run_cases(cases, library)
    failed = [result for result in results if not result.passed]
    for result in failed:
        _report(result, chosen.language)
    said = {"zh": "案例 {all} 个，{bad} 个与预期不符。", "en": "{all} cases, {bad} not as expected."}
    print(said[chosen.language].format(all=len(results), bad=len(failed)))
    return 1 if failed else 0


def _report(result: Result, language: str) -> None:
    case = result.case
    print(f"{case.where}: {case.name}")
    for word, wanted in result.expected.items():
        if result.got.get(word) != wanted:
            said = "预期 {0}，得到 {1}" if language == "zh" else "expected {0}, got {1}"
            print(f"  {word}: {said.format(_plain(wanted), _plain(result.got.get(word)))}")
    for finding in result.findings:
        if not finding.passes:
            print(f"  - {finding.key} ({finding.clause}): {finding.text.in_language(language)}")


def _plain(value: object) -> str:
    return "[" + ", ".join(str(part) for part in value) + "]" if isinstance(value, tuple) else str(value)


def _new(chosen: argparse.Namespace) -> int:
    made = pack_new.begin(chosen.folder, chosen.id, chosen.level, chosen.extends)
    if made is None:
        print(f"{chosen.id} 已经有了。" if chosen.language == "zh" else f"{chosen.id} exists already.")
        return 2
    for path in made:
        print(path)
    return 0
