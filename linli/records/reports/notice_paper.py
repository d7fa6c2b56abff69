"""A notice on A4, to be posted where people walk by: what, until when, how to object, and how to check the paper."""

from collections.abc import Callable

from linli.records.notices.selectors import Sheet as Shown
from linli.records.reports.labels import Label
from linli.records.reports.papers import moment
from linli.records.reports.printing import press as p
from linli.records.reports.printing.press import Block, Sheet
from linli.rules.plain import money
from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN, TEMPLATE
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import value_words

_UNSET = Text("本地还没有定公示多少天", "how long has not been set here")


def notice_sheet(
    shown: Shown, rules: Rules, *, address: str, language: str, labels: list[Label], mark: Text | None = None
) -> Sheet:
    """The notice as it is now. `address` is what the square code opens: the same notice, where one can object."""
    said = _said(language)
    blocks: list[Block] = [p.paragraph(shown.body), p.pairs(_rows(shown, rules, language))]
    blocks += [p.note(label.body.in_language(language)) for label in labels]
    blocks.append(p.heading(said("有不同意见怎么办", "If you disagree")))
    blocks.append(p.paragraph(_how(shown, language)))
    blocks.append(
        p.qr(address, said("扫码看最新内容、提异议、核对这张纸。\n", "Scan to read it, object, or check this sheet.\n") + address)
    )
    blocks.append(p.note(_check(shown, language)))
    return Sheet(
        shown.title,
        blocks,
        subtitle=f"{shown.place} · {said('公示', 'Public notice')}",
        number=f"{shown.notice}-{shown.version}",
        footer=said(f"公示 {shown.notice} 第 {shown.version} 版", f"Notice {shown.notice}, version {shown.version}"),
        language=language,
        mark=mark.in_language(language) if mark else "",
    )


def _said(language: str) -> Callable[[str, str], str]:
    return lambda zh, en: Text(zh, en).in_language(language)


def _rows(shown: Shown, rules: Rules, language: str) -> list[tuple[str, str]]:
    said = _said(language)
    length = value_words(shown.days, "").in_language(language) if shown.days else _UNSET.in_language(language)
    rows = [
        (said("公示时间", "Shown from"), moment(shown.shown_since)),
        (said("公示期限", "For"), length),
        (said("截止", "Until"), f"{shown.ends_on.isoformat()} 24:00" if shown.ends_on else _UNSET.in_language(language)),
    ]
    if shown.amount_fen is not None:
        rows.insert(
            0, (said("金额", "Amount"), said(f"{money.yuan(shown.amount_fen)} 元", f"{money.yuan(shown.amount_fen)} yuan"))
        )
    if shown.clause not in (OPEN, TEMPLATE, ""):
        rows.append((said("依据", "Under"), rules.clause_title(shown.clause).in_language(language)))
    if shown.places:
        rows.append((said("张贴地点", "Posted at"), "、".join(shown.places)))
    return rows


def _how(shown: Shown, language: str) -> str:
    said = _said(language)
    where = said(f"也可以到：{shown.contact}。", f"Or here: {shown.contact}.") if shown.contact else ""
    return (
        said(
            "公示期内外都可以提，逐条答复，不会删除。扫码可在网上提。",
            "Object at any time; each objection is answered and none removed. Scan to object online. ",
        )
        + where
    )


def _check(shown: Shown, language: str) -> str:
    said = _said(language)
    return said(
        f"内容摘要 SHA-256 {shown.digest[:32]}；存证回执 {shown.receipt}", f"SHA-256 {shown.digest[:32]}; receipt {shown.receipt}"
    )
