"""All packs of a folder, and the rules of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli.rules.plain.days import Calendar
from linli.rules.policy.errors import Findings, PackError
from linli.rules.policy.models import Clause, Source
from linli.rules.policy.overlay import Layers
from linli.rules.policy.pieces import Pack
from linli.rules.policy.rules import Rules
from linli.rules.policy.texts import ClauseTexts
from linli.rules.policy.vocabulary import Vocabulary


@dataclass
class Library:
    """`notes` are worth knowing and stop nothing; `texts` holds the stored text of every source by its id."""

    vocabulary: Vocabulary
    calendar: Calendar
    sources: Mapping[str, Source]
    clauses: Mapping[str, Clause]
    packs: Mapping[str, Pack]
    texts: Mapping[str, str] = field(repr=False, default_factory=dict)
    notes: tuple[PackError, ...] = field(repr=False, default=())

    def __post_init__(self) -> None:
        self.clause_texts = ClauseTexts(self.clauses, self.sources, self.texts)
        self._rules: dict[str, Rules] = {}

    def chain(self, pack_id: str) -> tuple[Pack, ...]:
        """The pack and everything it extends, the law above first. KeyError for an unknown pack."""
        chain = [self.packs[pack_id]]
        while chain[0].extends in self.packs and len(chain) <= len(self.packs):
            chain.insert(0, self.packs[chain[0].extends])
        return tuple(chain)

    def layers(self, pack_id: str, findings: Findings) -> Layers:
        """The overlay of a pack, complaining to `findings`; for the lint."""
        return Layers(self.chain(pack_id), self.vocabulary, self.clauses, findings)

    def rules(self, pack_id: str) -> Rules:
        """The pack laid over everything it extends."""
        found = self._rules.get(pack_id)
        if found is None:
            found = self._rules[pack_id] = Rules(self.layers(pack_id, Findings()), self.clause_texts, self.calendar)
        return found

    def clause_text(self, clause: str) -> str:
        """The paragraph of the regulation in which the clause's words stand; "" for open and template."""
        return self.clause_texts.clause_text(clause)

    def clause_title(self, clause: str) -> object:
        return self.clause_texts.clause_title(clause)
