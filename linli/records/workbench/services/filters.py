"""Lists by name."""

from datetime import datetime

from django.db import transaction

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.workbench.models import SavedFilter
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text


@transaction.atomic
def save_filter(
    *, list: str, name: str, query: str, place: Place, shared: bool, pinned: bool, by: Person, at: datetime
) -> SavedFilter:
    """Keep the questions of a list under a name; the same name again takes the new questions. Raises Invalid."""
    if not name.strip():
        wrong = Text("请给它起个名字。", "Give it a name.")
        raise Invalid(wrong, fields={"name": wrong})
    found, _ = SavedFilter.objects.update_or_create(
        person=by,
        list=list,
        name=name.strip()[:40],
        removed_at=None,
        defaults={"query": query[:600], "place": place, "shared": shared, "pinned": pinned, "at": at},
    )
    return found


@transaction.atomic
def remove_filter(*, pk: int, by: Person, at: datetime) -> SavedFilter:
    """Put one's own away. Raises NotFound."""
    found = _own(pk, by)
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    return found


@transaction.atomic
def bring_filter_back(*, pk: int, by: Person, at: datetime) -> SavedFilter:
    """Undo it. Raises NotFound, Invalid when the name is taken by now."""
    found = _own(pk, by)
    if SavedFilter.objects.filter(person=by, list=found.list, name=found.name, removed_at__isnull=True).exists():
        raise Invalid(Text("同名的已经有了。", "There is one of that name by now."))
    found.removed_at = None
    found.save(update_fields=["removed_at"])
    return found


def _own(pk: int, by: Person) -> SavedFilter:
    found = SavedFilter.objects.select_for_update().filter(pk=pk, person=by).first()
    if found is None:
        raise NotFound
    return found
