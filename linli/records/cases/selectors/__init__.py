"""Questions about cases. Lists hold only what the reader may see, at a constant number of queries."""

from linli.records.cases.linked import linked_needs
from linli.records.cases.readings import readings_of
from linli.records.cases.selectors.completeness import Completeness, completeness, paper_lists
from linli.records.cases.selectors.dossier import Dossier, dossier
from linli.records.cases.selectors.lists import (
    Row,
    case_by_code,
    cases_for_need,
    messages_for,
    project_list,
    rows,
    seen_besides,
    unread_messages,
    visible_to,
)
from linli.records.cases.selectors.story import StoryEntry, story
from linli.records.cases.selectors.timeline import Entry, timeline
from linli.records.cases.selectors.turns import NEWEST, Turn, first_turns, turns_at, turns_in
from linli.records.cases.selectors.whatif import Tried, decide_under, tried_under

needs_of = linked_needs

__all__ = [
    "NEWEST",
    "Completeness",
    "Dossier",
    "Entry",
    "Row",
    "StoryEntry",
    "Tried",
    "Turn",
    "case_by_code",
    "cases_for_need",
    "completeness",
    "decide_under",
    "dossier",
    "first_turns",
    "linked_needs",
    "messages_for",
    "needs_of",
    "paper_lists",
    "project_list",
    "readings_of",
    "rows",
    "seen_besides",
    "story",
    "timeline",
    "tried_under",
    "turns_at",
    "turns_in",
    "unread_messages",
    "visible_to",
]
