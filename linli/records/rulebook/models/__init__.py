"""What the rulebook remembers: which rules hold where, where every subject stands, and why it stands there."""

from linli.records.rulebook.models.adoption import Adoption, LocalSetting, PackEdition, PackFiles, RulesEdition
from linli.records.rulebook.models.exceptions import ExceptionAsked
from linli.records.rulebook.models.holds import PAUSED, Hold
from linli.records.rulebook.models.passage import DecisionRecord, Passage, Signature, Step

__all__ = [
    "PAUSED",
    "Adoption",
    "DecisionRecord",
    "ExceptionAsked",
    "Hold",
    "LocalSetting",
    "PackEdition",
    "PackFiles",
    "Passage",
    "RulesEdition",
    "Signature",
    "Step",
]
