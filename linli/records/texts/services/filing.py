"""The report on the comments as evidence: filed when it is published, and again whenever a comment comes or is answered."""

from datetime import datetime

from linli.records.people.models import Person
from linli.records.texts.models import Document
from linli.records.texts.selectors.calls import unanswered
from linli.records.texts.services.common import file_into, slots_for

KIND = "comment_report"


def refile(document: Document, *, by: Person | None, at: datetime, published: bool = False) -> None:
    """File how many comments wait for an answer. Before the first report there is nothing to file."""
    report = document.reports.order_by("-number").first()
    if report is None:
        return
    facts = {"unanswered": unanswered(document).count()}
    summary = report.words[:200]
    file_into(document, slots_for(document, KIND), KIND, facts, by=by, at=at, summary=summary, anew=published)
