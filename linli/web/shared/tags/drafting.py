"""The line below a form that keeps what is typed; forms drawn with what was typed before; the undo beside a message."""

from dataclasses import replace
from typing import Any

from django.template import Context

from linli.web.shared.drafting import draft_for, drafts_here, not_kept
from linli.web.shared.tags.library import register
from linli.web.shared.undoing import offered
from linli.web.shared.uploads import refused_of


@register.inclusion_tag("shared/pieces/draft_bar.html", takes_context=True)
def draft_bar(context: Context, action: str = "", title: Any = "", page: str = "") -> dict[str, Any]:
    """`{% draft_bar action title %}` inside a form: a button that saves, a note of when it saved by itself, kept files."""
    request = context["request"]
    form = action or request.path
    draft, refused = drafts_here(request).get(form), refused_of(request)
    return {
        "form": form,
        "page": page or (request.get_full_path() if request.method == "GET" else form),
        "title": title,
        "draft": draft,
        "files": [file for file in draft.files.all() if (file.field, file.name) not in refused] if draft else [],
        "not_kept": not_kept(request),
    }


@register.simple_tag(takes_context=True)
def with_draft(context: Context, sheet: Any) -> Any:
    """A small form with what was typed before, unless it has just come back."""
    if sheet.sent:
        return sheet
    typed = draft_for(context["request"], sheet.action)
    if not typed:
        return sheet
    values = {
        ask.key: typed.getlist(f"{sheet.name}-{ask.key}") if ask.kind == "choices" else typed.get(f"{sheet.name}-{ask.key}", "")
        for ask in sheet.asks
        if ask.kind != "file"
    }
    return replace(sheet, values={**sheet.values, **{key: value for key, value in values.items() if value}})


@register.simple_tag(takes_context=True)
def undo_offered(context: Context) -> Any:
    """`{% undo_offered as undo %}`: asked for only beside a message."""
    return offered(context["request"])
