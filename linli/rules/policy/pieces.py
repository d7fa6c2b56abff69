"""What one pack says: whole constructs, and patches of constructs of the law above or of an earlier day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from linli.rules.plain.texts import Text
from linli.rules.policy.models import NOWHERE, Document, Where
from linli.rules.policy.shapes import Rec


@dataclass(frozen=True, slots=True)
class Piece:
    """A construct as written. `adds_to` names the pack whose construct it patches; "" for a whole one."""

    kind: str
    id: str
    pack: str
    adds_to: str
    since: date
    rec: Rec


@dataclass(frozen=True)
class Pack:
    """A regulation as data: who, from when, resting on what."""

    id: str
    title: Text
    version: str
    digest: str
    level: str
    jurisdiction: str
    extends: str
    sources: tuple[str, ...] = ()
    level_titles: Mapping[str, Text] = field(default_factory=dict)
    office_titles: Mapping[str, Text] = field(default_factory=dict)  # what offices are called there
    documents: tuple[Document, ...] = ()
    in_force: date | None = None
    meets: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    where: Where = NOWHERE
    rec: Rec | None = field(default=None, repr=False)  # as written, for the lint
