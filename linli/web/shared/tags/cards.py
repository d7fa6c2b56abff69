"""Cards: similar needs, choices in a vote, why, people, and lists with nothing in them yet."""

from collections.abc import Sequence
from typing import Any

from linli.web.shared.shapes import Choice, ClauseBook, Similar, Somebody, Why
from linli.web.shared.tags.library import register


@register.inclusion_tag("shared/pieces/similar_needs.html")
def similar_needs(needs: Sequence[Similar], searched: bool = True) -> dict[str, Any]:
    """`{% similar_needs needs %}`: shown while a need is typed; saying "me too" is better than saying it twice."""
    return {"needs": needs, "searched": searched}


@register.inclusion_tag("shared/pieces/vote_card.html")
def vote_card(choice: Choice, name: str = "choice") -> dict[str, Any]:
    """`{% vote_card choice %}`: one checkbox with what it costs; says why when it cannot be chosen."""
    return {"choice": choice, "name": name}


@register.inclusion_tag("shared/pieces/why_card.html")
def why_card(why: Why, rules: ClauseBook | None = None) -> dict[str, Any]:
    """`{% why_card why rules %}`: why it was funded or not, with the figures."""
    return {"why": why, "rules": rules}


@register.inclusion_tag("shared/pieces/people.html")
def people(persons: Sequence[Somebody], label: Any = "") -> dict[str, Any]:
    """`{% people persons %}`: name, office, place, term; who stands aside is shown with the reason."""
    return {"persons": persons, "label": label}


@register.inclusion_tag("shared/pieces/empty.html")
def empty(title: Any, note: Any = "", url: str = "", action: Any = "", icon: str = "file") -> dict[str, Any]:
    """`{% empty "还没有公示" "项目确定后，公示会出现在这里。" url action %}`."""
    return {"title": title, "note": note, "url": url, "action": action, "name": icon}
