"""English is complete, the stylesheet small, and nothing stands inline."""

import gettext
import gzip
import re
from pathlib import Path

import pytest

from linli.web.shared import translations
from linli.web.shared.sentences import sentences

WEB = Path(translations.__file__).resolve().parents[1]
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
STYLE = WEB / "shared" / "static" / "linli.css"


def test_every_rule_of_the_stylesheet_says_what_it_is_for() -> None:
    assert re.findall(r"^ *\{.*", STYLE.read_text("utf-8"), re.MULTILINE) == []
    assert re.findall(r"^ [a-z].*\{", STYLE.read_text("utf-8"), re.MULTILINE) == []


def test_every_sentence_has_its_english() -> None:
    assert translations.problems() == []


def test_the_extractor_sees_templates_python_and_arguments_of_tags() -> None:
    found = {sentence.words: sentence for sentence in sentences()}
    assert found["直接看正文"].where.startswith("linli/web/shared/templates/shared/base.html:")
    assert found["今天截止"].where.startswith("linli/web/shared/tags/figures.py:")
    assert "手机号" in found
    assert found["还差 %(n)s 项，补齐后就能办。"].plural


def test_what_is_compiled_can_be_read_by_gettext(tmp_path: Path) -> None:
    path = tmp_path / "django.mo"
    path.write_bytes(translations._mo({"还缺": "Missing", "还剩 %(n)s 天": ["%(n)s day left", "%(n)s days left"]}))
    with path.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("还缺") == "Missing"
    assert read.ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", 1) == "%(n)s day left"
    assert read.ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", 3) == "%(n)s days left"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"a.json": '{"还缺": "Missing"}', "b.json": '{"还缺": "Lacking"}'}, "has two translations"),
        ({"a.json": '{"还剩 %(n)s 天": "days left"}'}, "different placeholders"),
        ({"a.json": "{}"}, "no English for 「还缺」"),
    ],
)
def test_gaps_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, parts: dict[str, str], said: str) -> None:
    for name, text in parts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(translations, "PARTS", tmp_path)
    assert any(said in line for line in translations.problems())


def test_the_stylesheet_stays_small() -> None:
    plain = STYLE.read_bytes()
    assert len(plain) <= 60_000
    assert len(gzip.compress(plain)) <= 14_000


def test_there_is_one_stylesheet_no_font_and_five_small_scripts() -> None:
    shipped = {path.name for path in WEB.rglob("static/**/*") if path.suffix in {".css", ".woff", ".woff2", ".ttf", ".js"}}
    assert shipped == {"linli.css", "choose_all.js", "drafts.js", "intake.js", "lengths.js", "todo.js"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_nothing_stands_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|javascript:""", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert "|safe" not in text
    assert "autoescape off" not in text


def test_motion_and_colour_follow_the_readers_wishes() -> None:
    css = STYLE.read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in css
    assert "prefers-reduced-motion" in css
    assert "@media print" in css
    assert "italic" not in css
    assert "text-align: justify" not in css


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def test_every_ink_can_be_read_on_every_paper() -> None:
    css = STYLE.read_text(encoding="utf-8")
    blocks = re.findall(r"(:root|\[data-size=\"large\"\]) \{([^}]*--(?:paper|soft)[^}]*)\}", css)
    light, large, dark, dark_large = (_tokens(body) for _, body in blocks[:4])
    for paper, ink, least in ((light, light, 4.5), (light, large, 7), (dark, dark, 4.5), (dark, dark_large, 7)):
        shown = {**paper, **ink}
        for name in ("ink", "soft", "green", "red", "amber", "grey"):
            for ground in ("paper", "sheet"):
                assert contrast(shown[name], shown[ground]) >= least, (name, ground, least)
        for name, ground in (
            ("green", "green-tint"),
            ("red", "red-tint"),
            ("amber", "amber-tint"),
            ("soft", "grey-tint"),
            ("on-green", "green"),
        ):
            assert contrast(shown[name], shown[ground]) >= 4.5, (name, ground)


# --- signs --------------------------------------------------------------------------------------------------------------
_SAID = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{[%{#].*?[%}#]\}", re.S)
_SIGNS = re.compile("[，。；：（）、“”《》！？]")


def test_no_chinese_sign_stands_in_a_template_outside_what_is_translated() -> None:
    found = [
        f"{page.relative_to(WEB)}: {sign[0]}"
        for page in TEMPLATES
        if (sign := _SIGNS.search(_SAID.sub("", page.read_text(encoding="utf-8"))))
    ]
    assert found == []
