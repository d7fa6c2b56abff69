"""Acts on cases. Each is one transaction; turned down, it leaves nothing behind."""

from linli.records.cases.services.acts import take_act
from linli.records.cases.services.exceptions import ask_case_exception
from linli.records.cases.services.filing import file_case_evidence
from linli.records.cases.services.forms import answer_case_checklist, fill_case_form
from linli.records.cases.services.holds import answer_case_hold, place_case_hold
from linli.records.cases.services.linking import link_need, link_needs
from linli.records.cases.services.messages import read_message
from linli.records.cases.services.opening import open_case
from linli.records.cases.services.parties import name_party
from linli.records.cases.services.sources import name_case_sources
from linli.records.cases.services.voiding import void_case_evidence

__all__ = [
    "answer_case_checklist",
    "answer_case_hold",
    "ask_case_exception",
    "file_case_evidence",
    "fill_case_form",
    "link_need",
    "link_needs",
    "name_case_sources",
    "name_party",
    "open_case",
    "place_case_hold",
    "read_message",
    "take_act",
    "void_case_evidence",
]
