"""Saved filters below a list, those pinned on the to-do, and long rows of links."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.db.models import Q, QuerySet
from django.template import Context, Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from linli.records.people.selectors import offices_of
from linli.records.prepared import Prepared
from linli.records.workbench.models import SavedFilter
from linli.web.desk.owed import Line
from linli.web.desk.saved_filters import asked
from linli.web.shared import clock
from linli.web.shared.tags.words import said

register = Library()


@register.inclusion_tag("desk/pieces/saved_filters.html", takes_context=True)
def saved_filters(context: Context, name: str, place: Any = None) -> dict[str, Any]:
    """`{% saved_filters "needs" place %}`: a chip for each, and a small form to keep what is asked now. One query."""
    request, person = context["request"], context["reader"].person
    now = asked(request.GET)
    rows = list(_seen(person).filter(list=name))
    own = next((row for row in rows if row.query == now and row.person_id == getattr(person, "pk", None)), None)
    return {
        "own": own,
        "list": name,
        "place": place,
        "now": now,
        "here": request.get_full_path(),
        "me": person,
        "csrf_token": context.get("csrf_token"),
        "rows": [(row, f"?{row.query}", row.query == now) for row in rows],
    }


@register.simple_tag(takes_context=True)
def pinned_filters(context: Context) -> list[tuple[SavedFilter, str]]:
    """Those of other lists; the to-do's own stand on it already."""
    person = context["reader"].person
    held = [office.place_id for office in offices_of(person, clock.today())]
    rows = _PINNED(person.pk, sorted({*held}) or [""])
    return [(row, f"{reverse(f'desk:{row.list}')}?{row.query}") for row in rows]


def _seen(person: Any) -> Any:
    return _kept_by(person, [office.place_id for office in offices_of(person, clock.today())])


def _kept_by(person: Any, held: Sequence[str]) -> QuerySet[SavedFilter]:
    mine = Q(person=person) | Q(shared=True, place__in=held)
    return SavedFilter.objects.filter(mine, removed_at__isnull=True).order_by("-pinned", "name", "pk")


_PINNED = Prepared(lambda person, held: _kept_by(person, held).filter(pinned=True).exclude(list="todo"))


@register.simple_tag
def links(lines: Iterable[Line]) -> SafeString:
    """`{% links line.alike %}`: what each is about, with the way to it. Written here: there may be hundreds."""
    return mark_safe("".join(f'<li><a href="{escape(one.url)}">{escape(str(said(one.about)))}</a></li>' for one in lines))
