"""One row of a spreadsheet to a wish, or to the list of everything wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from linli.records.needs.form import NeedForm, Wish
from linli.records.needs.intake.cells import Fault, day_in, number_in, phone_in, shown, text_in
from linli.records.needs.intake.columns import Column, Headers
from linli.records.needs.intake.sheets import SheetRow
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

_SEVERAL = str.maketrans(dict.fromkeys(",，;；/|", "、"))


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one column of a row; `key` "" is the row as a whole."""

    key: str
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read. It can be taken when `wrong` is empty."""

    row: SheetRow
    original: dict[str, str]
    wish: Wish | None = None
    name: str = ""
    household: str = ""
    paper_ref: str = ""
    collected_on: date | None = None
    wrong: list[Wrong] = field(default_factory=list)


class RowReader:
    """Reads the rows of one import. `usual` are values for columns a sheet does not have or leaves empty."""

    def __init__(self, form: NeedForm, columns: tuple[Column, ...], today: date, usual: Mapping[str, str]) -> None:
        self._form, self._today, self._usual = form, today, usual
        self._titles = {column.key: column.title for column in columns}
        self._types = {one.key: one.type for one in form.form.fields.values()}

    def read(self, row: SheetRow, headers: Headers) -> ReadRow:
        if row.broken is not None:
            return ReadRow(row, {"": " ".join(map(shown, row.cells))}, wrong=[Wrong("", "", row.broken)])
        original = _original(row, headers)
        cells = {key: cell for key, cell in zip(headers.keys, row.cells, strict=False) if key}
        wrong: list[Wrong] = []
        named = {key: self._cell(text_in, cells, key, headers, wrong) for key in ("asker_name", "household", "paper_ref")}
        day = self._day(cells, headers, wrong)
        wish = self._wish(cells, headers, wrong)
        if any(len(value) > 60 for value in named.values()):
            wrong.append(
                Wrong("asker_name", "", Text("姓名、户号、编号最多 60 字。", "Names and numbers have at most 60 characters."))
            )
        read = ReadRow(row, original, wish, named["asker_name"], named["household"], named["paper_ref"], day, wrong)
        if wish is not None and not (wish.contact or read.name or read.household or read.paper_ref):
            wrong.append(Wrong("asker_name", self._title("asker_name", headers), _NOBODY))
        return read

    def _wish(self, cells: Mapping[str, object], headers: Headers, wrong: list[Wrong]) -> Wish | None:
        data: dict[str, object] = dict(self._usual)
        for key, kind in self._types.items():
            reader = phone_in if kind == "phone" else number_in if kind == "number" else text_in
            value = self._cell(reader, cells, key, headers, wrong)
            if value:
                data[key] = value.translate(_SEVERAL).split("、") if kind == "choices" else value
        before = {one.key for one in wrong}
        try:
            return self._form.read({key: value for key, value in data.items() if key not in before})
        except Invalid as error:
            fresh = {key: text for key, text in error.fields.items() if key not in before}
            wrong.extend(Wrong(key, self._title(key, headers), text) for key, text in fresh.items())
            return None

    def _cell(
        self, reader: Callable[[object], str], cells: Mapping[str, object], key: str, headers: Headers, wrong: list[Wrong]
    ) -> str:
        try:
            return reader(cells.get(key))
        except Fault as fault:
            wrong.append(Wrong(key, self._title(key, headers), fault.text))
            return ""

    def _day(self, cells: Mapping[str, object], headers: Headers, wrong: list[Wrong]) -> date | None:
        try:
            return day_in(cells.get("collected_on"), self._today)
        except Fault as fault:
            wrong.append(Wrong("collected_on", self._title("collected_on", headers), fault.text))
            return None

    def _title(self, key: str, headers: Headers) -> str:
        """The header as the sheet has it, or as the template would."""
        if key in headers.keys:
            return headers.titles[headers.keys.index(key)]
        return self._titles[key].zh if key in self._titles else ""


_NOBODY = Text(
    "请填姓名、电话、户号或纸质表编号中的一项，好答复提出人。",
    "Give a name, a phone, a household number or the number of the paper form, so that the asker can be answered.",
)


def _original(row: SheetRow, headers: Headers) -> dict[str, str]:
    """Every cell under its header; cells beyond the headers under their number."""
    named: dict[str, str] = {}
    for position, cell in enumerate(row.cells):
        text = shown(cell)
        title = headers.titles[position] if position < len(headers.titles) else ""
        ours = position < len(headers.keys) and headers.keys[position].startswith("_")
        if text and not ours:
            named[title or f"#{position + 1}"] = text
    return named
