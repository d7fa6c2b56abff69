"""What somebody was writing and has not sent."""

from datetime import datetime

from linli.records.people.forgetting import Found
from linli.records.people.models import Person
from linli.records.workbench.models import Draft, SavedFilter
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    drafts, filters = Draft.objects.filter(person=person), SavedFilter.objects.filter(person=person)
    found = [
        Found(Text("没提交的草稿和附件", "Drafts that were not sent, with their files"), drafts.count()),
        Found(Text("存下的筛选", "Lists kept by name"), filters.count()),
    ]
    drafts.delete()
    filters.delete()
    return found
