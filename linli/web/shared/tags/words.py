"""Saying things in the reader's language."""

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.web.shared.rulebooks import office_words
from linli.web.shared.speaking import language
from linli.web.shared.tags.library import register


@register.filter
def said(words: Any) -> str:
    """`{{ title|said }}`: a Text (or plain string) in the reader's language; None says nothing."""
    if words is None:
        return ""
    if isinstance(words, Text):
        return words.in_language(language())
    return words if isinstance(words, SafeString) else str(words)


@register.filter
def own(words: Any) -> SafeString | str:
    """`{{ need.what|linebreaksbr|own }}`: what a person wrote stands as it was written; on an English page a browser, and a
    voice that reads it out, is told that it is Chinese. Last of the filters; not within an attribute or a title."""
    if words is None:
        return ""
    if not language().startswith("en") or not _chinese(str(words)):
        return words if isinstance(words, SafeString) else str(words)
    return format_html('<span lang="zh-Hans">{}</span>', words)


def _chinese(words: str) -> bool:
    """Mostly: a Chinese name within an English sentence does not make it Chinese."""
    bare = _MARKUP.sub("", words)
    return len(_HAN.findall(bare)) * 2 > sum(1 for sign in bare if sign.isascii() and sign.isalpha())


_HAN, _MARKUP = re.compile(r"[\u3400-\u9fff]"), re.compile(r"<[^>]*>|&#?\w+;")


@register.filter
def unbroken(words: Any) -> SafeString:
    """`{{ fen|wan|unbroken }}`: a figure and its unit stay on one line."""
    return format_html('<span class="nb">{}</span>', words)


@register.filter
def office_title(office: str, rules: Any = None) -> str:
    """`{{ "community.party_committee"|office_title:rules }}` -> 社区党委. Without rules the vocabulary is asked."""
    return said(office_words(office, rules))


@register.filter
def office_here(office: str, place: Place) -> str:
    """`{{ "district.civil_affairs"|office_here:place }}` -> 市民政局: as the rules that hold at the place call it."""
    try:
        rules = rules_at(place)
    except Refused:
        return office_title(office)
    return office_title(office, rules)


@register.filter
def said_all(words: Any) -> str:
    """Several names as one phrase: 社区党委、街道办事处, or with commas."""
    joint = ", " if language().startswith("en") else "、"
    return joint.join(said(each) for each in words or ())


@register.filter
def office_titles(offices: Any, rules: Any = None) -> str:
    """Several offices as one phrase: 社区党委、街道党工委."""
    joint = ", " if language().startswith("en") else "、"
    return joint.join(office_title(office, rules) for office in offices or ())
