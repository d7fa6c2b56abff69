"""What a case looks like on paper: its story, its forms."""

from collections.abc import Mapping
from datetime import datetime

from linli.records.evidence.models import Filling
from linli.records.evidence.places_named import places_named
from linli.records.reports.printing import press as p
from linli.records.reports.printing.press import Block, Sheet
from linli.records.reports.story import Chapter, Exhibit, Paper, Story
from linli.rules.gates.model import Plain
from linli.rules.plain import money
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field
from linli.rules.policy.rules import Rules

DEMONSTRATION = Text("演示", "SAMPLE")


def moment(at: datetime) -> str:
    """2026-11-21 10:05, as in China."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def story_sheet(story: Story, language: str, footer: str = "") -> Sheet:
    """The life of a case from its first act to its last, with the clause at every gate."""
    said = Said(story.rules, language, story.places)
    case = story.case
    head = [
        (said("编号", "Number"), case.code),
        (said("所在地", "Place"), case.place.short_name),
        (said("办理程序", "Procedure"), said.text(story.procedure.title)),
        (said("现在", "Stands at"), said.text(story.state.title)),
        (said("金额", "Amount"), said.amount(case.amount_fen)),
        (said("来自居民需求", "Asked for by"), said(f"{len(story.needs)} 条", f"{len(story.needs)} needs")),
    ]
    blocks: list[Block] = [p.pairs(head)]
    if case.summary:
        blocks.append(p.paragraph(case.summary))
    for number, chapter in enumerate(story.chapters, 1):
        blocks += _chapter(number, chapter, said)
    if story.needs:
        rows = [[need.code, need.what] for need in story.needs]
        blocks.append(p.heading(said("来自这些需求", "The needs it answers")))
        blocks.append(p.table([said("编号", "Number"), said("需求", "Need")], rows, [1, 4]))
    return Sheet(
        case.title,
        blocks,
        subtitle=said("项目全过程记录", "The whole course of the matter"),
        number=case.code,
        footer=footer,
        language=language,
        mark=said.text(DEMONSTRATION) if case.demonstration else "",
    )


def form_sheet(paper: Paper, story: Story, language: str, footer: str = "", sealed_by: str = "") -> Sheet:
    """One version of a filled form, as this reader may see it; under the seal of an office where one was put to it."""
    case = story.case
    blocks = form_blocks(paper, story.rules, language, story.places)
    if sealed_by:
        blocks.append(p.seal(sealed_by, DEMONSTRATION.zh if case.demonstration else ""))
    return _form_page(paper, blocks, f"{case.code} {case.title}", case.code, language, case.demonstration, footer)


def paper_sheet(paper: Paper, rules: Rules, about: str, language: str, *, demonstration: bool) -> Sheet:
    """A filled form that belongs to no matter, such as a report of a place's month."""
    blocks = form_blocks(paper, rules, language, places_named([(paper.form, dict(paper.filling.data))]))
    return _form_page(paper, blocks, about, "", language, demonstration)


def _form_page(
    paper: Paper, blocks: list[Block], about: str, number: str, language: str, demonstration: bool, footer: str = ""
) -> Sheet:
    return Sheet(
        paper.form.title.in_language(language),
        blocks,
        subtitle=about,
        number=number,
        footer=footer,
        language=language,
        mark=DEMONSTRATION.in_language(language) if demonstration else "",
    )


def form_blocks(paper: Paper, rules: Rules, language: str, places: Mapping[str, str]) -> list[Block]:
    """The fields in their order, tables below them, and which version it is."""
    said, filling = Said(rules, language, places), paper.filling
    plain = [(said.text(field.title), said.value(field, value)) for field, value in paper.rows if field.type != "lines"]
    blocks: list[Block] = [p.pairs(plain)]
    for field, value in paper.rows:
        if field.type == "lines" and isinstance(value, list):
            blocks += lines_blocks(field, value, said)
    return [*blocks, p.note(form_version(filling, said))]


def form_version(filling: Filling, said: "Said") -> str:
    state = said("已锁定", "locked") if filling.locked_at else said("未锁定", "not locked")
    number, when, digest = filling.version, moment(filling.filed_at), filling.digest[:16]
    zh = f"第 {number} 版，{state}，{when} 填写。摘要 {digest}"
    return said(zh, f"Version {number}, {state}, filled in {when}. Digest {digest}")


def _chapter(number: int, chapter: Chapter, said: "Said") -> list[Block]:
    entry = chapter.entry
    assert entry.at is not None
    rows = [
        (said("时间", "When"), moment(entry.at)),
        (said("单位", "Office"), "、".join(said.text(office) for office in entry.offices)),
        (said("依据", "Clause"), "；".join(said.text(said.rules.clause_title(clause)) for clause in entry.clause)),
        (said("结果", "Result"), said.text(entry.state)),
    ]
    if entry.note:
        rows.append((said("说明", "Note"), entry.note))
    rows += [(said.text(exhibit.title), _facts(exhibit, said)) for exhibit in chapter.exhibits]
    for paper in chapter.papers:
        version = paper.filling.version
        rows.append((said.text(paper.form.title), said(f"第 {version} 版", f"version {version}")))
    if entry.decision:
        rows.append((said("决定摘要", "Decision digest"), entry.decision[:32]))
    return [p.heading(f"{number}. {said.text(entry.title)}"), p.pairs(rows)]


def _facts(exhibit: Exhibit, said: "Said") -> str:
    facts = [f"{said.text(title)} {said.fact(kind, value)}" for title, kind, value in exhibit.facts]
    files = [file.name for file in exhibit.files]
    if exhibit.hidden:
        files.append(said("另有不公开材料", "more that is not public"))
    return "；".join([*facts, *files]) or said(f"第 {exhibit.piece.version} 版", f"version {exhibit.piece.version}")


def lines_blocks(field: Field, rows: list[Plain], said: "Said") -> list[Block]:
    header = [said.text(title) for _, title, _ in field.columns]
    body = [[said.fact(kind, row.get(key)) for key, _, kind in field.columns] for row in rows if isinstance(row, dict)]
    return [p.heading(said.text(field.title)), p.table(header, body)]


class Said:
    """Words and values in the reader's language. `places`: code -> name of those the forms name."""

    def __init__(self, rules: Rules, language: str, places: Mapping[str, str]) -> None:
        self.rules, self.language, self.places = rules, language, places

    def __call__(self, zh: str, en: str) -> str:
        return en if self.language.startswith("en") else zh

    def text(self, text: Text) -> str:
        return text.in_language(self.language)

    def amount(self, fen: int | None) -> str:
        return self("未定", "not set") if fen is None else self(f"{money.yuan(fen)} 元", f"{money.yuan(fen)} yuan")

    def fact(self, kind: str, value: Plain) -> str:
        if isinstance(value, bool):
            return self("是", "yes") if value else self("否", "no")
        if kind == "money" and isinstance(value, int):
            return self.amount(value)
        if kind == "place":
            return self.places.get(str(value), str(value or ""))
        if isinstance(value, list):
            return " – ".join("" if each is None else str(each) for each in value)
        return "" if value is None else str(value)

    def value(self, field: Field, value: Plain) -> str:
        codes = value if isinstance(value, list) else [value]
        if field.type in ("choice", "choices") and field.catalogue:
            return "、".join(self._entry(field.catalogue, str(code)) for code in codes)
        return self.fact(field.type, value)

    def _entry(self, catalogue: str, code: str) -> str:
        for known in self.rules.catalogues(self.rules.days_of_change()[-1]).values():
            if known.id == catalogue and code in known.entries:
                return self.text(known.entries[code].title)
        return code
