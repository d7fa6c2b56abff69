"""The one rule of what outsiders see of a matter's papers: pages, downloads, archive packages and the API all ask here.

A slot or field of the pack is `public`, `redacted`, `staff` or `sealed`. Outsiders get public files, redacted copies of
redacted ones, and of the rest only that it exists, with its digest. Sealed fields are shown to nobody in bulk.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from linli.records.cases.models import Case
from linli.records.cases.permissions import may_see
from linli.records.evidence.models import File, Filling, Piece
from linli.records.evidence.selectors import public_copy
from linli.records.notices.models import Posting
from linli.records.people.access import Permission, may
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import procedure_of
from linli.records.texts.models import Document
from linli.rules.gates.model import Plain
from linli.rules.plain.refusals import NotFound
from linli.rules.policy.models import Field, Form, Slot

INSIDE = Permission("read_inside", read_above=True)


def is_insider(person: Person | None, place: Place, on: date) -> bool:
    """Whether a person holds an office of the administration at the place or above it; a supplier's is none."""
    return may(person, INSIDE, place, on)


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


def shown_files(piece: Piece, slot: Slot | None, insider: bool, held: Sequence[File] | None = None) -> list[File]:
    """The files of a piece this reader may open; for lists, `held` of each piece comes from `with_files`."""
    public = slot.public if slot else "staff"
    files = list(piece.files.all() if held is None else held)
    if public == "sealed":
        return []
    if insider or public == "public":
        return files
    return [copy for file in files if (copy := public_copy(file))] if public == "redacted" else []


def may_open(file: File, person: Person | None, on: date) -> bool:
    """Whether this reader may open a file: through any piece it belongs to, or because it was posted for everybody."""
    if Posting.objects.filter(photos=file).exists():
        return True
    if Document.objects.filter(Q(adopted_at__isnull=False) | Q(calls__isnull=False), attachments=file).exists():
        return True
    of = [file.pk, *([file.redacted_from_id] if file.redacted_from_id else [])]
    pieces = list(
        Piece.objects.filter(files__in=of).distinct().select_related("place").prefetch_related("files__redacted_copies")
    )
    if not pieces:
        return is_insider(person, file.place, on)
    return any(_opens(piece, file, person, on) for piece in pieces if _seen(piece, person, on))


def _opens(piece: Piece, file: File, person: Person | None, on: date) -> bool:
    """Insiders read the original; the copy made for everybody stays open to them too."""
    slot, insider = _slot_of(piece), is_insider(person, piece.place, on)
    return file in shown_files(piece, slot, insider) or file in shown_files(piece, slot, insider=False)


def _seen(piece: Piece, person: Person | None, on: date) -> bool:
    """Papers of a case nobody may know of yet stay as unknown as the case."""
    if piece.subject_kind != "case":
        return True
    case = Case.objects.select_related("place", "passage").filter(pk=piece.subject_id).first()
    return case is not None and may_see(person, case, on)


def _slot_of(piece: Piece) -> Slot | None:
    try:
        return procedure_of(piece.subject).slots.get(piece.slot)
    except NotFound:
        return None
