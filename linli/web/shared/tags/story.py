"""What happened and what comes: timelines, countdowns, stamps, photos, receipts."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from linli.web.shared import clock
from linli.web.shared.shapes import ClauseBook, Entry, Photo, Receipt, Tone
from linli.web.shared.tags.kept import kept_piece
from linli.web.shared.tags.library import register
from linli.web.shared.tags.words import said

_STAMP_SHAPES: dict[str, str] = {
    "running": "ring",
    "waiting": "clock",
    "action": "next",
    "done": "tick",
    "closed": "dash",
    "refused": "cross",
}


@register.inclusion_tag("shared/pieces/timeline.html")
def timeline(entries: Sequence[Entry], rules: ClauseBook | None = None, label: Any = "") -> dict[str, Any]:
    """`{% timeline entries rules %}`: one vertical line; entries with state "next" are grey."""
    return {"entries": entries, "rules": rules, "label": label}


@register.simple_tag
def countdown(last_day: date | None, kind: str = "waiting") -> SafeString:
    """`{% countdown notice.last_day %}`; kind="due" for a duty that grows overdue. The last day ends at 24:00."""
    left = (last_day - clock.today()).days if last_day else 0
    over = left < 0
    tone = "action" if kind == "due" and left <= 1 else "closed" if over else "waiting"
    told = {"last_day": last_day, "days_over": -left, "over": over, "overdue": over and kind == "due", "tone": tone}
    return kept_piece("shared/pieces/countdown.html", told)


@register.simple_tag
def stamp(title: Any, tone: Tone = "running") -> SafeString:
    """`{% stamp "公示中" "waiting" %}`: running, waiting, action, done, closed, refused. Shape and word, then colour."""
    return _stamp(said(title), tone)


@lru_cache(maxsize=1024)
def _stamp(title: str, tone: Tone) -> SafeString:
    return kept_piece("shared/pieces/stamp.html", {"title": title, "tone": tone, "shape": _STAMP_SHAPES[tone]})


@register.simple_tag
def evidence_strip(photos: Sequence[Photo]) -> SafeString:
    """`{% evidence_strip photos %}`: before, during, after side by side; a moment without a photo says so."""
    moments = [("before", _("之前")), ("during", _("过程")), ("after", _("之后"))]
    told = {"moments": [(title, [photo for photo in photos if photo.moment == key]) for key, title in moments]}
    return kept_piece("shared/pieces/evidence_strip.html", told)


@register.inclusion_tag("shared/pieces/receipt.html")
def receipt(slip: Receipt) -> dict[str, Any]:
    """`{% receipt slip %}`: code in groups, QR, how to check. Prints on half a page."""
    return {"slip": slip, "spoken": " ".join(slip.code)}


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    """`{% qr address %}`: an inline SVG. Dark on white in every mode, or cameras fail."""
    return _drawn(text, str(label or _("二维码")))


@lru_cache(maxsize=256)
def _drawn(text: str, label: str) -> SafeString:
    drawn = segno.make(text, error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=label)
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))
