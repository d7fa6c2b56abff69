"""Does a pack hold together? Every name resolves, every state can be reached and left, no gate is gone around."""

from linli.rules.policy.errors import Findings
from linli.rules.policy.kinds import KINDS, PARAMETERS, SHAPES
from linli.rules.policy.library import Library
from linli.rules.policy.lint_checks import lint_checks
from linli.rules.policy.lint_names import Names, lint_names, lint_pack
from linli.rules.policy.lint_rows import lint_rows
from linli.rules.policy.lint_states import lint_states
from linli.rules.policy.lint_values import lint_values
from linli.rules.policy.models import TEMPLATE
from linli.rules.policy.overlay import Layers
from linli.rules.policy.shapes import Rec


def lint(library: Library, findings: Findings) -> None:
    """Report to `findings` whatever does not hold, for every pack laid over what it extends, on every stretch of days."""
    sound = [id for id in library.packs if _chain(library, id, findings)]
    for id in sound:
        layers = library.layers(id, findings)
        extends = library.packs[id].extends
        above = library.layers(extends, Findings()) if extends else None
        _ownership(layers, findings)
        lint_values(layers, findings)
        written = library.packs[id].rec
        if written is not None:
            lint_pack(written, Names(layers, len(layers.epochs) - 1, frozenset(library.sources)), findings)
        for epoch in range(len(layers.epochs)):
            _epoch(layers, epoch, above, library, findings)
    _uncited(library, findings)


def _epoch(layers: Layers, epoch: int, above: Layers | None, library: Library, findings: Findings) -> None:
    names = Names(layers, epoch, frozenset(library.sources))
    for kind in SHAPES:
        for id in layers.pieces[kind]:
            rec = _complete(layers, kind, id, epoch, findings)
            if rec is not None:
                lint_names(kind, rec, names, findings)
    for kind in KINDS:
        layers.at(kind, epoch)
    lint_checks(names, findings)
    lint_rows(names, findings)
    lint_states(layers, epoch, above, findings)


def _complete(layers: Layers, kind: str, id: str, epoch: int, findings: Findings) -> Rec | None:
    if kind == PARAMETERS:
        first = layers.pieces[kind][id][0]
        rec = None if first.adds_to else first.rec
    else:
        rec = layers.composed(kind, id, layers.epochs[epoch])
    if rec is not None:
        SHAPES[kind].missing(rec, findings)
    return rec


def _chain(library: Library, id: str, findings: Findings) -> bool:
    """Whether what a pack extends can be laid below it at all."""
    pack = library.packs[id]
    if not pack.extends:
        return True
    if pack.extends not in library.packs:
        findings.add("extends_nothing", pack.where, pack=pack.extends, known=tuple(library.packs))
        return False
    seen = [id]
    while (above := library.packs[seen[-1]].extends) in library.packs:
        if above in seen:
            findings.add("extends_itself", pack.where, pack=id)
            return False
        seen.append(above)
    upper = library.packs[pack.extends]
    if library.vocabulary.depth(pack.level) <= library.vocabulary.depth(upper.level):
        findings.add("level_not_below", pack.where, pack=id, level=pack.level, above=upper.id)
    return True


def _ownership(layers: Layers, findings: Findings) -> None:
    """Patches patch something, and nobody writes what the law above has written already."""
    for ids in layers.pieces.values():
        for pieces in ids.values():
            owner = next((piece for piece in pieces if not piece.adds_to), None)
            for piece in pieces:
                if piece.adds_to and (owner is None or piece.adds_to != owner.pack):
                    findings.add("adds_to_nothing", piece.rec.at("adds_to"), pack=piece.adds_to, id=piece.id)
                elif not piece.adds_to and owner is not None and piece.pack != owner.pack:
                    findings.add("redefined", piece.rec.where, id=piece.id, pack=owner.pack)


def _uncited(library: Library, findings: Findings) -> None:
    cited: set[str] = {TEMPLATE}
    waiting: list[object] = [piece.rec for pack in library.packs.values() for piece in pack.pieces]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Rec):
            said = part.get("clause", ())
            cited.update((said,) if isinstance(said, str) else said)
            waiting.extend(part.values())
        elif isinstance(part, tuple):
            waiting.extend(part)
    cited.update(document.clause for pack in library.packs.values() for document in pack.documents)
    for id, clause in library.clauses.items():
        if id not in cited:
            findings.note("unused_clause", clause.where, clause=id)
