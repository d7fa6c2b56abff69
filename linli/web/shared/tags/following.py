"""Following a project, need or meeting."""

from typing import Any

from django.template import Context
from django.urls import reverse

from linli.records.notifications.selectors import following
from linli.records.notifications.words import WHY
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.web.shared.tags.library import register
from linli.web.shared.tags.words import said

_PAGES = {
    "case": ("portal:project", "desk:dossier"),
    "need": ("portal:need", "desk:need"),
    "meeting": ("portal:meeting", "desk:meeting"),
}


def topic_address(kind: str, code: str, *, staff: bool) -> str:
    """The page of a topic at the reader's own door."""
    return reverse(_PAGES[kind][staff], args=[code])


@register.inclusion_tag("shared/pieces/follow.html", takes_context=True)
def follow_button(context: Context, kind: str, id: Any, code: Any) -> dict[str, Any]:
    """`{% follow_button "case" case.pk case.code %}`: follow, or stop; for who is not signed in the way to it. Asks once."""
    reader, request = context["reader"], context["request"]
    return {
        "kind": kind,
        "code": code,
        "signed_in": reader.signed_in,
        "follows": following(reader.person, Subject(kind, str(id))),
        "here": request.path,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def said_under(line: Text, about: Text) -> str:
    """A line below the heading it begins with: 现在是“已评议”, without the heading once more."""
    words = said(line)
    rest = words.removeprefix(said(about)).lstrip("：: ")
    return rest[:1].upper() + rest[1:] if rest else words


@register.filter
def why_told(why: str) -> Text:
    """Why this reader hears of it."""
    return WHY[why]
