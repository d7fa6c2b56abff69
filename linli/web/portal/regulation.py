"""A pack as the regulation it is: its own text, paragraph by paragraph, with what the rules make of every sentence;
and who answers for what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from linli.records.places.models import Place
from linli.records.rulebook.selectors import library
from linli.rules.matching.paragraphs import is_heading
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Clause, Responsibility, Source
from linli.rules.policy.rules import Rules
from linli.web.portal.clauses import Resting, clause_link, found_in, resting
from linli.web.shared.shapes import Link

_UNDER = re.compile(
    r"^[（(][一二三四五六七八九十]+[)）].{1,30}$"
)  # (一)指导思想: a heading of the second rank, alone on its line
_LOOSE = re.compile(r"^\S+\.(jpe?g|png|docx?)(\s|$)")  # a file name left over from the page the text was taken from


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph; with an address where a clause of the pack takes its words from it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Paragraph:
    rank: int  # 2 and 3: a heading; 0: a paragraph
    anchor: str
    pieces: Sequence[Piece]
    resting: Sequence[Resting]  # what of the rules rests on its clauses

    @property
    def words(self) -> str:
        return "".join(piece.words for piece in self.pieces)


@dataclass(frozen=True)
class Regulation:
    source: Source
    paragraphs: Sequence[Paragraph]

    @property
    def chapters(self) -> list[Paragraph]:
        return [one for one in self.paragraphs if one.rank == 2]


def regulations_of(rules: Rules, on: date) -> list[Regulation]:
    """The pack's own sources as they read, from the first sentence a clause stands on."""
    known, rest = library(), resting(rules, on)
    return [_regulation(known.sources[id], rules, rest) for id in rules.pack.sources if known.texts.get(id)]


def _regulation(source: Source, rules: Rules, rest: dict[str, list[Resting]]) -> Regulation:
    known = library()
    text = known.texts[source.id]
    anchored = [(found_in(text, one.words), one) for one in known.clauses.values() if one.source == source.id]
    spans = sorted(((span, one) for span, one in anchored if span[0] < span[1]), key=lambda each: each[0])
    paragraphs, at = list[Paragraph](), 0
    for number, line in enumerate(text.split("\n")):
        here = [each for each in spans if each[0][0] < at + len(line) and each[0][1] > at]
        if line.strip() and not _LOOSE.match(line.strip()) and (here or paragraphs):
            paragraphs.append(_paragraph(f"{source.id}-{number}", line, at, here, rules.pack.id, rest))
        at += len(line) + 1
    return Regulation(source, paragraphs)


def _paragraph(
    anchor: str,
    line: str,
    at: int,
    here: Sequence[tuple[tuple[int, int], Clause]],
    pack: str,
    rest: dict[str, list[Resting]],
) -> Paragraph:
    pieces, end = list[Piece](), 0
    for (first, last), clause in here:
        begin, stop = max(first - at, end), min(last - at, len(line))
        if begin < stop:
            pieces += [Piece(line[end:begin]), Piece(line[begin:stop], reverse("portal:clause", args=[pack, clause.id]))]
            end = stop
    pieces.append(Piece(line[end:]))
    found = dict.fromkeys(one for _, clause in here for one in rest.get(clause.id, ()))
    words = line.strip()
    rank = 3 if _UNDER.match(words) else 2 if is_heading(words) and len(words) <= 30 else 0
    return Paragraph(rank, anchor, [piece for piece in pieces if piece.words.strip()], list(found))


# ── who answers for what ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Charge:
    """One duty of an office: with whom, by which sentence, through which parts of the rules."""

    duty: Text
    beside: Sequence[Text]
    clause: Link | None
    through: Sequence[Link]


@dataclass(frozen=True)
class Office:
    id: str
    title: Text
    charges: Sequence[Charge]


def offices_of(rules: Rules, on: date, place: Place | None) -> list[Office]:
    """Every office with its duties, those of the highest level first."""
    found: dict[str, list[Charge]] = {}
    for one in rules.responsibilities(on):
        for office in one.offices:
            found.setdefault(office, []).append(_charge(one, office, rules, on, place))
    order = sorted(found, key=lambda office: rules.vocabulary.depth(office.partition(".")[0]))
    return [Office(office.replace(".", "-"), rules.office_title(office), found[office]) for office in order]


def _charge(one: Responsibility, office: str, rules: Rules, on: date, place: Place | None) -> Charge:
    beside = [rules.office_title(each) for each in (*one.offices, *one.together_with) if each != office]
    links = [_part(kind, id, rules, on, place) for kind, id in one.through]
    return Charge(one.duty, beside, clause_link(rules.pack.id, one.clause), [link for link in links if link])


def _part(kind: str, id: str, rules: Rules, on: date, place: Place | None) -> Link | None:
    """A part of the pack by its title, with the page that shows it."""
    pack = reverse("portal:pack", args=[rules.pack.id])
    match kind:
        case "procedure":
            return _link(rules.procedures(on).get(id), f"{pack}?part=ways&way={id}")
        case "parameter":
            return _link(rules.parameters().get(id), f"{pack}?part=values#p-{id}")
        case "form":
            return _link(rules.forms(on).get(id), f"{pack}?part=forms#f-{id}")
        case "checklist":
            return _link(rules.checklists(on).get(id), f"{pack}?part=forms#c-{id}")
        case "catalogue":
            return _link(rules.catalogues(on).get(id), f"{pack}?part=lists#l-{id}")
        case "obligation":
            return _link(rules.obligations(on).get(id), f"{pack}?part=duties")
        case "register":
            known = rules.registers(on).get(id)
            here = place is not None and known is not None and known.at == place.level and known.public == "public"
            return _link(known, reverse("portal:register", args=[place.code, id]) if place and here else "")
        case "body" | "session" | "hold" | "scorecard" | "grant" | "selection" | "quota":
            plural = {"body": rules.bodies, "session": rules.sessions, "hold": rules.holds, "scorecard": rules.scorecards}
            more = {"grant": rules.grants, "selection": rules.selections, "quota": rules.quotas}
            return _link({**plural, **more}[kind](on).get(id), "")
    return None


def _link(known: object, url: str) -> Link | None:
    title = getattr(known, "title", None)
    return Link(title, url) if isinstance(title, Text) else None
