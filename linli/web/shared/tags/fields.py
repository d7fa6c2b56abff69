"""Fields on a page: pack forms, Django forms and hand-made ones, all drawn by one template."""

from collections.abc import Sequence
from typing import Any

from django.forms import BoundField
from django.forms import Form as DjangoForm
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN
from linli.web.shared.fieldviews import FieldView, Options, clauses_once
from linli.web.shared.filling import ADD_ROW, DROP_ROW, BoundForm
from linli.web.shared.rulebooks import clause_words
from linli.web.shared.tags.library import register
from linli.web.shared.tags.rules import clause_label
from linli.web.shared.tags.words import said

_DJANGO_KINDS = {"password": "password", "checkbox": "flag", "textarea": "long_text", "hidden": "hidden", "file": "file"}


@register.inclusion_tag("shared/pieces/form_fields.html")
def form_fields(form: BoundForm | Sequence[FieldView], rules: Any = None) -> dict[str, Any]:
    """`{% form_fields bound %}`: all fields of a pack form, with its parts, errors and repeatable rows."""
    fields = form.fields if isinstance(form, BoundForm) else form
    book = form.rules if isinstance(form, BoundForm) and rules is None else rules
    return {
        "fields": clauses_once(
            fields, lambda clause: _chip_says(book, clause), form.form.clause if isinstance(form, BoundForm) else ""
        ),
        "rules": book,
        "add_row": ADD_ROW,
        "drop_row": DROP_ROW,
    }


def _chip_says(book: Any, clause: str) -> tuple[str, str]:
    return (clause_label(clause), clause_words(book, clause)[1]) if clause not in ("", OPEN) else ("", clause)


@register.inclusion_tag("shared/pieces/field.html")
def input(
    name: str,
    label: Any,
    kind: str = "text",
    value: Any = "",
    error: Any = "",
    hint: Any = "",
    required: bool = False,
    options: Options = (),
    clause: str = "",
    rules: Any = None,
    **extra: str,
) -> dict[str, Any]:
    """`{% input "phone" _("手机号") kind="phone" value=typed.phone error=errors.phone required=True maxlength="11" %}`.

    kind: a field type of packs, or code, password, search, hidden. `extra` become attributes (`_` written as `-`).
    """
    named = {key.replace("_", "-"): text for key, text in extra.items()}
    view = FieldView(name, label, kind, value, error or "", hint, required, options, clause=clause, extra=named)
    return {"field": view, "rules": rules, "add_row": ADD_ROW, "drop_row": DROP_ROW}


@register.inclusion_tag("shared/pieces/form_fields.html")
def django_form(form: DjangoForm) -> dict[str, Any]:
    """`{% django_form form %}`: the fields of a Django form (sign-in, second factor) drawn like ours."""
    return {"fields": [_of_django(bound) for bound in form], "rules": None, "errors": list(form.non_field_errors())}


def _of_django(bound: BoundField) -> FieldView:
    kept = ("autocomplete", "maxlength", "placeholder")
    return FieldView(
        name=bound.html_name,
        label=str(bound.label),
        kind=_DJANGO_KINDS.get(bound.widget_type, "text"),
        value=bound.value() or "",
        error=" ".join(str(error) for error in bound.errors),
        required=bound.field.required,
        extra={key: str(bound.field.widget.attrs[key]) for key in kept if key in bound.field.widget.attrs},
    )


@register.simple_tag
def attributes(field: FieldView) -> SafeString:
    """The extra attributes of a field."""
    return format_html_join("", ' {}="{}"', field.extra.items())


@register.inclusion_tag("shared/pieces/error_summary.html")
def error_summary(form: BoundForm | Sequence[FieldView]) -> dict[str, Any]:
    """`{% error_summary bound %}`: what needs mending, each a link to its field. Stands above the form."""
    views = form.fields if isinstance(form, BoundForm) else form
    found: list[tuple[str, str, str]] = [(view.id, said(view.label), said(view.error)) for view in views if view.error]
    found += [
        (cell.id, f"{said(view.label)} {number} · {said(cell.label)}", said(cell.error))
        for view in views
        for number, row in enumerate(view.rows, start=1)
        for cell in row
        if cell.error
    ]
    return {"errors": found}


@register.filter
def is_one_of(value: str, chosen: Any) -> bool:
    """`{% if code|is_one_of:field.value %}`: for lists of codes and for a single one."""
    return value in chosen if isinstance(chosen, list | tuple | set | frozenset) else value == str(chosen)


YES_NO: Options = (("yes", Text("是", "Yes")), ("no", Text("否", "No")))


@register.simple_tag
def yes_no() -> Options:
    return YES_NO
