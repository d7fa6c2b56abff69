"""Pack forms on a page: what was posted becomes plain data; what was typed is always shown again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from linli.rules.gates.model import Plain
from linli.rules.plain import money
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field, Form
from linli.web.shared.fieldviews import Cell, FieldView, Options

MOST_ROWS = 200
ADD_ROW, DROP_ROW = "_add_row", "_drop_row"

_MONEY = Text("请写成金额，如 48.65万 或 486500.00", "Write an amount such as 486,500.00")
_NUMBER = Text("请写成整数", "Write a whole number")
_SHARE = Text("请写成比例，如 2/3 或 66.7%", "Write a share such as 2/3 or 66.7%")
_DATE = Text("请写成日期，如 2026-03-31", "Write a date such as 2026-03-31")
_NOT_LISTED = Text("请从所列的选项中选", "Choose one of the options listed")


@dataclass(frozen=True)
class Posted:
    """`data`: values as the services read them, money as yuan in text. `typed`: the text as it came.

    `errors`: field -> what to do about it.

    `only_rows`: the person asked for one more or one less row, so nothing is to be sent yet.
    """

    data: dict[str, Plain]
    typed: dict[str, Any]
    errors: dict[str, Text] = field(default_factory=dict)
    only_rows: bool = False

    def check(self) -> None:
        """Raises Invalid when something typed cannot be read."""
        if self.errors:
            raise Invalid(
                Text("有几处需要改一下，已填的都还在。", "A few things need mending; all you typed is kept."), fields=self.errors
            )


def posted(form: Form, post: QueryDict) -> Posted:
    """Reads a posted form. Which fields are required is for the services to say."""
    found = Posted({}, {}, only_rows=bool(post.get(ADD_ROW) or post.get(DROP_ROW)))
    for wanted in form.fields.values():
        _take(wanted, post, found)
    return found


def _take(wanted: Field, post: QueryDict, found: Posted) -> None:
    if wanted.type == "file":
        return
    if wanted.type == "lines":
        _take_lines(wanted, post, found)
        return
    typed: Any = post.getlist(wanted.key) if wanted.type == "choices" else post.get(wanted.key, "").strip()
    found.typed[wanted.key] = typed
    try:
        value = as_entered(wanted.type, typed)
    except ValueError:
        found.errors[wanted.key] = _COMPLAINTS.get(wanted.type, _NOT_LISTED)
        return
    if value not in ("", None, []):
        found.data[wanted.key] = value


def _take_lines(wanted: Field, post: QueryDict, found: Posted) -> None:
    # Rows left blank go first, so that a row has one number in what is sent, in what is shown and in what is wrong.
    typed_rows = [row for row in _typed_rows(wanted, post) if any(row.values())]
    rows: list[Plain] = []
    for number, typed in enumerate(typed_rows):
        row = {key: _cell(wanted, number, key, kind, typed[key], found) for key, _, kind in wanted.columns}
        kept = {key: value for key, value in row.items() if value not in ("", None)}
        if kept:
            rows.append(kept)
    if rows:
        found.data[wanted.key] = rows
    if post.get(ADD_ROW) == wanted.key:
        typed_rows.append({key: "" for key, _, _ in wanted.columns})
    found.typed[wanted.key] = typed_rows


def _typed_rows(wanted: Field, post: QueryDict) -> list[dict[str, str]]:
    many = post.get(f"{wanted.key}-rows", "0")
    count = min(int(many), MOST_ROWS) if many.isdecimal() else 0
    rows = [{key: post.get(f"{wanted.key}-{n}-{key}", "").strip() for key, _, _ in wanted.columns} for n in range(count)]
    dropped, _, number = post.get(DROP_ROW, "").rpartition("-")
    if dropped == wanted.key and number.isdecimal() and int(number) < len(rows):
        del rows[int(number)]
    return rows


def _cell(wanted: Field, number: int, key: str, kind: str, typed: str, found: Posted) -> Plain:
    try:
        return as_entered(kind, typed)
    except ValueError:
        found.errors[f"{wanted.key}-{number}-{key}"] = _COMPLAINTS[kind]
        return None


def as_entered(kind: str, typed: Any) -> Plain:
    """One typed value as the services read it: as `as_plain`, but money stays yuan, since they alone turn it into fen."""
    plain = as_plain(kind, typed)
    return str(as_typed("money", plain)) if kind == "money" and plain not in ("", None) else plain


def as_plain(kind: str, typed: Any) -> Plain:
    """One typed value as plain data: money in fen, days as ISO text, shares as "5/6". ValueError if it cannot be read."""
    if kind == "flag":
        return {"yes": True, "on": True, "no": False}.get(str(typed))
    if not typed or kind not in _READ:
        plain: Plain = typed
        return plain
    return _READ[kind](typed)


def _share(typed: str) -> str:
    text = typed.strip().replace("\uff0f", "/")
    try:
        share = Fraction(text.rstrip("%\uff05")) / (100 if text[-1] in "%\uff05" else 1)
    except ZeroDivisionError as error:
        raise ValueError(typed) from error
    return f"{share.numerator}/{share.denominator}"


_READ: Mapping[str, Callable[[str], Plain]] = {
    "money": money.fen_from_yuan,
    "number": lambda typed: int(typed.replace(",", "").replace("\uff0c", "")),
    "share": _share,
    "date": lambda typed: date.fromisoformat(typed).isoformat(),
}
_COMPLAINTS = {"money": _MONEY, "number": _NUMBER, "share": _SHARE, "date": _DATE}


def as_typed(kind: str, value: Any) -> Any:
    """Stored plain data as it would have been typed."""
    if value is None:
        return ""
    if kind == "money":
        return money.yuan(value).replace(",", "")
    if kind == "flag":
        return "yes" if value else "no"
    return value if kind in ("choices", "lines") else str(value)


class BoundForm:
    """A pack form with its values and errors, ready to be drawn by `{% form_fields bound %}`.

    rules: for catalogues (may be None if no field is a choice). stored: data of the last filling. typed: what was posted.
    options: field -> [(value, words)] for places, persons and organisations.
    """

    def __init__(
        self,
        form: Form,
        *,
        rules: Any = None,
        on: date | None = None,
        stored: Mapping[str, Any] | None = None,
        posted: Posted | None = None,
        turned_down: TurnedDown | None = None,
        options: Mapping[str, Options] | None = None,
        locked: bool = False,
    ) -> None:
        self.form, self.rules, self.on, self.locked = form, rules, on, locked
        self._stored, self._posted, self._options = stored or {}, posted, options or {}
        # The services call a box `lines.0.amount`, the page `lines-0-amount`.
        told = turned_down.fields if isinstance(turned_down, Invalid) else {}
        named = {key.replace(".", "-"): text for key, text in told.items()}
        self.errors: dict[str, Text] = {**(posted.errors if posted else {}), **named}

    @property
    def fields(self) -> list[FieldView]:
        views, part = [], ""
        for wanted in self.form.fields.values():
            views.append(self._view(wanted, new_part=wanted.part if wanted.part != part else ""))
            part = wanted.part
        return views

    def _view(self, wanted: Field, new_part: str) -> FieldView:
        return FieldView(
            name=wanted.key,
            label=wanted.title,
            kind=wanted.type,
            value="" if wanted.type == "lines" else self._value(wanted),
            error=self.errors.get(wanted.key, ""),
            hint=wanted.hint or "",
            required=wanted.required,
            options=self._choices(wanted.key, wanted.catalogue),
            rows=self._rows(wanted) if wanted.type == "lines" else (),
            clause=wanted.clause,
            part=self.form.parts.get(new_part, ""),
        )

    def _value(self, wanted: Field) -> Any:
        if self._posted and wanted.key in self._posted.typed:
            return self._posted.typed[wanted.key]
        return as_typed(wanted.type, self._stored.get(wanted.key))

    def _rows(self, wanted: Field) -> list[list[Cell]]:
        if self._posted:
            rows = self._posted.typed.get(wanted.key, [])
        else:
            kinds = {key: kind for key, _, kind in wanted.columns}
            rows = [{key: as_typed(kinds[key], row.get(key)) for key in kinds} for row in self._stored.get(wanted.key) or ()]
        blank = {key: "" for key, _, _ in wanted.columns}
        wanted_rows = [*rows, *[blank] * (max(wanted.min_rows, 1) - len(rows))]
        return [
            [self._box(wanted, n, key, title, kind, row) for key, title, kind in wanted.columns]
            for n, row in enumerate(wanted_rows)
        ]

    def _box(self, wanted: Field, number: int, key: str, title: Text, kind: str, row: Mapping[str, Any]) -> Cell:
        name = f"{wanted.key}-{number}-{key}"
        return Cell(name, title, kind, row.get(key, ""), self.errors.get(name, ""), self._options.get(f"{wanted.key}.{key}", ()))

    def _choices(self, key: str, catalogue: str) -> Options:
        if key in self._options or not catalogue or self.rules is None:
            return self._options.get(key, ())
        entries = self.rules.catalogue(catalogue, self.on).entries
        return [(code, entry.title) for code, entry in entries.items()]
