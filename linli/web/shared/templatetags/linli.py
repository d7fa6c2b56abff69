"""Every tag and filter of the house. Built into all templates, so no `{% load %}` is needed."""

from linli.web.shared.tags import (  # noqa: F401
    cards,
    charts,
    drafting,
    fields,
    figures,
    following,
    icons,
    kept,
    lists,
    money,
    quick,
    rules,
    story,
    words,
)
from linli.web.shared.tags.library import register

__all__ = ["register"]
