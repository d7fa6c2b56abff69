"""The words of a place's own regulation for categories; two regulations never lend each other a word."""

from datetime import date

from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.reports.overview import PlaceFigures
from linli.records.rulebook.models import Adoption
from linli.records.rulebook.selectors import library, rules_at
from linli.rules.plain import money
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
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


def titles_here(place: Place) -> dict[str, Text]:
    """The same by the rules that hold at a place now, whether or not a project runs there; above them, by those below."""
    on, known = clock.today(), library()
    try:
        return _categories(rules_at(place), on)
    except Refused:
        below = Adoption.objects.filter(beneath(place, "place")).order_by("pack").values_list("pack", flat=True).distinct()
        return {code: title for pack in below for code, title in _categories(known.rules(pack), on).items()}


def _categories(rules: Rules, on: date) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for procedure in rules.procedures(on).values():
        known = rules.catalogues(on).get(procedure.category_catalogue) if procedure.category_catalogue else None
        found.update({code: entry.title for code, entry in (known.entries.items() if known else ())})
    return found


def in_words(fen: int) -> Text:
    """Money for running text, in both languages."""
    return Text(money.in_words(fen, "zh"), money.in_words(fen, "en"))


def pack_title(pack: str) -> Text:
    """How the regulation is called."""
    return library().packs[pack].title
