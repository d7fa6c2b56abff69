"""Lists by name."""

from datetime import datetime

from django.db import transaction

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.workbench.models import SavedFilter
from linli.rules.plain.refusals import NotFound, require_fields
from linli.rules.plain.texts import Text, quoted


@transaction.atomic
def save_filter(
    *, list: str, name: str, query: str, place: Place, shared: bool, pinned: bool, by: Person, at: datetime
) -> SavedFilter:
    """Keep the questions of a list under a name; the same name again takes the new questions. Raises Invalid."""
    _require_name(name)
    found, _ = SavedFilter.objects.update_or_create(
        person=by,
        list=list,
        name=name.strip()[:40],
        removed_at=None,
        defaults={"query": query[:600], "place": place, "shared": shared, "pinned": pinned, "at": at},
    )
    return found


@transaction.atomic
def rename_filter(*, pk: int, name: str, shared: bool, pinned: bool, by: Person, at: datetime) -> SavedFilter:
    """Give one's own another name, and say anew where it is shown. Raises NotFound, Invalid when the name is taken."""
    _require_name(name)
    found = _own(pk, by)
    found.name, found.shared, found.pinned, found.at = name.strip()[:40], shared, pinned, at
    _require_free(found)
    found.save(update_fields=["name", "shared", "pinned", "at"])
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
    _require_free(found)
    found.removed_at = None
    found.save(update_fields=["removed_at"])
    return found


def _require_name(name: str) -> None:
    require_fields({} if name.strip() else {"name": Text("请给它起个名字。", "Give it a name.")})


def _require_free(one: SavedFilter) -> None:
    same = SavedFilter.objects.filter(person=one.person_id, list=one.list, name=one.name, removed_at__isnull=True)
    name = quoted(one.name)
    taken = Text(f"{name}已经有了，请换个名字。", f"There is a list called {name} already; take another name.")
    require_fields({"name": taken} if same.exclude(pk=one.pk).exists() else {})


def _own(pk: int, by: Person) -> SavedFilter:
    found = SavedFilter.objects.select_for_update().filter(pk=pk, person=by).first()
    if found is None:
        raise NotFound
    return found
