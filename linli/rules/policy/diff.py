"""What a change of rules changes, said in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.rules.plain.days import day_words
from linli.rules.plain.texts import Text, both, listed
from linli.rules.policy.lookup import entry, row_in_force
from linli.rules.policy.models import Act, Parameter, Procedure, Special, Value
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import check_words, value_words

_WHAT: Mapping[str, Text] = {
    "catalogues": Text("目录", "catalogue"),
    "forms": Text("表单", "form"),
    "checklists": Text("清单", "checklist"),
    "scorecards": Text("评分表", "scorecard"),
    "bodies": Text("组织", "body"),
    "sessions": Text("会议", "session"),
    "registers": Text("台账", "register"),
    "holds": Text("叫停", "hold"),
    "obligations": Text("义务", "obligation"),
    "grants": Text("补助", "grant"),
    "selections": Text("遴选", "selection"),
    "quotas": Text("名额", "quota"),
    "wordings": Text("文字", "wording"),
}
_PARTS: Mapping[str, tuple[str, Text]] = {
    "catalogues": ("entries", Text("条目", "entry")),
    "forms": ("fields", Text("栏目", "field")),
    "checklists": ("items", Text("事项", "item")),
    "scorecards": ("items", Text("评分项", "item")),
    "bodies": ("seats", Text("席位", "seat")),
}
_FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Side:
    """Rules on a day; without a day, parameters over all time and everything else as it stands last."""

    rules: Rules
    on: date | None = None

    @property
    def day(self) -> date:
        return self.on or _FAR


@dataclass(frozen=True)
class Change:
    """`about`: the construct changed (`parameter:project_cap`); `clause`: what the new rule rests on ("" if removed)."""

    about: str
    text: Text
    clause: str = ""

    def in_language(self, language: str) -> str:
        end = (f"（{self.clause}）" if not language.startswith("en") else f" ({self.clause})") if self.clause else ""
        return self.text.in_language(language) + end


def changes(before: Side, after: Side) -> list[Change]:
    """Everything that differs: parameters, procedures, then the rest."""
    found = [*_parameters(before, after), *_procedures(before, after)]
    for kind in _WHAT:
        found.extend(_kind(kind, before, after))
    return found


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _parameters(before: Side, after: Side) -> Iterator[Change]:
    old, new = before.rules.parameters(), after.rules.parameters()
    for id in sorted({*old, *new}):
        parameter = new.get(id)
        if parameter is None:
            said = old[id].title
            yield Change(f"parameter:{id}", Text(f"不再有数值“{said.zh}”", f"No more value “{said.en}”"))
            continue
        keys = sorted({key for one in (old.get(id), new.get(id)) if one for row in one.values for key in row.entries})
        for key in keys:
            yield from _values(parameter, key, old.get(id), new.get(id), before, after)


def _values(
    parameter: Parameter, key: str, old: Parameter | None, new: Parameter | None, before: Side, after: Side
) -> Iterator[Change]:
    last: tuple[Value | None, Value | None] | None = None
    for day in _days(old, new, before, after):
        was, _ = _value(old, key, before.on or day, before.rules)
        now, clause = _value(new, key, after.on or day, after.rules)
        if was != now and (was, now) != last:
            since = None if before.on or after.on else day
            yield Change(
                f"parameter:{parameter.id}", _changed(parameter, key, was, now, since, (after.rules, before.rules)), clause
            )
        last = (was, now)


def _days(old: Parameter | None, new: Parameter | None, before: Side, after: Side) -> list[date]:
    if before.on or after.on:
        return [after.day if after.on else before.day]
    rows = [row for one in (old, new) if one for row in one.values]
    ends = {date.fromordinal(row.until.toordinal() + 1) for row in rows if row.until}
    return sorted({row.since for row in rows} | ends)


def _value(parameter: Parameter | None, key: str, on: date, rules: Rules) -> tuple[Value | None, str]:
    row = row_in_force(parameter, [pack.id for pack in rules.chain], on, key) if parameter else None
    return (entry(row, key), row.clause) if row else (None, "")


def _changed(
    parameter: Parameter, key: str, was: Value | None, now: Value | None, since: date | None, sides: tuple[Rules, Rules]
) -> Text:
    name, rules = _entry_name(parameter, key, sides), sides[0]
    old, new = value_words(was, parameter.unit), value_words(now, parameter.unit)
    who = ""
    if now is Special.UNSET:
        who = "、".join(rules.office_title(office).zh for office in parameter.set_by)
    by_zh = f"，由{who}设定" if who else ""
    by_en = ", set by " + ", ".join(rules.office_title(office).en for office in parameter.set_by) if who else ""
    day = day_words(since) if since else None
    day_zh, day_en = (f"自{day.zh}起，", f"From {day.en}, ") if day else ("", "")
    return Text(f"{day_zh}{name.zh}：{old.zh} → {new.zh}{by_zh}", f"{day_en}{name.en}: {old.en} → {new.en}{by_en}")


def _entry_name(parameter: Parameter, key: str, sides: tuple[Rules, Rules]) -> Text:
    """An entry that only the older rules know is called as they call it."""
    if not key:
        return parameter.title
    known = [rules.entry_titles(rules.parameter(parameter.id), _FAR) for rules in sides if parameter.id in rules.parameters()]
    title = next((titles[key] for titles in known if key in titles), both(key))
    return Text(f"{parameter.title.zh}（{title.zh}）", f"{parameter.title.en} ({title.en})")


# ── procedures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _procedures(before: Side, after: Side) -> Iterator[Change]:
    old, new = before.rules.procedures(before.day), after.rules.procedures(after.day)
    yield from _came_and_went(old, new, Text("程序", "procedure"), "procedure", lambda one: one.title)
    for id in old:
        if id in new:
            yield from _procedure(old[id], new[id], before, after)


def _procedure(old: Procedure, new: Procedure, before: Side, after: Side) -> Iterator[Change]:
    about, title = f"procedure:{new.id}", new.title
    yield from _of(about, title, _came_and_went(old.states, new.states, Text("状态", "state"), about, lambda one: one.title))
    yield from _of(about, title, _came_and_went(old.slots, new.slots, Text("材料", "evidence"), about, lambda one: one.title))
    yield from _of(about, title, _came_and_went(old.acts, new.acts, Text("步骤", "act"), about, lambda one: one.title))
    for id, act in new.acts.items():
        if id in old.acts:
            yield from _of(about, title, _act(old, old.acts[id], new, act, before, after))


def _of(about: str, title: Text, changed: Iterator[Change]) -> Iterator[Change]:
    for change in changed:
        text = Text(f"{title.zh}：{change.text.zh}", f"{title.en}: {_small(change.text.en)}")
        yield Change(about, text, change.clause)


def _act(was: Procedure, old: Act, now: Procedure, new: Act, before: Side, after: Side) -> Iterator[Change]:
    name = new.title
    asked = {check.key: check_words(check, was, before.rules, before.day) for check in old.checks}
    asks = {check.key: check_words(check, now, after.rules, after.day) for check in new.checks}
    for check in new.checks:
        if check.key not in asked:
            words = asks[check.key]
            text = Text(f"“{name.zh}”新增条件：{words.zh}", f"“{name.en}” newly requires: {words.en}")
            yield Change(new.id, text, check.clause)
    for key, words in asked.items():
        if key not in asks:
            yield Change(new.id, Text(f"“{name.zh}”不再要求：{words.zh}", f"“{name.en}” no longer requires: {words.en}"))
    if set(old.from_states) != set(new.from_states):
        came, goes = _titles(was, old.from_states), _titles(now, new.from_states)
        text = Text(f"“{name.zh}”的起点：{came.zh} → {goes.zh}", f"“{name.en}” starts from {goes.en}, not from {came.en}")
        yield Change(new.id, text, new.clause[0])
    if old.to != new.to:
        came, goes = _titles(was, (old.to,)), _titles(now, (new.to,))
        yield Change(
            new.id,
            Text(f"“{name.zh}”走到：{came.zh} → {goes.zh}", f"“{name.en}” leads to {goes.en}, not to {came.en}"),
            new.clause[0],
        )
    if _who(was, old, before.rules) != _who(now, new, after.rules):
        came, goes = _who(was, old, before.rules), _who(now, new, after.rules)
        yield Change(
            new.id,
            Text(f"“{name.zh}”由谁办：{came.zh} → {goes.zh}", f"“{name.en}” is taken by {goes.en}, not by {came.en}"),
            new.clause[0],
        )


def _titles(procedure: Procedure, states: tuple[str, ...]) -> Text:
    return listed([procedure.states[state].title if state in procedure.states else both(state) for state in states])


def _who(procedure: Procedure, act: Act, rules: Rules) -> Text:
    offices: list[str] = []
    for actor in act.by:
        role = procedure.roles.get(actor)
        offices += [*role.offices, *(o for i in role.instead for o in i.offices)] if role else [actor]
    return listed([rules.office_title(office) for office in dict.fromkeys(offices)])


# ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _kind(kind: str, before: Side, after: Side) -> Iterator[Change]:
    old: Mapping[str, Any] = getattr(before.rules, kind)(before.day)
    new: Mapping[str, Any] = getattr(after.rules, kind)(after.day)
    about = _WHAT[kind].en
    yield from _came_and_went(old, new, _WHAT[kind], about, lambda one: one.title)
    if kind in _PARTS:
        attribute, what = _PARTS[kind]
        for id in old:
            if id in new:
                parts = _came_and_went(getattr(old[id], attribute), getattr(new[id], attribute), what, f"{about}:{id}", _title)
                yield from _of(f"{about}:{id}", new[id].title, parts)


def _title(part: Any) -> Text:
    found: Text = part.text if hasattr(part, "must_be") else part.title
    return found


def _came_and_went(
    old: Mapping[str, Any], new: Mapping[str, Any], what: Text, about: str, title: Callable[[Any], Text]
) -> Iterator[Change]:
    for id, one in new.items():
        if id not in old:
            said = title(one)
            yield Change(_about(about, id), Text(f"新增{what.zh}“{said.zh}”", f"New {what.en} “{said.en}”"), _clause(one))
    for id, one in old.items():
        if id not in new:
            said = title(one)
            yield Change(_about(about, id), Text(f"不再有{what.zh}“{said.zh}”", f"No more {what.en} “{said.en}”"))


def _about(about: str, id: str) -> str:
    return about if ":" in about else f"{about}:{id}"


def _clause(one: Any) -> str:
    clause = getattr(one, "clause", "")
    return str(clause[0] if isinstance(clause, tuple) else clause)


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:] if sentence[:1].isupper() else sentence
