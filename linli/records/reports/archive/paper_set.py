"""The papers of an application as one set ready for the printer: a cover, then every form on pages of its own.

Nothing here names a form. The set belongs to the act that asks how many copies there are; it holds the forms asked for on
the way to that act, in the order of the procedure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from linli.records.evidence.forms.characters import lengths
from linli.records.reports.archive.openings import papers_of
from linli.records.reports.papers import DEMONSTRATION, Said, form_version, lines_blocks
from linli.records.reports.printing import press as p
from linli.records.reports.printing.press import Block, Sheet
from linli.records.reports.story import Paper, Story
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Act, Check, Field, Form, Procedure

_COPIES = "copies"  # the fact of the vocabulary that says how many
_WRITTEN = ("text", "long_text")  # their characters are told by part
_NUMBERS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class PaperSet:
    """`act` hands it in; `forms` in order, each with its latest whole filling or None."""

    on: date
    act: Act
    first: Act
    copies: Check
    forms: Sequence[tuple[Form, Paper | None]]


def has_paper_set(procedure: Procedure, level: str) -> bool:
    return bool(_way(procedure, level))


def paper_set(told: Story, on: date) -> PaperSet | None:
    """As the rules stand on a day. None where no act of the procedure asks for copies of papers."""
    way = _way(told.procedure, told.case.place.level)
    if not way:
        return None
    copies = _copies(way[-1])
    assert copies is not None
    asked = dict.fromkeys(check.name for act in way for check in act.checks if check.source == "form")
    known = told.rules.forms(on)
    filled = {paper.form.id: paper for paper in papers_of(told) if paper.filling.complete}
    return PaperSet(on, way[-1], way[0], copies, [(known[id], filled.get(id)) for id in asked if id in known])


def paper_set_sheet(told: Story, found: PaperSet, language: str) -> Sheet:
    """Cover, then the forms that are filled in; the cover names what is missing."""
    said = Said(told.rules, language, told.places)
    blocks: list[Block] = [p.pairs(list(_cover(told, found, said))), p.heading(said("目录", "Contents"))]
    rows = [
        [str(number), said.text(form.title), _stands(told, found, form, paper, said)]
        for number, (form, paper) in enumerate(found.forms, 1)
    ]
    blocks.append(p.table([said("序号", "No."), said("材料", "Paper"), said("情况", "State")], rows, [1, 4, 4]))
    for number, (form, paper) in enumerate(found.forms, 1):
        if paper is not None:
            blocks += [p.page_break(), p.heading(f"{number}. {said.text(form.title)}"), *_form(form, paper, said)]
    case = told.case
    return Sheet(
        case.title,
        blocks,
        subtitle=said.text(told.procedure.title),
        number=case.code,
        footer=f"{case.code} {case.title}",
        language=language,
        mark=said.text(DEMONSTRATION) if case.demonstration else "",
    )


def _way(procedure: Procedure, level: str) -> list[Act]:
    """The shortest way onward from the start to an act that asks for copies; [] where there is none for such a place."""
    ways: list[tuple[str, list[Act]]] = [(procedure.starts, [])]
    seen = {procedure.starts}
    for state, way in ways:
        for act in procedure.acts.values():
            if act.kind != "advance" or state not in act.from_states or not _open_to(act, level):
                continue
            if _copies(act):
                return [*way, act]
            if act.to not in seen and act.to != "same":
                seen.add(act.to)
                ways.append((act.to, [*way, act]))
    return []


def _copies(act: Act) -> Check | None:
    return next((check for check in act.checks if check.source == "evidence" and check.fact == _COPIES), None)


def _open_to(act: Act, level: str) -> bool:
    """An act that is for places of another level is not on this place's way."""
    levels = [check for check in act.checks if check.source == "fact" and check.name == "place.level"]
    return all(
        check.operator != "equals" or check.operand.codes == (level,) or check.operand.literal == level for check in levels
    )


def _cover(told: Story, found: PaperSet, said: Said) -> Iterator[tuple[str, str]]:
    case, rules = told.case, told.rules
    roles = [told.procedure.roles[name] for name in found.first.by if name in told.procedure.roles]
    label = said.text(roles[0].title) if roles and roles[0].title else said("申报单位", "Applicant")
    level = rules.vocabulary.levels.get(case.place.level)
    yield label, case.place.name
    yield said("层级", "Level"), said.text(level) if level else case.place.level
    yield said("编号", "Number"), case.code
    days = [chapter.entry.at for chapter in told.chapters if chapter.entry.act == found.act.id and chapter.entry.at]
    yield said.text(found.act.title), day_in_china(days[-1]).isoformat() if days else said("还没有", "not yet")
    yield said("份数", "Copies"), _how_many(told, found, said)
    title = rules.clause_title(found.copies.clause)
    yield said("依据", "Clause"), said.text(title)


def _how_many(told: Story, found: PaperSet, said: Said) -> str:
    """As the parameter of the pack says, and whether an electronic file goes with it."""
    value = told.rules.read(found.copies.operand.name, on=found.on).value
    if not isinstance(value, int):
        return said("没有设定", "not set")
    number = _NUMBERS[value] if value < len(_NUMBERS) else str(value)
    words = [said(f"纸质材料一式{number}份", f"{value} copies on paper"), *_flags(told, found, said)]
    return said("，", ", ").join(words)


def _flags(told: Story, found: PaperSet, said: Said) -> list[str]:
    """What else is asked of the papers handed in, such as that an electronic file goes with them."""
    asked = [check for check in found.act.checks if check.source == "evidence" and check.name == found.copies.name]
    return [said.text(told.rules.vocabulary.fact_title(check.fact)) for check in asked if check.operand.literal is True]


def _stands(told: Story, found: PaperSet, form: Form, paper: Paper | None, said: Said) -> str:
    if paper is None:
        return said("还没有填写", "not filled in yet")
    version = said(f"第 {paper.filling.version} 版", f"version {paper.filling.version}")
    least = told.rules.read(form.min_characters, on=found.on).value if form.min_characters else None
    if not isinstance(least, int):
        return version
    has = sum(lengths(paper.filling.data).values())
    zh, en = f"{version}，{has} 字（不少于 {least} 字）", f"{version}, {has} characters (at least {least})"
    return said(zh, en)


def _form(form: Form, paper: Paper, said: Said) -> Iterator[Block]:
    part = ""
    for field, value in paper.rows:
        if field.part != part and field.part in form.parts:
            part = field.part
            inside = {one.key: v for one, v in paper.rows if one.part == part}
            n = sum(lengths({key: value for key, value in inside.items() if form.fields[key].type in _WRITTEN}).values())
            yield p.heading(said(f"{form.parts[part].zh}（{n} 字）", f"{form.parts[part].en} ({n} characters)"))
        yield from _field(field, value, said)
    yield p.note(form_version(paper.filling, said))


def _field(field: Field, value: Plain, said: Said) -> Iterator[Block]:
    if field.type == "lines" and isinstance(value, list):
        yield from lines_blocks(field, value, said)
    elif field.type == "long_text":
        yield p.note(said.text(field.title))
        yield p.paragraph(str(value))
    elif field.type == "file" and isinstance(value, list):
        yield p.pairs([(said.text(field.title), said(f"{len(value)} 个文件", f"{len(value)} files"))])
    else:
        yield p.pairs([(said.text(field.title), said.value(field, value))])
