"""What a person wrote is not translated; on an English page it is marked as the Chinese it is."""

import pytest
from django.template import engines
from django.urls import reverse
from django.utils.translation import override

from tests.records.needs.world import Village

MARKED = '<span lang="zh-Hans">{}</span>'


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("三栋楼道的灯坏了", True),
        ("装 LED 灯，原来的太暗了", True),
        ("The lamp of 南头城 is broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_chinese_words_on_english_pages_are_marked(words: str | None, marked: bool) -> None:
    template = engines["django"].from_string("{{ words|own }}")
    with override("en"):
        assert template.render({"words": words}) == (MARKED.format(words) if marked else words or "")
    with override("zh-hans"):
        assert template.render({"words": words}) == (words or "")


def test_marked_words_stay_as_harmless_as_they_were() -> None:
    template = engines["django"].from_string("{{ words|linebreaksbr|own }}{{ words|own }}")
    with override("en"):
        assert "<b>" not in template.render({"words": "<b>灯\n坏了</b>"})


def test_a_need_on_an_english_page_is_said_to_be_chinese(village: Village, desk) -> None:
    need = village.asks()
    page = reverse("desk:need", args=[need.code])
    assert MARKED.format(need.what) in desk.of(village.host, "en").get(page).content.decode()
    assert MARKED.format(need.what) not in desk.of(village.host).get(page).content.decode()
