"""Questions about needs."""

from linli.records.needs.selectors.coverage import (
    Coverage,
    coverage,
    coverage_facts,
    coverage_of_communities,
    households_to_visit,
)
from linli.records.needs.selectors.imports import Fault, RejectedRow, correction_file, rejected_rows, template_file
from linli.records.needs.selectors.needs import (
    by_code,
    contact_of,
    how_many_needs,
    need,
    needs_at,
    needs_in_state,
    needs_of,
    needs_of_subject,
    newest_needs,
)
from linli.records.needs.selectors.similar import Similar, duplicates_open, near_duplicates, similar_needs

__all__ = [
    "Coverage",
    "Fault",
    "RejectedRow",
    "Similar",
    "by_code",
    "contact_of",
    "correction_file",
    "coverage",
    "coverage_facts",
    "coverage_of_communities",
    "duplicates_open",
    "households_to_visit",
    "how_many_needs",
    "near_duplicates",
    "need",
    "needs_at",
    "needs_in_state",
    "needs_of",
    "needs_of_subject",
    "newest_needs",
    "rejected_rows",
    "similar_needs",
    "template_file",
]
