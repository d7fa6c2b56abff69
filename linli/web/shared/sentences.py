"""Every sentence the tree asks to have translated: in templates and in Python."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Engine, Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

TREE = Path(__file__).resolve().parents[2]
_IN_TAG = re.compile(r"""\b_\((?:"([^"]+)"|'([^']+)')\)""")
_ONE = {"gettext", "gettext_lazy", "gettext_noop", "_"}
_MANY = {"ngettext", "ngettext_lazy"}


@dataclass(frozen=True, order=True)
class Sentence:
    """`words` is the msgid, `where` the file and line."""

    words: str
    where: str
    plural: bool = False


def sentences() -> list[Sentence]:
    return sorted({sentence for found in (_in_templates(), _in_python()) for sentence in found})


def _in_templates() -> Iterator[Sentence]:
    engine = Engine.get_default()
    for path in sorted(TREE.rglob("templates/**/*.html")):
        where = str(path.relative_to(TREE.parent))
        text = path.read_text(encoding="utf-8")
        yield from (Sentence(found[0] or found[1], where) for found in _IN_TAG.findall(text))
        for node in engine.from_string(text).nodelist.get_nodes_by_type(Node):
            yield from _of_node(node, where)


def _of_node(node: Node, where: str) -> Iterator[Sentence]:
    if isinstance(node, TranslateNode):
        words = node.filter_expression.var
        literal = getattr(words, "literal", words)
        if isinstance(literal, str):
            yield Sentence(literal, _line(node, where))
    elif isinstance(node, BlockTranslateNode):
        words, _ = node.render_token_list(node.singular)
        yield Sentence(words, _line(node, where), plural=bool(node.plural))


def _line(node: Node, where: str) -> str:
    return f"{where}:{node.token.lineno}" if node.token else where


def _in_python() -> Iterator[Sentence]:
    for path in sorted(TREE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "gettext" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and (name := _called(node)) and node.args:
                words = node.args[0]
                if isinstance(words, ast.Constant) and isinstance(words.value, str):
                    yield Sentence(words.value, f"{path.relative_to(TREE.parent)}:{node.lineno}", plural=name in _MANY)


def _called(node: ast.Call) -> str:
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return name if name in _ONE | _MANY else ""
