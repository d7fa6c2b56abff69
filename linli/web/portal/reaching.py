"""Who writes without signing in may say how to reach them: two fields nobody has to fill, and that are never published."""

from collections.abc import Mapping

from django.http import HttpRequest

from linli.rules.plain.texts import Text
from linli.web.portal.finding import person_of
from linli.web.shared.fieldviews import FieldView

PUBLISHED = Text(
    "这段话会公开并逐条答复。请不要写别人的隐私。",
    "These words are public and will be answered. Leave others' private matters out.",
)
_CONTACT = Text("电话", "Phone")
_CONTACT_HINT = Text("可以不填，不公开，只用来把答复告诉您。", "Optional and never published; only used to send you the answer.")
_NAME = Text("怎么称呼您", "Your name")
_NAME_HINT = Text("可以不填，不公开。", "Optional and never published.")


def reach_fields(
    request: HttpRequest, typed: Mapping[str, str], wrong: Mapping[str, Text], *, named: bool = True
) -> list[FieldView]:
    """None for somebody who is signed in: they are told through their account. `named`: whether to ask for a name."""
    if person_of(request) is not None:
        return []
    fields = [FieldView("contact", _CONTACT, "phone", typed.get("contact", ""), wrong.get("contact", ""), _CONTACT_HINT)]
    if named:
        fields.append(FieldView("name", _NAME, "text", typed.get("name", ""), wrong.get("name", ""), _NAME_HINT))
    return fields
