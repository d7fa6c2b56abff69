"""Acts on needs."""

from linli.records.needs.services.clustering import cluster_needs, judge_pair, uncluster_need
from linli.records.needs.services.contacts import read_contact
from linli.records.needs.services.handling import (
    answer_need,
    assign_check,
    entry_stands,
    take_back_entry,
    verify_need,
    withdraw_need,
)
from linli.records.needs.services.importing import begin_import, close_left_imports, import_needs, resume_import
from linli.records.needs.services.linking import (
    adopt_need,
    link_need,
    release_need,
    tell_linked,
)
from linli.records.needs.services.raising import Details, raise_need, record_visit

__all__ = [
    "Details",
    "adopt_need",
    "answer_need",
    "assign_check",
    "begin_import",
    "close_left_imports",
    "cluster_needs",
    "entry_stands",
    "import_needs",
    "judge_pair",
    "link_need",
    "raise_need",
    "read_contact",
    "record_visit",
    "release_need",
    "resume_import",
    "take_back_entry",
    "tell_linked",
    "uncluster_need",
    "verify_need",
    "withdraw_need",
]
