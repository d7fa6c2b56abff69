"""The four ways an act is turned down. Each door has one handler for them; nothing else is caught."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from linli.rules.plain.texts import Text


class Reason(Protocol):
    """One thing that stands in the way; a gate's Finding is one."""

    @property
    def key(self) -> str: ...
    @property
    def text(self) -> Text: ...
    @property
    def mend(self) -> Text | None: ...
    @property
    def clause(self) -> str: ...


class TurnedDown(Exception):
    """Base of the four. `text` says it in one sentence a resident understands."""

    status = 400

    def __init__(self, text: Text, *, reasons: Sequence[Reason] = ()) -> None:
        super().__init__(text.zh)
        self.text = text
        self.reasons = tuple(reasons)


class Refused(TurnedDown):
    """The rules say no, or not yet. Carries everything missing at once."""

    status = 409


class NotAllowed(TurnedDown):
    """This person may see it but may not do it."""

    status = 403


class NotFound(TurnedDown):
    """There is no such thing for this person; strangers cannot tell whether it exists."""

    status = 404

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(text or Text("没有找到这一页。", "There is nothing here."))


class Invalid(TurnedDown):
    """What was entered cannot be taken as it is. `fields` maps field name -> what to do about it."""

    status = 422

    def __init__(self, text: Text, *, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(text)
        self.fields = dict(fields or {})


def require_fields(wrong: Mapping[str, Text]) -> None:
    """Raises Invalid with everything that is lacking or wrong at once: field name -> what to do about it. Empty: goes on."""
    if not wrong:
        return
    zh = f"有 {len(wrong)} 处要补充或更正，已填的都还在。"
    several = Text(zh, f"{len(wrong)} entries need attention. What you typed is kept.")
    raise Invalid(several if len(wrong) > 1 else next(iter(wrong.values())), fields=wrong)
