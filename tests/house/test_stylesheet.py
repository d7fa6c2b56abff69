"""The stylesheet and the pages know the same names: no rule for what no page says, no class that means nothing."""

import re
from pathlib import Path

import allauth

WEB = Path(__file__).parents[2] / "linli" / "web"
STYLE = WEB / "shared" / "static" / "linli.css"
PAGES = {path: path.read_text("utf-8") for path in sorted(WEB.rglob("templates/**/*.html"))}
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted(WEB.rglob("static/**/*.js")))
CODE = "".join(path.read_text("utf-8") for path in sorted(WEB.rglob("*.py")))

_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_SAID = re.compile(r"""\bclass=(?:"([^"]*)"|'([^']*)')""")
_FILLED_IN = re.compile(r"([\w-]*)\{+[^{}%][^{}]*\}+")


def selectors() -> list[str]:
    """Every selector of the sheet, whatever it stands under."""
    css = re.sub(r"/\*.*?\*/", "", STYLE.read_text("utf-8"), flags=re.DOTALL)
    found = [part.strip() for part in re.findall(r"([^{}]+)\{", css)]
    return [each for each in found if not each.startswith("@")]


def styled() -> set[str]:
    return {name for each in selectors() for name in _CLASS.findall(each)}


def classes(text: str) -> list[str]:
    """What stands in class attributes; what depends on something stands there in each of its forms."""
    return [double or single for double, single in _SAID.findall(re.sub(r"\{%.*?%\}", " ", text))]


def said() -> str:
    return " ".join(words for text in (*PAGES.values(), CODE) for words in classes(text))


def named(name: str, words: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words) is not None


def families() -> set[str]:
    """Beginnings of names whose end is filled in: `tone-` of `tone-{{ tone }}`."""
    return {beginning for beginning in _FILLED_IN.findall(said()) if beginning.endswith("-")}


def test_every_class_of_the_stylesheet_is_named_by_a_page() -> None:
    words, ends = said(), families()
    everything = "".join(PAGES.values()) + CODE
    dead = []
    for name in sorted(styled()):
        family = next((each for each in ends if name.startswith(each)), "")
        # What is filled in is a word of the code, or a number.
        filled = bool(family) and (name.removeprefix(family).isdigit() or named(name.removeprefix(family), everything))
        if not (named(name, words) or filled or named(name, SCRIPTS) or f'"{name}"' in everything or f"messages.{name}(" in CODE):
            dead.append(name)
    assert dead == []


def test_every_element_the_stylesheet_speaks_of_is_on_a_page() -> None:
    theirs = Path(allauth.__file__).parent / "templates"
    everything = "".join((*PAGES.values(), CODE, *(path.read_text("utf-8") for path in sorted(theirs.rglob("*.html")))))
    plain = [re.sub(r"\[[^\]]*\]|::?[\w-]+(?:\([\dn+-]+\))?|[.#][\w-]+", " ", each) for each in selectors()]
    elements = {name for each in plain for name in re.findall(r"[a-z][a-z0-9]*", each)}
    assert [name for name in sorted(elements) if not re.search(rf"<{name}\b", everything)] == []


def test_every_class_of_a_page_means_something() -> None:
    """To the sheet, to a script, or to an htmx attribute."""
    known, unknown = styled(), []
    htmx = " ".join(words for text in PAGES.values() for words in re.findall(r'hx-[\w-]+="([^"]*)"', text))
    for path, text in PAGES.items():
        for words in classes(text):
            for name in re.sub(r"\S*\{\{.*?\}\}\S*", " ", words).split():
                if name not in known and f".{name}" not in htmx + SCRIPTS:
                    unknown.append(f"{path.relative_to(WEB)}: {name}")
    assert unknown == []


def test_no_rule_is_written_twice() -> None:
    """The same selector with the same words, in the same conditions."""
    css = re.sub(r"/\*.*?\*/", "", STYLE.read_text("utf-8"), flags=re.DOTALL)
    seen: set[tuple[str, str, str]] = set()
    twice = []
    under = ""
    for line in css.splitlines():
        if line.startswith("@"):
            under = line.partition("{")[0]
        for selector, words in re.findall(r"([^{}@]+)\{([^{}]*)\}", line):
            rule = (under if line.startswith((" ", "@")) else "", selector.strip(), words.strip())
            twice += [rule[1]] if rule in seen else []
            seen.add(rule)
    assert twice == []
