"""A whole form: every field is read, every mistake is named at its field, and nothing typed is thrown away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from linli.records.evidence.forms.characters import characters, lengths
from linli.records.evidence.forms.values import LONGEST, Unreadable, is_blank, read_value
from linli.rules.gates.model import Facts, Plain
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Catalogue, Field, FieldType, Form

_MOST_ROWS = 2_000
WHOLE = "_characters"  # not a field: what is said about the form as a whole


def _never(_field: Field, _facts: Facts) -> bool:
    return False


@dataclass(frozen=True)
class FormRules:
    """What the rules in force say about a form's fields.

    `catalogues` by id, for choices. `characters`: parameter id -> least number of characters; a parameter that is not
    here is locally unset and asks for nothing. `required_now` answers the `required: {when: …}` of a field from what
    has been entered so far.
    """

    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    characters: Mapping[str, int] = field(default_factory=dict)
    required_now: Callable[[Field, Facts], bool] = _never


@dataclass
class Sheet:
    """A form as read: the open values, the sealed ones, what is wrong, what is still empty."""

    data: dict[str, Plain] = field(default_factory=dict)
    sealed: dict[str, Plain] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    missing: dict[str, Text] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return not self.missing


def read_form(form: Form, data: Mapping[str, object], rules: FormRules, *, draft: bool = False) -> Sheet:
    """Read every field. Raises Invalid with all mistakes at once; a draft may still be incomplete, never wrong."""
    sheet = Sheet()
    for one in form.fields.values():
        _read_field(one, data.get(one.key), rules, sheet)
    entered = {**sheet.data, **sheet.sealed}
    for one in form.fields.values():
        _ask_for(one, entered, rules, sheet)
    _ask_for_length(form, sheet, rules)
    wrong = sheet.errors if draft else {**sheet.missing, **sheet.errors}
    if wrong:
        ordered = {key: wrong[key] for key in sorted(wrong, key=lambda key: _place_in(form, key))}
        raise Invalid(_how_many(form, len(ordered)), fields=ordered)
    return sheet


def _place_in(form: Form, key: str) -> int:
    return len(form.fields) if key == WHOLE else list(form.fields).index(key.partition(".")[0])


def _how_many(form: Form, wrong: int) -> Text:
    return Text(
        f"《{form.title.zh}》还有 {wrong} 处需要补充或更正，已填的内容都保留着。",
        f"{form.title.en}: {wrong} {'entry needs' if wrong == 1 else 'entries need'} attention. What you typed is kept.",
    )


def _read_field(one: Field, value: object, rules: FormRules, sheet: Sheet) -> None:
    if is_blank(value):
        return
    kept = sheet.sealed if one.public == "sealed" else sheet.data
    if one.type == "lines":
        if rows := _read_lines(one, value, sheet):
            kept[one.key] = rows
        return
    try:
        kept[one.key] = _checked(one.type, value, rules.catalogues.get(one.catalogue))
    except Unreadable as error:
        sheet.errors[one.key] = error.text


def _checked(kind: FieldType, value: object, catalogue: Catalogue | None) -> Plain:
    plain = read_value(kind, value, catalogue)
    longest = LONGEST.get(kind)
    if longest and isinstance(plain, str) and len(plain) > longest:
        raise Unreadable(f"最多 {longest} 字，现在 {len(plain)} 字。", f"At most {longest} characters; it has {len(plain)}.")
    return plain


def _read_lines(one: Field, value: object, sheet: Sheet) -> list[Plain]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        sheet.errors[one.key] = Text("请逐行填写。", "Please fill it in row by row.")
        return []
    if len(value) > _MOST_ROWS:
        sheet.errors[one.key] = Text(f"最多 {_MOST_ROWS} 行。", f"At most {_MOST_ROWS} rows.")
        return []
    rows: list[Plain] = []
    for number, row in enumerate(value):
        if read := _read_row(one, number, row, sheet):
            rows.append(read)
    return rows


def _read_row(one: Field, number: int, row: Mapping[str, object], sheet: Sheet) -> dict[str, Plain]:
    read: dict[str, Plain] = {}
    for key, title, kind in one.columns:
        if is_blank(row.get(key)):
            continue
        try:
            read[key] = _checked(kind, row[key], None)
        except Unreadable as error:
            where = Text(f"第 {number + 1} 行{quoted(title.zh)}：", f"Row {number + 1}, {title.en}: ")
            sheet.errors[f"{one.key}.{number}.{key}"] = Text(where.zh + error.text.zh, where.en + error.text.en)
    return read


def _ask_for(one: Field, entered: Facts, rules: FormRules, sheet: Sheet) -> None:
    if any(key.partition(".")[0] == one.key for key in sheet.errors):
        return
    value = entered.get(one.key)
    if is_blank(value):
        # Rows asked for under a condition are asked for only when it holds.
        if one.required or (rules.required_now(one, entered) if one.required_when else one.min_rows):
            sheet.missing[one.key] = _please_fill(one)
        return
    if isinstance(value, list) and len(value) < one.min_rows:
        sheet.missing[one.key] = Text(
            f"至少 {one.min_rows} 行，现在 {len(value)} 行。", f"At least {one.min_rows} rows; there are {len(value)}."
        )
    least = rules.characters.get(one.min_characters, 0)
    if isinstance(value, str) and characters(value) < least:
        sheet.missing[one.key] = Text(
            f"至少 {least} 字（不计空格），现在 {characters(value)} 字。",
            f"At least {least} characters (blanks not counted); it has {characters(value)}.",
        )


def _ask_for_length(form: Form, sheet: Sheet, rules: FormRules) -> None:
    """All texts of the form together; counted as the gate counts them."""
    least = rules.characters.get(form.min_characters, 0)
    has = sum(lengths(sheet.data).values())
    if has < least:
        sheet.missing[WHOLE] = Text(
            f"全文至少 {least} 字（不计空格），现在 {has} 字。",
            f"At least {least} characters in all (blanks not counted); there are {has}.",
        )


def _please_fill(one: Field) -> Text:
    if one.type in ("flag", "choice", "choices"):
        return Text(f"请选择{quoted(one.title.zh)}。", f"Please choose: {one.title.en}.")
    if one.type == "lines" and one.min_rows:
        return Text(f"请至少填 {one.min_rows} 行。", f"Please fill in at least {one.min_rows} rows.")
    return Text(f"请填写{quoted(one.title.zh)}。", f"Please fill in: {one.title.en}.")
