"""The words of a place's own regulation for categories; two regulations never lend each other a word."""

from linli.records.reports.overview import PlaceFigures
from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.web.shared import clock


def category_titles(figures: PlaceFigures) -> dict[str, Text]:
    """Code -> title, by the packs under which matters of this place run."""
    found: dict[str, Text] = {}
    packs, on = library(), clock.today()
    for way in figures.ways:
        name = way.course.procedure.category_catalogue
        known = packs.rules(way.course.pack).catalogues(on).get(name) if name else None
        for code, entry in known.entries.items() if known else ():
            found.setdefault(code, entry.title)
    return found


def pack_title(pack: str) -> Text:
    """How the regulation is called."""
    return library().packs[pack].title
