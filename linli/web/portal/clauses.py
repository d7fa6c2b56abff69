"""A clause as a link, the sentence of a regulation picked out of its paragraph, and what of the rules rests on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN, TEMPLATE, Procedure
from linli.rules.policy.rules import Rules
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.shapes import Link
from linli.web.shared.tags.rules import clause_label

_OPEN = Text("制度留给本地规定", "left to the place by the regulation")


def clause_link(pack: str, clause: str) -> Link | None:
    """第3条 with its page; what is open says so; a borrowed shape has none."""
    if clause in ("", TEMPLATE):
        return None
    if clause == OPEN:
        return Link(_OPEN)
    return Link(f"{_whose(pack, clause)}{clause_label(clause)}", reverse("portal:clause", args=[pack, clause]))


def _whose(pack: str, clause: str) -> str:
    """市级 before what a pack takes from the one above it; nothing before its own."""
    source, packs = clause.split(" ")[0], library().packs
    if pack not in packs or source in packs[pack].sources:
        return ""
    level = next((one.level for one in packs.values() if source in one.sources), "")
    title = library().vocabulary.levels.get(level)
    return f"{Text(f'{title.zh}级', title.en.capitalize()).in_language(get_language() or 'zh')} " if title else ""


def said_above(fields: Sequence[FieldView], clauses: Sequence[str]) -> tuple[list[FieldView], list[str]]:
    """A form whose fields do not repeat the chip above it: the fields, and the clauses which that chip then opens."""
    looks = {_look(each) for each in clauses}
    again = {each.clause for each in fields if each.clause and _look(each.clause) in looks}
    below = [each.clause for each in fields if each.clause in again]
    return [replace(each, clause="") if each.clause in again else each for each in fields], list(
        dict.fromkeys([*clauses, *below])
    )


def _look(clause: str) -> tuple[str, str]:
    return clause.partition(" ")[0], clause_label(clause)


def marked(paragraph: str, words: str) -> tuple[str, str, str]:
    """Before, the words themselves, after; whatever the white space. All of it is "before" if they are not there."""
    first, last = found_in(paragraph, words)
    return paragraph[:first], paragraph[first:last], paragraph[last:]


def found_in(text: str, words: str) -> tuple[int, int]:
    """Where words begin and end in a text, whatever the white space; its end twice if they are not there."""
    kept = [index for index, sign in enumerate(text) if not sign.isspace()]
    start = "".join(text.split()).find(wanted := "".join(words.split()))
    if start < 0 or not wanted:
        return len(text), len(text)
    return kept[start], kept[start + len(wanted) - 1] + 1


@dataclass(frozen=True)
class Resting:
    """Something in the rules that rests on a clause; no address where no page of its own shows it."""

    kind: Text
    title: Text
    url: str


_VALUE, _STEP, _CHECK = Text("数值", "Value"), Text("步骤", "Step"), Text("条件", "Condition")
_LIST, _FORM, _CHECKLIST = Text("目录", "List"), Text("表单", "Form"), Text("核对表", "Checklist")
_DUTY, _TEXT, _OFFICES = Text("定期工作", "Recurring duty"), Text("要公开的话", "Text to be shown"), Text("职责", "Duty")
_KEPT, _CARD, _SESSION = Text("清单台账", "Register"), Text("评分表", "Scorecard"), Text("会议", "Meeting")
_BODY, _HOLD = Text("组织", "Body"), Text("叫停", "Stop")


def resting_on(rules: Rules, clause: str, on: date) -> list[Resting]:
    """Everything of the rules of a day whose clause is this one."""
    return resting(rules, on).get(clause, [])


def resting(rules: Rules, on: date) -> dict[str, list[Resting]]:
    """What rests on each clause, read once for all of them."""
    pack = reverse("portal:pack", args=[rules.pack.id])
    found: dict[str, list[Resting]] = {}
    for gathered in (_values(rules, pack), _steps(rules, on, pack), _lists(rules, on, pack), _people(rules, on, pack)):
        for clauses, one in gathered:
            for clause in dict.fromkeys(clauses):
                if clause not in ("", OPEN, TEMPLATE):
                    found.setdefault(clause, []).append(one)
    return found


Gathered = Iterator[tuple[Iterable[str], Resting]]


def _values(rules: Rules, pack: str) -> Gathered:
    for one in rules.parameters().values():
        excused = [one.exception.clause] if one.exception else []
        yield [*(row.clause for row in one.values), *excused], Resting(_VALUE, one.title, f"{pack}?part=values#p-{one.id}")


def _steps(rules: Rules, on: date, pack: str) -> Gathered:
    for way in rules.procedures(on).values():
        for act in way.acts.values():
            title = Text(f"{way.title.zh}：{act.title.zh}", f"{way.title.en}: {act.title.en}")
            url = f"{_way(pack, way)}#a-{act.id}"
            yield act.clause, Resting(_STEP, title, url)
            conditions = {check.clause for check in act.checks} - set(act.clause)
            yield sorted(conditions), Resting(_CHECK, title, url)


def _way(pack: str, way: Procedure) -> str:
    return f"{pack}?part=ways&way={way.id}"


def _lists(rules: Rules, on: date, pack: str) -> Gathered:
    for one in rules.catalogues(on).values():
        yield [one.clause, *(e.clause for e in one.entries.values())], Resting(_LIST, one.title, f"{pack}?part=lists#l-{one.id}")
    for form in rules.forms(on).values():
        clauses = [form.clause, *(field.clause for field in form.fields.values())]
        yield clauses, Resting(_FORM, form.title, f"{pack}?part=forms#f-{form.id}")
    for sheet in rules.checklists(on).values():
        clauses = [sheet.clause, *(item.clause for item in sheet.items.values())]
        yield clauses, Resting(_CHECKLIST, sheet.title, f"{pack}?part=forms#c-{sheet.id}")
    for duty in rules.obligations(on).values():
        yield [duty.clause], Resting(_DUTY, duty.title, f"{pack}?part=duties")
    for words in rules.wordings(on).values():
        yield [words.clause], Resting(_TEXT, words.title, f"{pack}?part=documents")


def _people(rules: Rules, on: date, pack: str) -> Gathered:
    for register in rules.registers(on).values():
        yield [register.clause], Resting(_KEPT, register.title, "")
    for card in rules.scorecards(on).values():
        yield [card.clause, *(item.clause for item in card.items.values())], Resting(_CARD, card.title, "")
    for session in rules.sessions(on).values():
        yield [session.clause], Resting(_SESSION, session.title, "")
    for body in rules.bodies(on).values():
        yield [body.clause, *(seat.clause for seat in body.seats.values())], Resting(_BODY, body.title, "")
    for hold in rules.holds(on).values():
        yield [hold.clause], Resting(_HOLD, hold.title, "")
    for charge in rules.responsibilities(on):
        yield [charge.clause], Resting(_OFFICES, charge.duty, f"{pack}?part=offices")
