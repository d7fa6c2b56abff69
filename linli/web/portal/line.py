"""The line of a project: every act with its papers. Written here and not in a template: a long project has dozens of papers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe

from linli.rules.plain.texts import Text
from linli.web.portal.life import Exhibited, Sheet, Step
from linli.web.shared.escaping import lines, plain
from linli.web.shared.shapes import Link
from linli.web.shared.tags.figures import date_zh, iso, moment_zh
from linli.web.shared.tags.icons import icon
from linli.web.shared.tags.quick import address
from linli.web.shared.tags.words import said

_DOT = "\u00a0· "  # never at the beginning of a line
_ON_ONE_LINE = 16  # signs of a figure beside its name, on a phone
_RECEIPT = Text("回执", "Receipt")
_JOINT = Text("已签，等其他单位", "signed, waiting for others")
_LOCKED, _AMENDED = Text("已锁定", "locked"), Text("经批准变更", "changed with approval")


def line(steps: Iterable[Step], *, since: datetime | None, needs: int) -> SafeString:
    """`<li>` after `<li>`. It began with so many needs, the first of them raised `since`; the third act is `#s3`."""
    begun = _asked(since, needs) if since else ""
    return mark_safe(begun + "".join(_step(step, number) for number, step in enumerate(steps, start=1)))


def papers(step: Step) -> SafeString:
    """What was filed with an act, folded; nothing where nothing was."""
    if not step.papers:
        return SafeString("")
    n = step.papers
    head = plain(said(Text(f"这一步的材料 {n} 份", f"{n} paper{'s' if n != 1 else ''} of this step")))
    each = "".join([*map(_sheet, step.sheets), *map(_exhibit, step.exhibits)])
    return mark_safe(f'<details class="papers"><summary>{head}</summary>{each}</details>')


def _asked(since: datetime, needs: int) -> str:
    words = Text(f"居民提出 {needs} 条需求", f"Residents raised {needs} need{'s' if needs != 1 else ''}")
    when = f'<p class="step-when quiet">{_time(since, date_zh(since))}</p>'
    return _dot("", f'{when}<p class="step-what"><a href="#needs">{plain(said(words))}</a></p>')


def _step(step: Step, number: int) -> str:
    joint = "" if step.moved else f' <span class="tag">{plain(said(_JOINT))}</span>'
    parts = [
        f'<p class="step-when quiet">{_time(step.at, moment_zh(step.at))}</p>',
        f'<p class="step-what">{plain(said(step.title))}{joint}</p>',
        f"<p>{lines(step.note)}</p>" if step.note else "",
        f'<div class="step-foot">{f"<span>{plain(said(step.who))}</span>" if step.who else ""}'
        f"<span>→ {plain(said(step.to))}</span>{step.chips}</div>",
        papers(step),
        _receipt(step.receipt) if step.receipt else "",
    ]
    return _dot(f' id="s{number}"', "".join(parts), refused=step.state == "refused")


def _dot(named: str, body: str, *, refused: bool = False) -> str:
    kind, sign = ("step step-refused", icon("cross", 14)) if refused else ("step", icon("tick", 14))
    return f'<li class="{kind}"{named}><span class="dot">{sign}</span><div class="step-body">{body}</div></li>\n'


def _time(at: datetime | None, words: str) -> str:
    return f'<time datetime="{iso(at)}">{plain(words)}</time>'


def _receipt(receipt: str) -> str:
    way = f"{address('portal:trail')}?receipt={quote(receipt)}#check"
    shown = f'<a href="{plain(way)}" title="{plain(receipt)}">{plain(receipt[-16:-8])}</a>'
    return f'<p class="step-receipt quiet">{plain(said(_RECEIPT))} {shown}</p>'


def _sheet(sheet: Sheet) -> str:
    marks = [_version(sheet.version)]
    marks += [_LOCKED] if sheet.locked else []
    marks += [_AMENDED] if sheet.amended else []
    head = f' <span class="quiet">{" · ".join(plain(said(mark)) for mark in marks)}</span>'
    body = _pairs([(title, lines(said(value))) for title, value in sheet.rows])
    return _paper(sheet.title, head, body + "".join(_table(*table) for table in sheet.tables))


def _table(title: Text, heads: Sequence[Text], rows: Sequence[Sequence[Any]]) -> str:
    """A line of each row: what it is about, then every figure under its name."""
    names = ["", *(f'<span class="quiet">{plain(said(head))}</span> ' for head in heads[1:])]
    cells = ([_under(name, said(value)) for name, value in zip(names, row, strict=True) if value] for row in rows)
    each_row = "".join(f"<li>{_DOT.join(each)}</li>" for each in cells)
    return f'<p class="quiet">{plain(said(title))}</p><ul class="plain-rows">{each_row}</ul>'


def _under(name: str, words: str) -> str:
    """A figure stays on the line of its name."""
    shown = f"{name}{plain(words)}"
    return f'<span class="nb">{shown}</span>' if name and len(words) <= _ON_ONE_LINE else shown


def _exhibit(one: Exhibited) -> str:
    head = f' <span class="quiet">{plain(said(_version(one.version)))}</span>' if one.version > 1 else ""
    parts = [
        f"<p>{plain(said(one.summary))}</p>" if one.summary else "",
        _pairs([(title, plain(said(value))) for title, value in one.facts]) if one.facts else "",
        f'<ul class="plain-rows">{"".join(map(_file, one.files))}</ul>' if one.files else "",
        f'<p class="quiet">{plain(said(_kept_back(one.digest)))}</p>' if one.hidden else "",
    ]
    return _paper(one.title, head, "".join(parts))


def _paper(title: Text, head: str, body: str) -> str:
    return f'<section class="paper"><h3>{plain(said(title))}{head}</h3>{body}</section>'


def _pairs(rows: Iterable[tuple[Text, str]]) -> str:
    pairs = "".join(f"<div><dt>{plain(said(title))}</dt><dd>{value}</dd></div>" for title, value in rows)
    return f'<dl class="plain-list">{pairs}</dl>'


def _file(link: Link) -> str:
    return f'<li><a href="{plain(link.url)}">{icon("file", 16)}{plain(said(link.title))}</a></li>'


def _version(number: int) -> Text:
    return Text(f"第 {number} 版", f"version {number}")


def _kept_back(digest: str) -> Text:
    return Text(f"另有不公开的材料，摘要 {digest}", f"There is more that is not public; digest {digest}")
