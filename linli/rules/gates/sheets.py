"""Forms that must be complete and checklists that must be answered as the rules want."""

from collections.abc import Callable, Iterator

from linli.rules.gates import wording
from linli.rules.gates.excuses import excuse
from linli.rules.gates.model import Facts, Finding
from linli.rules.gates.scene import Scene
from linli.rules.plain.texts import Text, listed, quoted
from linli.rules.policy.models import Check, ChecklistItem, Field

# How a condition is answered; handed in by the checks, which use this module themselves.
Truth = Callable[[Check, Scene], bool | None]


def form_finding(form_id: str, scene: Scene, truth: Truth, *, key: str, clause: str) -> Finding:
    """Complete: every required field holds something."""
    form = scene.rules.form(form_id, scene.rules_on)
    filled = scene.readings.forms.get(form_id)
    if filled is None:
        return Finding(key, "missing", clause, wording.missing(form.title), _fill(form.title), scene.offices)
    if filled.get("_complete") is True:
        return Finding(key, "ok", clause, wording.there(form.title))
    gaps = [field.title for field in form.fields.values() if _needed(field, scene, truth) and not _filled(filled, field.key)]
    if not gaps and filled.get("_complete") is not False:
        return Finding(key, "ok", clause, wording.there(form.title))
    if not gaps:  # a draft can be short of rows or characters without lacking a field
        text = Text(f"{form.title.zh}还是草稿", f"{form.title.en} is still a draft")
        mend = Text("请补全后提交。", "Complete it and hand it in.")
        return Finding(key, "missing", clause, text, mend, scene.offices)
    names = listed(gaps)
    text = Text(f"{form.title.zh}还没填完：{names.zh}", f"{form.title.en} is not complete: {names.en}")
    return Finding(key, "missing", clause, text, _fill(names), scene.offices)


def _fill(title: Text) -> Text:
    return Text(f"请填写：{title.zh}。", f"Fill in: {title.en}.")


def _needed(field: Field, scene: Scene, truth: Truth) -> bool:
    if not field.required_when:
        return field.required
    return all(truth(condition, scene) is True for condition in field.required_when)


def _filled(data: Facts, key: str) -> bool:
    return data.get(key) not in (None, "", [])


def checklist_findings(check: Check, scene: Scene) -> list[Finding]:
    """One finding for the whole when all is well; else one for each item that is not."""
    checklist = scene.rules.checklist(check.name, scene.rules_on)
    answers = scene.readings.checklists.get(check.name, {})
    failed = [found for item in _items(check, scene) if not (found := _item(check, item, answers, scene)).passes]
    excused = [found for item in _items(check, scene) if (found := _item(check, item, answers, scene)).outcome == "excused"]
    if failed:
        return failed
    text = Text(f"{checklist.title.zh}：已逐项核对", f"{checklist.title.en}: every item checked")
    return [Finding(check.key, "ok", check.clause, text), *excused]


def _items(check: Check, scene: Scene) -> Iterator[ChecklistItem]:
    checklist = scene.rules.checklist(check.name, scene.rules_on)
    yield from checklist.items.values()
    if checklist.each_of:
        entries = scene.rules.catalogue(checklist.each_of, scene.rules_on).entries
        for entry in entries.values():
            yield ChecklistItem(entry.key, entry.title, checklist.each_must_be, clause=entry.clause)


_CHECK_IT = Text("请核对后作答。", "Check it and answer.")


def _item(check: Check, item: ChecklistItem, answers: Facts, scene: Scene) -> Finding:
    key = f"{check.name}.{item.key}"
    if item.slot:
        return _ticked(key, item, scene)
    answer = answers.get(item.key)
    if answer in (None, ""):
        text = Text(f"还没核对：{item.text.zh}", f"Not answered yet: {item.text.en}")
        return Finding(key, "missing", item.clause, text, _CHECK_IT, scene.offices)
    if item.must_be in ("answered", answer):
        return Finding(key, "ok", item.clause, item.text)
    said = Text("是", "yes") if answer == "yes" else Text("否", "no")
    text = Text(f"{item.text.zh}：答的是{quoted(said.zh)}", f"{item.text.en}: answered {quoted(said.en)}")
    mend = Text("这一条不符合规定，须调整项目。", "This does not meet the rule; the project must change.")
    finding = Finding(key, "refused", item.clause, text, mend, scene.offices)
    return excuse(finding, item.exception, scene, title=item.text, value=None)


def _ticked(key: str, item: ChecklistItem, scene: Scene) -> Finding:
    if item.slot in scene.readings.evidence or item.slot in scene.readings.forms:
        return Finding(key, "ok", item.clause, wording.there(item.text), slot=item.slot)
    return Finding(key, "missing", item.clause, wording.missing(item.text), wording.supply(item.text), scene.offices, item.slot)
