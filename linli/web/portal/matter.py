"""What a matter's page says beside its course: what it is about, in its own words, and who stopped it and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.records.needs import gate
from linli.records.prepared import Prepared
from linli.records.reports.story import Story
from linli.records.rulebook.models import Hold
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules
from linli.web.portal.life import field_words

_IN_WORDS = ("text", "long_text")
_AT_MOST = 4


@dataclass(frozen=True)
class Stopped:
    """A stop by an office of supervision, answered or not."""

    hold: Hold
    title: Text
    by: Text
    clause: str


def takes_needs(told: Story, on: date) -> bool:
    """Whether the rules of the place know needs: only there a matter comes from them."""
    return gate.takes_needs(told.rules, on)


def reckons_money(procedure: Procedure, rules: Rules, on: date) -> bool:
    """Whether any form of the procedure carries its amount."""
    forms = rules.forms(on)
    names = {procedure.main_form, *(form for act in procedure.acts.values() for form in act.fills)}
    return any(field.feeds == "case.amount" for name in names if name in forms for field in forms[name].fields.values())


def said(told: Story) -> list[tuple[Text, Any]]:
    """The first words of the main form, as far as everybody may read them; the newest version counts."""
    chapters = [*told.chapters, *([told.pending] if told.pending else [])]
    sheets = [paper for chapter in chapters for paper in chapter.papers if paper.form.id == told.procedure.main_form]
    if not sheets:
        return []
    paper = sheets[-1]
    filed = day_in_china(paper.filling.filed_at)
    rows = [(field, value) for field, value in paper.rows if field.type in _IN_WORDS and field.public == "public"]
    return [(field.title, field_words(told, field, value, filed)) for field, value in rows[:_AT_MOST]]


def stops(told: Story, on: date) -> list[Stopped]:
    """Every stop that the rules let an office put on such a matter; the newest first."""
    kinds = {id: kind for id, kind in told.rules.holds(on).items() if told.case.procedure in kind.over}
    if not kinds:
        return []
    found = _HOLDS(told.standing.passage.pk, sorted(kinds))
    titles = told.rules.office_title
    return [Stopped(hold, kinds[hold.kind].title, titles(hold.placed_office), kinds[hold.kind].clause) for hold in found]


_HOLDS = Prepared(lambda passage, kinds: Hold.objects.filter(passage=passage, kind__in=kinds).order_by("-placed_at", "-pk"))
