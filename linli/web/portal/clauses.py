"""A clause as a link, and the sentence of a regulation picked out of its paragraph."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN, TEMPLATE
from linli.rules.policy.rules import Rules
from linli.web.shared.shapes import Link
from linli.web.shared.tags.rules import clause_label

_OPEN = Text("制度留给本地规定", "left to the place by the regulation")


def clause_link(pack: str, clause: str) -> Link | None:
    """第3条 with its page; what is open says so; a borrowed shape has none."""
    if clause in ("", TEMPLATE):
        return None
    if clause == OPEN:
        return Link(_OPEN)
    return Link(f"{clause.split(' ')[0]} {clause_label(clause)}", reverse("portal:clause", args=[pack, clause]))


def marked(paragraph: str, words: str) -> tuple[str, str, str]:
    """Before, the words themselves, after; whatever the white space. All of it is "before" if they are not there."""
    kept = [index for index, sign in enumerate(paragraph) if not sign.isspace()]
    start = "".join(paragraph.split()).find(wanted := "".join(words.split()))
    if start < 0 or not wanted:
        return paragraph, "", ""
    first, last = kept[start], kept[start + len(wanted) - 1] + 1
    return paragraph[:first], paragraph[first:last], paragraph[last:]


@dataclass(frozen=True)
class Resting:
    """Something in the rules that rests on a clause."""

    kind: Text
    title: Text
    url: str


_VALUE, _STEP, _CHECK = Text("数值", "Value"), Text("步骤", "Step"), Text("条件", "Condition")
_LIST, _FORM, _CHECKLIST, _DUTY = (
    Text("目录", "List"),
    Text("表单", "Form"),
    Text("核对表", "Checklist"),
    Text("定期工作", "Recurring duty"),
)
_TEXT = Text("要公开的话", "Text to be shown")


def resting_on(rules: Rules, clause: str, on: date) -> list[Resting]:
    """Everything of the rules of a day whose clause is this one."""
    pack = reverse("portal:pack", args=[rules.pack.id])
    return [*_values(rules, clause, pack), *_steps(rules, clause, on, pack), *_lists(rules, clause, on, pack)]


def _values(rules: Rules, clause: str, pack: str) -> list[Resting]:
    return [
        Resting(_VALUE, one.title, f"{pack}#p-{one.id}")
        for one in rules.parameters().values()
        if any(row.clause == clause for row in one.values) or (one.exception and one.exception.clause == clause)
    ]


def _steps(rules: Rules, clause: str, on: date, pack: str) -> list[Resting]:
    found = []
    for way in rules.procedures(on).values():
        url = f"{pack}?part=ways&way={way.id}"
        for act in way.acts.values():
            title = Text(f"{way.title.zh}：{act.title.zh}", f"{way.title.en}: {act.title.en}")
            if clause in act.clause:
                found.append(Resting(_STEP, title, f"{url}#a-{act.id}"))
            elif any(check.clause == clause for check in act.checks):
                found.append(Resting(_CHECK, title, f"{url}#a-{act.id}"))
    return found


def _lists(rules: Rules, clause: str, on: date, pack: str) -> list[Resting]:
    lists = [
        Resting(_LIST, one.title, f"{pack}?part=lists#l-{one.id}")
        for one in rules.catalogues(on).values()
        if clause in (one.clause, *(entry.clause for entry in one.entries.values()))
    ]
    forms = [
        Resting(_FORM, one.title, f"{pack}?part=forms#f-{one.id}")
        for one in rules.forms(on).values()
        if clause in (one.clause, *(field.clause for field in one.fields.values()))
    ]
    sheets = [
        Resting(_CHECKLIST, one.title, f"{pack}?part=forms#c-{one.id}")
        for one in rules.checklists(on).values()
        if clause in (one.clause, *(item.clause for item in one.items.values()))
    ]
    duties = [Resting(_DUTY, one.title, f"{pack}?part=duties") for one in rules.obligations(on).values() if one.clause == clause]
    texts = [Resting(_TEXT, one.title, f"{pack}?part=documents") for one in rules.wordings(on).values() if one.clause == clause]
    return [*lists, *forms, *sheets, *duties, *texts]
