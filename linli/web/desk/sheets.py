"""Small forms of a page. Several stand on one page, so every field carries the name of its form: `answer-reason`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.shared.fieldviews import FieldView, Options
from linli.web.shared.tags.words import said

_SEVERAL = ("choices",)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a form. `extra` become attributes of its box."""

    key: str
    label: Text
    kind: str = "text"
    required: bool = False
    hint: Text | str = ""
    options: Options = ()
    clause: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def why(label: Text, hint: Text | str = "", *, most: int = 300) -> Ask:
    """A reason that has to be given."""
    return Ask("reason", label, required=True, hint=hint, extra={"maxlength": str(most)})


@dataclass(frozen=True)
class Tried:
    """A form that was sent and comes back: turned down, or (None) only looked at once more."""

    form: str
    post: QueryDict
    turned_down: TurnedDown | None


@dataclass(frozen=True)
class Sheet:
    """A form as it is drawn: `values` is what stood in it or was typed, `turned_down` why it was not done."""

    name: str
    asks: Sequence[Ask]
    action: str
    button: Text
    values: Mapping[str, Any] = field(default_factory=dict)
    turned_down: TurnedDown | None = None
    grave: bool = False
    note: Text | str = ""
    sent: bool = False  # it comes back, so it stands open

    @property
    def files(self) -> bool:
        return any(ask.kind == "file" for ask in self.asks)

    @property
    def long(self) -> bool:
        """Worth a draft: something has to be written in it."""
        return any(ask.kind == "long_text" for ask in self.asks)

    @property
    def said_at_field(self) -> bool:
        """Whether the whole refusal is one sentence, and that sentence stands at a field of the form."""
        no = self.turned_down
        return isinstance(no, Invalid) and any(no.fields.get(ask.key) == no.text for ask in self.asks)

    @property
    def fields(self) -> list[FieldView]:
        errors = self.turned_down.fields if isinstance(self.turned_down, Invalid) else {}
        return [
            FieldView(
                f"{self.name}-{ask.key}",
                ask.label,
                ask.kind,
                self.values.get(ask.key, ""),
                errors.get(ask.key, ""),
                ask.hint,
                ask.required,
                ask.options,
                clause=ask.clause,
                extra=ask.extra,
            )
            for ask in self.asks
        ]


def sheet(
    name: str,
    asks: Sequence[Ask],
    *,
    action: str,
    button: Text,
    tried: Tried | None = None,
    start: Mapping[str, Any] | None = None,
    grave: bool = False,
    note: Text | str = "",
) -> Sheet:
    """The form as it begins, or as it came back."""
    if tried is None or tried.form != name:
        return Sheet(name, asks, action, button, dict(start or {}), None, grave, note)
    return Sheet(name, asks, action, button, read(name, asks, tried.post), tried.turned_down, grave, note, sent=True)


def read(name: str, asks: Sequence[Ask], post: QueryDict) -> dict[str, Any]:
    """What was typed, by question."""
    return {
        ask.key: post.getlist(f"{name}-{ask.key}") if ask.kind in _SEVERAL else typed(post, name, ask.key)
        for ask in asks
        if ask.kind != "file"
    }


def typed(post: QueryDict, name: str, key: str) -> str:
    return post.get(f"{name}-{key}", "").strip()


def key_of(text: str) -> UUID | None:
    """The key a form sent back; None when it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def told(request: HttpRequest, text: Text) -> None:
    """A sentence on the next page that what was asked is done."""
    messages.success(request, said(text))


Again = Callable[[Tried], HttpResponse]


def once_more(request: HttpRequest, form: str, again: Again, turned_down: TurnedDown) -> HttpResponse:
    """The page with everything typed, the reasons, and the right status."""
    answer = again(Tried(form, request.POST, turned_down))
    answer.status_code = turned_down.status
    return answer


def take(request: HttpRequest, form: str, *, act: Callable[[], Text], again: Again, to: str) -> HttpResponse:
    """Do it and go on; turned down, the page comes back with everything typed, the reasons, and the right status."""
    try:
        done = act()
    except TurnedDown as turned_down:
        return once_more(request, form, again, turned_down)
    told(request, done)
    return redirect(to)
