"""The one rule of what outsiders see of a matter's papers: pages, downloads, archive packages and the API all ask here.

A slot or field of the pack is `public`, `redacted`, `staff` or `sealed`. Outsiders get public files, redacted copies of
redacted ones, and of the rest only that it exists, with its digest. Sealed fields are shown to nobody in bulk.
"""

from collections.abc import Mapping
from datetime import date

from linli.records.evidence.models import File, Filling, Piece
from linli.records.evidence.selectors import public_copy
from linli.records.people.models import Person
from linli.records.people.selectors import offices_of
from linli.records.places.models import Place
from linli.rules.gates.model import Plain
from linli.rules.policy.models import Field, Form, Slot


def is_insider(person: Person | None, place: Place, on: date) -> bool:
    """Whether a person holds an office at the place or above it."""
    if person is None:
        return False
    line = place.ancestor_codes
    return any(office.place_id in line for office in offices_of(person, on))


def shown_fields(form: Form, insider: bool) -> list[Field]:
    """The fields of a form this reader sees."""
    open_to = {"public", "staff"} if insider else {"public"}
    return [field for field in form.fields.values() if field.public in open_to]


def shown_data(filling: Filling, form: Form, insider: bool) -> list[tuple[Field, Plain]]:
    """What was filled in, as far as this reader sees it; empty answers are left out."""
    data: Mapping[str, Plain] = filling.data
    return [(field, data[field.key]) for field in shown_fields(form, insider) if data.get(field.key) not in (None, "", [])]


def facts_shown(slot: Slot | None, insider: bool) -> bool:
    return insider or (slot is not None and slot.public in ("public", "redacted"))


def shown_files(piece: Piece, slot: Slot | None, insider: bool) -> list[File]:
    """The files of a piece this reader may open; prefetch `files__redacted_copies` for lists."""
    public = slot.public if slot else "staff"
    files = list(piece.files.all())
    if public == "sealed":
        return []
    if insider or public == "public":
        return files
    return [copy for file in files if (copy := public_copy(file))] if public == "redacted" else []
