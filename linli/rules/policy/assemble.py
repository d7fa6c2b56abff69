"""From texts to a library: parse, check shapes, and sort constructs into packs."""

from collections.abc import Mapping as AnyMapping
from datetime import date
from hashlib import sha256

from linli.rules.plain.days import Calendar
from linli.rules.plain.texts import Text
from linli.rules.policy import grammar
from linli.rules.policy.build_people import document
from linli.rules.policy.context import Context
from linli.rules.policy.errors import Findings
from linli.rules.policy.files import Files
from linli.rules.policy.kinds import SHAPES
from linli.rules.policy.library import Library
from linli.rules.policy.models import NOWHERE, Clause, Source, Where
from linli.rules.policy.pieces import Pack, Piece
from linli.rules.policy.shapes import Rec, Table, day_of
from linli.rules.policy.texts import paragraph
from linli.rules.policy.vocabulary import HOLIDAYS_SHAPE, Vocabulary, read_vocabulary
from linli.rules.policy.yaml12 import Mapping, Node, Sequence, parse

_NOTHING = Text("", "")


def assemble(files: Files, findings: Findings) -> Library:
    """A library out of all files; what is broken is left out and reported."""
    vocabulary = _vocabulary(files, findings)
    sources = _sources(files, findings)
    texts = {id: files.texts.get(f"texts/{source.file}", "") for id, source in sources.items()}
    clauses = _clauses(files, texts, findings)
    packs = {id: pack for id in files.packs() if (pack := _pack(id, files, vocabulary, clauses, findings)) is not None}
    return Library(vocabulary, _calendar(files, findings), sources, clauses, packs, texts)


def _node(path: str, files: Files, findings: Findings) -> Node | None:
    return parse(files.texts[path], path, findings) if path in files.texts else None


def _vocabulary(files: Files, findings: Findings) -> Vocabulary:
    nodes: dict[str, Node] = {}
    for path, text in files.under("vocabulary").items():
        name = path.removeprefix("vocabulary/").removesuffix(".yaml")
        node = parse(text, path, findings) if "/" not in name else None
        if node is not None:
            nodes[name] = node
    return read_vocabulary(nodes, findings)


def _calendar(files: Files, findings: Findings) -> Calendar:
    off: list[date] = []
    work: list[date] = []
    for path, text in files.under("vocabulary/holidays").items():
        node = parse(text, path, findings)
        read = HOLIDAYS_SHAPE.read(node, findings) if node is not None else None
        if not isinstance(read, Rec):
            continue
        for key, days in (("off", off), ("work", work)):
            for written in read.get(key, ()):
                day = day_of(written)
                if day is None or not path.endswith(f"/{day.year}.yaml"):
                    findings.add("holiday", read.at(key), day=written, file=path.rsplit("/", 1)[-1])
                else:
                    days.append(day)
    return Calendar.of(off, work)


def _sources(files: Files, findings: Findings) -> dict[str, Source]:
    node = _node("sources.yaml", files, findings)
    if node is None:
        findings.add("file_missing", Where("sources.yaml", 1), file="sources.yaml")
        return {}
    table = Table(grammar.SOURCE).read(node, findings)
    records = table if isinstance(table, Rec) else Rec({}, NOWHERE, {})
    return {id: _source(id, rec, files, findings) for id, rec in records.items()}


def _source(id: str, rec: Rec, files: Files, findings: Findings) -> Source:
    grammar.SOURCE.missing(rec, findings)
    content = files.raw.get(f"texts/{rec.get('file')}")
    if "file" in rec and content is None:
        findings.add("text_missing", rec.at("file"), file=rec["file"])
    elif content is not None and sha256(content).hexdigest() != rec.get("sha256"):
        findings.add("text_changed", rec.at("sha256"), file=rec["file"], digest=sha256(content).hexdigest())
    return Source(
        id=id,
        title=rec.get("title", _NOTHING),
        issuer=tuple(rec.get("issuer", ())),
        file=rec.get("file", ""),
        sha256=rec.get("sha256", ""),
        issued=rec.get("issued", date.min),
        status=rec.get("status", ""),
        number=rec.get("number", ""),
        in_force=rec.get("in_force"),
        until=rec.get("until"),
        jurisdiction=rec.get("jurisdiction", ""),
        based_on=tuple(rec.get("based_on", ())),
        replaces=tuple(rec.get("replaces", ())),
        where=rec.where,
    )


def _clauses(files: Files, texts: AnyMapping[str, str], findings: Findings) -> dict[str, Clause]:
    clauses: dict[str, Clause] = {}
    for pack in files.packs():
        for path, text in files.under(f"{pack}/clauses").items():
            source = path.rsplit("/", 1)[-1].removesuffix(".yaml")
            node = parse(text, path, findings)
            if node is not None and source not in texts:
                findings.add("clauses_of_no_source", Where(path, 1), source=source, known=tuple(texts))
            elif node is not None:
                _anchors(node, source, texts[source], clauses, findings)
    return clauses


def _anchors(node: Node, source: str, text: str, clauses: dict[str, Clause], findings: Findings) -> None:
    table = Table(grammar.CLAUSE).read(node, findings)
    if not isinstance(table, Rec):
        return
    for id, rec in table.items():
        grammar.CLAUSE.missing(rec, findings)
        if not id.startswith(f"{source} "):
            findings.add("clause_id", rec.where, id=id, source=source)
        if id in clauses:
            findings.add("same_id", rec.where, id=id, first=str(clauses[id].where))
            continue
        words = rec.get("words", "")
        if words and text and not paragraph(text, words):
            findings.add("words_not_in_text", rec.at("words"), id=id, words=words, source=source)
        clauses[id] = Clause(id, source, rec.get("at", ""), words, rec.where)


def _pack(id: str, files: Files, vocabulary: Vocabulary, clauses: AnyMapping[str, Clause], findings: Findings) -> Pack | None:
    node = _node(f"{id}/pack.yaml", files, findings)
    rec = grammar.PACK.read(node, findings) if node is not None else None
    if not isinstance(rec, Rec):
        return None
    grammar.PACK.missing(rec, findings)
    if rec.get("id", id) != id:
        findings.add("pack_id", rec.at("id"), id=rec["id"], folder=id)
    ctx = Context(vocabulary, clauses, lambda name: None, (), findings)
    return Pack(
        id=id,
        title=rec.get("title", _NOTHING),
        version=rec.get("version", ""),
        digest=_digest(files.under(id)),
        level=rec.get("level", ""),
        jurisdiction=rec.get("jurisdiction", ""),
        extends=rec.get("extends", ""),
        sources=tuple(rec.get("sources", ())),
        level_titles={
            level: title if isinstance(title, Text) else Text(title, title)
            for level, title in rec.get("level_titles", {}).items()
        },
        office_titles=_office_titles(rec.get("office_titles", {}), vocabulary, findings),
        documents=tuple(document(key, part, ctx) for key, part in rec.get("documents", {}).items()),
        in_force=rec.get("in_force"),
        meets=tuple(rec.get("meets", ())),
        pieces=tuple(_pieces(id, files, findings)),
        where=rec.where,
        rec=rec,
    )


def _office_titles(rec: AnyMapping[str, Text], vocabulary: Vocabulary, findings: Findings) -> dict[str, Text]:
    for office in rec:
        if not vocabulary.has_office(office) and isinstance(rec, Rec):
            findings.add("unknown_office", rec.at(office), office=office)
    return dict(rec)


def _digest(files: AnyMapping[str, str]) -> str:
    """Over the paths and texts of a pack; cases are examples, not rules."""
    said = sha256()
    for path, text in files.items():
        if "/cases/" not in path:
            said.update(f"{path}\0{text}\0".encode())
    return said.hexdigest()


def _pieces(pack: str, files: Files, findings: Findings) -> list[Piece]:
    pieces: list[Piece] = []
    for path, text in files.under(pack).items():
        kind = path.split("/")[1].removesuffix(".yaml")
        if kind in ("pack", "clauses", "cases"):
            continue
        if kind not in SHAPES:
            findings.add("unknown_file", Where(path, 1), file=path, known=(*SHAPES, "pack", "clauses", "cases"))
            continue
        node = parse(text, path, findings)
        if node is not None:
            pieces.extend(_of_file(kind, pack, node, findings))
    _twice(pieces, findings)
    return pieces


def _of_file(kind: str, pack: str, node: Node, findings: Findings) -> list[Piece]:
    shape = SHAPES[kind]
    if kind == "procedures" or isinstance(node, Sequence):
        items = node.items if isinstance(node, Sequence) else [node]
        recs = [rec for item in items if isinstance(rec := shape.read(item, findings), Rec)]
        return [_piece(kind, rec.get("id") or str(rec.where), pack, rec, findings) for rec in recs]
    if not isinstance(node, Mapping):
        findings.add(
            "wrong_type", node.where, wanted=Text("几个键和值", "keys with values"), found=Text("别的", "something else")
        )
        return []
    table = Table(shape).read(node, findings)
    return [_piece(kind, id, pack, rec, findings) for id, rec in table.items()]


def _piece(kind: str, id: str, pack: str, rec: Rec, findings: Findings) -> Piece:
    if kind == "procedures" and "id" not in rec:
        findings.add("missing_key", rec.where, key="id", name=grammar.PROCEDURE.title)
    adds_to = rec.get("adds_to", "")
    if adds_to:
        _hand_down(rec, rec.get("clause"))
    return Piece(kind, id, pack, adds_to, rec.get("since", date.min), rec)


def _hand_down(rec: Rec, clause: str | None) -> None:
    """The parts of a patch rest on the patch's clause where they name none."""
    rec.patched = True
    if clause is None:
        return
    waiting: list[object] = list(rec.values())
    while waiting:
        part = waiting.pop()
        if isinstance(part, Rec):
            part.clause = (clause,)
            waiting.extend(part.values())
        elif isinstance(part, tuple):
            waiting.extend(part)


def _twice(pieces: list[Piece], findings: Findings) -> None:
    seen: dict[tuple[str, str, date], Piece] = {}
    for piece in pieces:
        key = (piece.kind, piece.id, piece.since if piece.adds_to else date.min)
        if key in seen:
            findings.add("same_id", piece.rec.where, id=piece.id, first=str(seen[key].rec.where))
        seen.setdefault(key, piece)
