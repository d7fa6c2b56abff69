"""Icons of our own: 20 x 20, one stroke, in the colour of the text beside them. Always next to a word, never instead."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from linli.web.shared.tags.library import register

ICONS = {
    "home": "M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5V12h3v4.5",
    "need": "M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5zM7 8h6M7 10.5h4",
    "project": "M3.5 16.5h13M5 16.5V8l5-4 5 4v8.5M8 16.5v-4h4v4",
    "notice": "M4 8v4h3l6 3.5v-11L7 8zM15.5 8a3 3 0 0 1 0 4",
    "people": "M7.5 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 16c0-3 2-4.5 4.5-4.5S12 13 12 16"
    "M12.5 9a2.2 2.2 0 1 0 0-4.4M14 11.7c2 .3 3 1.8 3 4.3",
    "me": "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4 16.5c0-3.4 2.5-4.8 6-4.8s6 1.4 6 4.8",
    "money": "M5 4l5 6 5-6M10 10v6.5M6 10.5h8M6 13.5h8",
    "todo": "M4 5.5l1.3 1.3L8 4M4 11.5l1.3 1.3L8 10M11 5.5h5.5M11 11.5h5.5M4.5 16.5h12",
    "bell": "M10 3.5a4.5 4.5 0 0 0-4.5 4.5c0 4-2 5-2 5h13s-2-1-2-5A4.5 4.5 0 0 0 10 3.5M8.5 15.5a1.6 1.6 0 0 0 3 0",
    "overview": "M4 16.5V11M8 16.5V6M12 16.5V9M16 16.5V3.5",
    "calendar": "M3.5 5.5h13v11h-13zM3.5 9h13M7 3.5v3M13 3.5v3",
    "rules": "M5 3.5h8l2.5 2.5v10.5H5zM8 8.5h5M8 11h5M8 13.5h3",
    "search": "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4",
    "clock": "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6v4.2l2.8 1.8",
    "phone": "M5 3.5h2.5L9 7.5 7.3 9"
    "a9 9 0 0 0 3.9 3.9l1.5-1.8 4 1.6V15c0 1-1 1.8-2 1.6C9.5 16 4 10.5 3.4 5.4 3.3 4.4 4 3.5 5 3.5z",
    "print": "M6 7.5V3.5h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8v5H6z",
    "file": "M5.5 3.5h6l3 3v10h-9zM11.5 3.5v3h3",
    "place": "M10 17c4-4.5 5.5-6.5 5.5-9a5.5 5.5 0 0 0-11 0c0 2.5 1.5 4.5 5.5 9M10 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
    "tick": "M4 10.5l4 4 8-9",
    "cross": "M5 5l10 10M15 5L5 15",
    "ring": "M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12",
    "dash": "M5 10h10",
    "next": "M8 5l5 5-5 5",
    "back": "M12 5l-5 5 5 5",
    "add": "M10 4v12M4 10h12",
    "outbox": "M3.5 11v5.5h13V11M10 12V3.5M6.5 7L10 3.5 13.5 7",
}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: int = 20) -> SafeString:
    """`{% icon "home" %}`: hidden from screen readers, because the word beside it is read."""
    path = mark_safe(ICONS[name])
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" width="{}" height="{}" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        size,
        size,
        path,
    )
