"""Whatever the services can do, somebody can do: every act is reached from a page or a command, or stands below with its reason.

The imports are followed as Python follows them, so that two acts of one name in two apps are two acts.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
Name = tuple[str, str]  # module, what stands at its top level

# Acts nobody can reach yet, each with its reason. Whoever builds the door takes the line out.
NO_DOOR_YET = {
    "needs.import_needs": "a whole table in one go; the desk takes it chunk by chunk, so that a stopped import goes on",
}


def test_every_act_of_the_services_has_a_door() -> None:
    acts = {_called(act): act for act in _acts()}
    reached = _reached()
    doorless = sorted(name for name, act in acts.items() if act not in reached and name not in NO_DOOR_YET)
    assert doorless == [], "no page and no command does this: build the door, or say in NO_DOOR_YET why there is none"
    assert len(acts) > 100, "the services are not where this test looks for them"


def test_what_stands_without_a_door_has_none_and_a_reason() -> None:
    acts, reached = {_called(act): act for act in _acts()}, _reached()
    assert sorted(set(NO_DOOR_YET) - acts.keys()) == [], "there is no such act any more"
    assert sorted(name for name in NO_DOOR_YET if acts[name] in reached) == [], "it has a door now: take the line out"
    assert all(len(reason) > 20 for reason in NO_DOOR_YET.values())


def test_an_act_whose_pages_are_taken_away_is_missed() -> None:
    act = ("linli.records.people.services.offices", "end_office")
    assert act in _reached()
    assert act not in _reached(without=("linli.web.desk.people_appointing", "linli.commands.staff"))


def test_two_acts_of_one_name_are_not_taken_for_each_other() -> None:
    """A meeting's declaration of an interest is not the one kept with a person."""
    assert _whence("linli.web.desk.meeting_votes", "services.declare_interest") != _whence(
        "linli.web.desk.interests", "declare_interest"
    )
    assert _whence("linli.web.desk.interests", "declare_interest") == (
        "linli.records.people.services.interests",
        "declare_interest",
    )


# --- reading the code ------------------------------------------------------------------------------------------------
def _acts() -> Iterator[Name]:
    """What takes who and when: functions at the top of a module of services, with keywords `by` and `at`."""
    for module, tree in _modules().items():
        if module.startswith("linli.records.") and "services" in module.split("."):
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _who_and_when(node):
                    yield module, node.name


def _who_and_when(act: ast.FunctionDef) -> bool:
    return {"by", "at"} <= {argument.arg for argument in act.args.kwonlyargs}


def _called(act: Name) -> str:
    """`people.enter_roll`"""
    return f"{act[0].split('.')[2]}.{act[1]}"


def _reached(without: tuple[str, ...] = ()) -> set[Name]:
    """Everything the pages and the commands lead to, some modules left away. The demonstration is no door."""
    found: set[Name] = set()
    ahead = [
        (module, name) for module in _modules() if module.startswith(("linli.web", "linli.commands")) for name in _parts(module)
    ]
    while ahead:
        here = ahead.pop()
        if here not in found and here[0] not in without:
            found.add(here)
            ahead += _leads_to(*here)
    return found


@cache
def _leads_to(module: str, name: str) -> list[Name]:
    node, found = _parts(module).get(name), []
    for each in ast.walk(node) if node is not None else ():
        said = _dotted(each)
        target = _whence(module, said) if said else None
        # An import of a whole module runs what stands at its top.
        if target is not None and not target[0].startswith("linli.demonstration"):
            found += [target, (target[0], "")]
    return found


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


@cache
def _whence(module: str, said: str) -> Name | None:
    """Where a name, or a name within a module (`services.appoint`), of this module stands at the top level."""
    first, _, rest = said.partition(".")
    if first in _parts(module):
        return module, first
    target = _imports(module).get(first)
    if target is None:
        return None
    source, name = target
    inner = f"{source}.{name}" if name else source
    if inner in _modules():
        return _whence(inner, rest) if rest else (inner, "")
    return _whence(source, name) if source in _modules() else None


@cache
def _imports(module: str) -> dict[str, Name]:
    """The names a module takes from others, wherever in it."""
    found: dict[str, Name] = {}
    for node in ast.walk(_modules()[module]):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("linli"):
            found |= {alias.asname or alias.name: (node.module or "", alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: (alias.name, "") for alias in node.names if alias.asname}
    return found


@cache
def _parts(module: str) -> dict[str, ast.AST]:
    """What stands at the top of a module, by name; "" is everything that runs when it is imported."""
    tree, found = _modules()[module], {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    plain = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)]
    return {**found, "": ast.Module(body=plain, type_ignores=[])}


@cache
def _modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted((ROOT / "linli").rglob("*.py")):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found
