"""What builders need to know about the rest of the rules, and where they complain."""

from collections.abc import Callable, Container, Mapping

from linli.rules.plain.texts import Text
from linli.rules.policy.errors import Findings
from linli.rules.policy.models import OPEN, TEMPLATE, ExceptionRule, Parameter
from linli.rules.policy.shapes import Rec
from linli.rules.policy.vocabulary import Vocabulary


class Context:
    """Names of everything in force for one chain of packs."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        clauses: Container[str],
        parameter: Callable[[str], Parameter | None],
        catalogues: Container[str],
        findings: Findings,
    ) -> None:
        self.vocabulary = vocabulary
        self.parameter = parameter
        self.catalogues = catalogues
        self.findings = findings
        self._clauses = clauses
        self.columns: Mapping[str, str] = {}  # catalogue -> the fact that says which of its entries a matter is

    def within(self, columns: Mapping[str, str]) -> "Context":
        """The same context inside a procedure that has these columns."""
        inner = Context(self.vocabulary, self._clauses, self.parameter, self.catalogues, self.findings)
        inner.columns = columns
        return inner

    def clause(self, rec: Rec, name: Text, above: str = "") -> str:
        """The clause of a part: its own, else that of the patch it came with, else of the construct above it."""
        own = rec.get("clause")
        if own is not None:
            self._known(own, rec)
            return str(own)
        if "clause" in rec.lines:
            return OPEN
        inherited = rec.clause[0] if rec.clause else above
        if inherited:
            self.findings.note("clause_inherited", rec.where, name=name, clause=inherited)
            return inherited
        self.findings.add("clause_missing", rec.where, name=name)
        return OPEN

    def clauses(self, rec: Rec, name: Text, above: str = "") -> tuple[str, ...]:
        """The same for an act, which may rest on several clauses."""
        own: tuple[str, ...] = rec.get("clause", ())
        for clause in own:
            self._known(clause, rec)
        if own:
            return own
        inherited = rec.clause or ((above,) if above else ())
        if inherited:
            self.findings.note("clause_inherited", rec.where, name=name, clause=inherited)
            return inherited
        self.findings.add("clause_missing", rec.where, name=name)
        return (OPEN,)

    def whole(self, rec: Rec, name: Text, parts: tuple[Rec, ...] = ()) -> str:
        """The clause of a whole construct; without one, every part must have its own and the first one stands for all."""
        own = [part.get("clause") or (part.clause[0] if part.clause else None) for part in parts]
        if "clause" not in rec.lines and own and all(own):
            first = own[0]
            return str(first[0] if isinstance(first, tuple) else first)
        return self.clause(rec, name)

    def _known(self, clause: str, rec: Rec) -> None:
        if clause not in (OPEN, TEMPLATE) and clause not in self._clauses:
            self.findings.add("unknown_clause", rec.at("clause"), clause=clause)

    def exception(self, rec: Rec | None, above: str) -> ExceptionRule | None:
        """原则上: who may excuse, and on which grounds."""
        if rec is None:
            return None
        clause = rec.get("clause")
        if clause is not None:
            self._known(clause, rec)
        by, grounds = tuple(rec.get("by", ())), tuple(rec.get("grounds", ()))
        return ExceptionRule(by, grounds, clause or above or OPEN, rec.get("reaches", ""))
