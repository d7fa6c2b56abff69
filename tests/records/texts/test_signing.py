"""I make, I promise, I carry out: an adopted text is signed by households or persons, and a signature can be taken back."""

from datetime import date

import pytest

from linli.records.people.models import Household, Person, Residency
from linli.records.places.models import Place
from linli.records.texts import services
from linli.records.texts.models import Document, Signature
from linli.records.texts.selectors import own_signature, signed
from linli.records.trail.models import Event
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import Subject
from tests.records.evidence.makers import AT, a_person, day, days_later
from tests.records.texts.makers import MATTER, begun

LATER_MATTER = Subject("text", "8")


@pytest.fixture
def covenant(place: Place, clerk: Person) -> Document:
    document = begun(place, clerk, kind="covenant", title="南头城居民公约", words="一、邻里相助。\n二、楼道不堆杂物。")
    services.adopt_text(document=document, by=clerk, at=AT)
    return document


@pytest.fixture
def homes(place: Place) -> list[Household]:
    return [Household.objects.create(place=place, label=f"演示-{n}", since=date(2020, 1, 1)) for n in range(1, 5)]


def lives_in(home: Household, name: str) -> Person:
    person = a_person(name, "resident")
    Residency.objects.create(person=person, place=home.place, household=home, since=date(2020, 1, 1))
    return person


def open_for(document: Document, unit: str, clerk: Person) -> None:
    services.open_signing(document=document, unit=unit, by=clerk, at=days_later(1))


def count(document: Document) -> tuple[int, int, int]:
    found = signed(document)
    assert found is not None
    return found.signers, found.entitled, found.withdrawn


@pytest.mark.requirement("S2-28", how="kept")
def test_a_household_signs_once_whoever_of_it_signs(covenant: Document, homes, clerk: Person) -> None:
    open_for(covenant, "household", clerk)
    mother, son = lives_in(homes[0], "演示·母"), lives_in(homes[0], "演示·子")
    services.sign_text(document=covenant, by=mother, at=days_later(2))
    with pytest.raises(Refused):
        services.sign_text(document=covenant, by=son, at=days_later(2))
    assert count(covenant) == (1, 4, 0)
    assert own_signature(covenant.signings.get(), son, day("2021-04-10")) is not None


def test_persons_sign_for_themselves(covenant: Document, homes, clerk: Person) -> None:
    mother, son = lives_in(homes[0], "演示·母"), lives_in(homes[0], "演示·子")
    open_for(covenant, "person", clerk)
    for person in (mother, son):
        services.sign_text(document=covenant, by=person, at=days_later(2))
    assert count(covenant) == (2, 2, 0)
    with pytest.raises(Refused):
        services.sign_text(document=covenant, by=son, at=days_later(3))


def test_a_text_that_was_replaced_is_signed_no_more_and_paper_of_before_still_counts(
    covenant: Document, homes, clerk: Person
) -> None:
    open_for(covenant, "household", clerk)
    mother = lives_in(homes[0], "演示·母")
    newer = begun(
        covenant.place,
        clerk,
        kind="covenant",
        title="南头城居民公约（修订）",
        words="一、邻里相助。",
        replaces=covenant,
        subject=LATER_MATTER,
    )
    services.adopt_text(document=newer, by=clerk, at=days_later(3))
    with pytest.raises(Refused) as refusal:
        services.sign_text(document=covenant, by=mother, at=days_later(5))
    assert refusal.value.text.zh == "这份文本已由《南头城居民公约（修订）》代替，请签新的文本。"
    sheet = {"document": covenant, "names": [], "by": clerk, "at": days_later(5)}
    with pytest.raises(Refused):
        services.enter_signatures(**sheet, labels=["演示-1"], signed_on=days_later(4).date())
    assert count(covenant) == (0, 4, 0)
    services.enter_signatures(**sheet, labels=["演示-1"], signed_on=days_later(2).date())
    assert count(covenant) == (1, 4, 0)


def test_only_residents_of_the_place_sign(covenant: Document, homes, clerk: Person) -> None:
    open_for(covenant, "household", clerk)
    with pytest.raises(NotAllowed):
        services.sign_text(document=covenant, by=a_person("演示·外人", "resident"), at=days_later(2))
    assert count(covenant) == (0, 4, 0)


@pytest.mark.requirement("S2-28", how="kept")
def test_a_sheet_of_paper_is_entered_line_by_line_or_not_at_all(covenant: Document, homes, clerk: Person) -> None:
    open_for(covenant, "household", clerk)
    entry = {"document": covenant, "names": [], "signed_on": day("2021-04-10"), "by": clerk, "at": days_later(3)}
    with pytest.raises(Invalid) as wrong:
        services.enter_signatures(labels=["演示-1", "演示-9", "演示-2", "演示-2"], **entry)
    assert wrong.value.fields["lines"].zh == "名册里没有：演示-9；已经签过或写了两遍：演示-2。"
    assert Signature.objects.count() == 0
    services.enter_signatures(labels=["演示-1", "", " 演示-2 "], **entry)
    assert count(covenant) == (2, 4, 0)
    assert signed(covenant).percent == 50


@pytest.mark.requirement("S2-28", how="kept")
def test_a_signature_taken_back_stays_on_record_and_no_longer_counts(covenant: Document, homes, clerk: Person) -> None:
    open_for(covenant, "household", clerk)
    mother = lives_in(homes[0], "演示·母")
    signature = services.sign_text(document=covenant, by=mother, at=days_later(2))
    with pytest.raises(Invalid):
        services.withdraw_signature(signature=signature, reason="", by=mother, at=days_later(3))
    services.withdraw_signature(signature=signature, reason="第二条不同意", by=mother, at=days_later(3))
    assert count(covenant) == (0, 4, 1)
    services.sign_text(document=covenant, by=mother, at=days_later(4))
    assert count(covenant) == (1, 4, 1)


def test_only_an_adopted_text_is_signed(place: Place, clerk: Person) -> None:
    draft = begun(place, clerk, kind="covenant")
    with pytest.raises(Refused):
        open_for(draft, "household", clerk)
    assert draft.signings.count() == 0


def test_names_on_paper_are_encrypted_and_sealed_only_as_commitments(covenant: Document, homes, clerk: Person) -> None:
    open_for(covenant, "person", clerk)
    services.enter_signatures(
        document=covenant, names=["演示·老陈"], labels=[], signed_on=day("2021-04-10"), by=clerk, at=days_later(3)
    )
    assert str(Signature.objects.get().name) == "••••"
    assert "演示·老陈" not in b"".join(bytes(each.body) for each in Event.objects.all()).decode()
    assert events_of(MATTER).filter(kind="signing.signed").count() == 1
