"""How many signed, of how many, and whether this reader did."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from linli.records.people.models import Person
from linli.records.people.selectors import household_of
from linli.records.texts.models import Document, Signature, Signing
from linli.records.texts.selectors.reading import replaced


@dataclass(frozen=True)
class Signed:
    """`signers` of `entitled`; `withdrawn` were taken back and do not count."""

    signing: Signing
    signers: int
    on_paper: int
    withdrawn: int

    @property
    def entitled(self) -> int:
        return self.signing.entitled

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down; None while nobody may sign."""
        return self.signers * 100 // self.entitled if self.entitled else None


def signed(document: Document) -> Signed | None:
    """Of the latest signing; None before the first."""
    signing = document.signings.select_related("version").order_by("-pk").first()
    if signing is None:
        return None
    rows = list(signing.signatures.values_list("withdrawn_at", "on_paper"))
    still = [paper for withdrawn, paper in rows if withdrawn is None]
    return Signed(signing, len(still), sum(still), len(rows) - len(still))


def being_signed() -> "QuerySet[Document]":
    """Texts that are signed now: the signing is open, and no later text has taken their place."""
    open_now = Signing.objects.filter(document=OuterRef("pk"), closed_at__isnull=True)
    return Document.objects.filter(Exists(open_now), ~replaced())


def own_signature(signing: Signing, person: Person, on: date) -> Signature | None:
    """This person's signature, or that of their household, if it still counts."""
    still = signing.signatures.filter(withdrawn_at__isnull=True)
    if signing.unit == "person":
        return still.filter(person=person).first()
    home = household_of(person.pk, signing.document.place, on)
    return still.filter(household=home).first() if home else None
