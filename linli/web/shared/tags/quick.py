"""`{% translate %}`, `{% blocktranslate %}` and `{% url %}` as Django has them, without working out again what cannot change
while the process runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression, Parser, Token, Variable, render_value_in_context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as plain_url
from django.templatetags.i18n import BlockTranslateNode, TranslateNode, do_block_translate, do_translate
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.translation import gettext, ngettext

from linli.web.shared.speaking import language
from linli.web.shared.tags.library import register

_NOTHING = object()


class Sentence(TranslateNode):
    """A fixed sentence: one reading of the catalogue per language."""

    child_nodelists = ()
    said: dict[str, str]

    def render(self, context: Any) -> str:
        spoken = language()
        found = self.said.get(spoken)
        if found is None:
            found = self.said[spoken] = str(super().render(context))
        return found


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Any:
    node: Any = do_translate(parser, token)
    if _is_fixed(node):
        node.__class__ = Sentence
        node.said = {}
    return node


class Phrase(BlockTranslateNode):
    """A sentence with values: what is looked up in the catalogue is put together once, not on every page."""

    child_nodelists = ()
    one: str
    many: str
    named: list[str]

    def render(self, context: Any, nested: bool = False) -> str:
        if nested:
            return str(super().render(context, nested))
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.many and self.countervar and self.counter:
            values[self.countervar] = count = self.counter.resolve(context)
            if type(count) is not int:
                return str(super().render(context))
            said = ngettext(self.one, self.many, count)
        else:
            said = gettext(self.one)
        told = {name: values[name] if name in values else context.get(name, _NOTHING) for name in self.named}
        if _NOTHING in told.values():
            return str(super().render(context))
        return said % {name: render_value_in_context(value, context) for name, value in told.items()}


@register.tag("blocktranslate")
def blocktranslate(parser: Parser, token: Token) -> Any:
    node: Any = do_block_translate(parser, token)
    if not node.asvar and not node.message_context:
        node.__class__ = Phrase
        node.one, named = node.render_token_list(node.singular)
        node.many, also = node.render_token_list(node.plural) if node.plural else ("", [])
        node.named = list(dict.fromkeys([*named, *also]))
    return node


def _is_fixed(node: Any) -> bool:
    said: FilterExpression = node.filter_expression
    fixed = isinstance(said.var, Variable) and said.var.lookups is None and not said.filters
    return fixed and not node.asvar and not node.message_context and not node.noop


_space: ContextVar[tuple[Any, str] | None] = ContextVar("where addresses begin, while one page is made", default=None)


def _space_now() -> tuple[Any, str]:
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@contextmanager
def one_space() -> Iterator[None]:
    """While one page is made its addresses begin at one place."""
    before = _space.set(_space_now())
    try:
        yield
    finally:
        _space.reset(before)


@lru_cache(maxsize=20_000)
def _address(name: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...], space: Any) -> str:
    return reverse(name, args=args or None, kwargs=dict(named) or None)


def address(name: str, *args: Any, **named: Any) -> str:
    """`reverse` for texts and numbers, which always gives the same for the same."""
    return _address(name, args, tuple(named.items()), _space.get() or _space_now())


class Way(URLNode):
    """An address by name. No name space of this house stands at two addresses, so where the reader is does not matter."""

    def render(self, context: Any) -> str:
        args = [arg.resolve(context) for arg in self.args]
        if self.asvar or self.kwargs or not all(type(arg) in (str, int) for arg in args):
            return str(super().render(context))
        found = address(self.view_name.resolve(context), *args)
        return conditional_escape(found) if context.autoescape else found


@register.tag("url")
def url(parser: Parser, token: Token) -> Any:
    node = plain_url(parser, token)
    node.__class__ = Way
    return node


__all__ = ["Phrase", "Sentence", "Way", "address", "one_space"]
