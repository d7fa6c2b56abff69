"""Who must stay out of a matter, also when the tie goes through somebody else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.records.people.models import Household, Interest, Organisation, Person, Residency
from linli.records.people.phones import phone_index
from linli.records.people.selectors import Parties, conflicts_among, conflicts_of, interests_of, relations_of
from linli.records.people.services import declare_interest, end_interest, register_organisation
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.people.world import AT, OTHER, TODAY, officer, person, place

SINCE = date(2020, 1, 1)


@pytest.fixture
def clerk():
    return officer("party_committee")


@pytest.fixture
def member():
    return person("演示·评议员")


@pytest.fixture
def firm(clerk):
    return register_organisation(name="演示施工公司", kind="supplier", by=clerk, at=AT, place=place(), demonstration=True)


def tie(one, kind, other, since=SINCE, until=None):
    end = {"organisation": other} if isinstance(other, Organisation) else {"other_person": other}
    return Interest.objects.create(person=one, kind=kind, since=since, until=until, declared_by=one, declared_at=AT, **end)


def paths(one, party, on=TODAY, years_back=0):
    found = conflicts_of(one, [party], on, years_back)
    among = conflicts_among([one, person("演示·旁人")], [party], on, years_back)
    assert among == ({one: found} if found else {})
    return [conflict.path for conflict in found]


def test_without_a_tie_there_is_no_conflict(member, firm):
    assert conflicts_of(member, [firm, person()], TODAY) == []
    assert conflicts_of(member, [], TODAY) == []


@pytest.mark.parametrize("kind", ["employer", "shareholding", "other"])
def test_working_for_or_owning_of_a_party_is_a_conflict(member, firm, kind):
    tie(member, kind, firm)
    assert paths(member, firm) == [(kind,)]


def test_kin_is_a_conflict_whoever_declared_it(member):
    party = person("演示·申报人")
    tie(member, "kin", party)
    assert paths(member, party) == [("kin",)]
    assert paths(party, member) == [("kin",)]


def test_nobody_judges_the_own_matter(member):
    assert paths(member, member) == [("self",)]


@pytest.mark.parametrize("kind", ["employer", "shareholding"])
def test_kin_inside_a_supplier_is_a_conflict(member, firm, kind):
    cousin = person("演示·亲属")
    tie(cousin, "kin", member)
    tie(cousin, kind, firm)
    [conflict] = conflicts_of(member, [firm], TODAY)
    assert (conflict.path, conflict.through) == (("kin", kind), cousin)
    assert "演示·亲属" not in conflict.text.zh
    assert "演示施工公司" in conflict.text.zh


def test_the_same_phone_as_a_party_or_as_its_owner_is_a_conflict(member, firm):
    Person.objects.filter(pk=member.pk).update(phone_index=phone_index("13800138000"))
    owner = person("演示·老板")
    Person.objects.filter(pk=owner.pk).update(phone_index=phone_index("13800138000"))
    member.refresh_from_db()
    owner.refresh_from_db()
    tie(owner, "shareholding", firm)
    assert paths(member, owner) == [("same_phone",)]
    assert paths(member, firm) == [("same_phone", "shareholding")]
    Organisation.objects.filter(pk=firm.pk).update(phone_index=phone_index("13800138000"))
    firm.refresh_from_db()
    assert ("same_phone",) in paths(member, firm)


def test_no_phone_is_not_the_same_phone(member, firm):
    owner = person("演示·老板")
    tie(owner, "shareholding", firm)
    assert paths(member, owner) == []
    assert paths(member, firm) == []


def test_one_household_is_a_conflict_while_both_live_there(member, firm):
    home = Household.objects.create(place=place(), label="演示-001", since=SINCE)
    mate = person("演示·同住")
    for one in (member, mate):
        Residency.objects.create(person=one, place=place(), household=home, since=SINCE, until=TODAY)
    tie(mate, "employer", firm)
    assert paths(member, mate) == [("same_household",)]
    assert paths(member, firm) == [("same_household", "employer")]
    assert paths(member, mate, date(2021, 4, 9)) == []


def test_working_for_the_firm_of_a_party_is_a_conflict_and_colleagues_are_not(member, firm):
    owner, colleague = person("演示·老板"), person("演示·同事")
    tie(member, "employer", firm)
    tie(owner, "shareholding", firm)
    tie(colleague, "employer", firm)
    assert paths(member, owner) == [("employer", "shareholding")]
    assert paths(owner, member) == [("shareholding", "employer")]
    assert paths(member, colleague) == []


def test_a_tie_counts_on_its_last_day_and_not_the_day_after(member, firm):
    tie(member, "employer", firm, until=TODAY)
    assert paths(member, firm, TODAY) == [("employer",)]
    assert paths(member, firm, date(2021, 4, 9)) == []


def test_a_tie_does_not_count_before_it_began(member, firm):
    tie(member, "employer", firm, since=TODAY)
    assert paths(member, firm, date(2021, 4, 7)) == []


def test_a_place_may_count_ties_of_the_last_three_years(member, firm):
    tie(member, "employer", firm, since=date(2015, 1, 1), until=date(2018, 4, 8))
    assert paths(member, firm, TODAY, years_back=3) == [("employer",)]
    assert paths(member, firm, date(2021, 4, 9), years_back=3) == []
    assert paths(member, firm, TODAY) == []


def test_kin_of_kin_is_too_far(member):
    middle, far = person("演示·中"), person("演示·远")
    tie(member, "kin", middle)
    tie(middle, "kin", far)
    assert paths(member, far) == []


def test_relations_are_spoken_in_the_words_of_the_vocabulary(member, firm):
    tie(member, "shareholding", firm)
    proposer = person("演示·提议人")
    parties = Parties(proposers=[proposer], designers=[member], suppliers=[firm])
    assert relations_of(member, parties, TODAY) == {"designer", "supplier", "recused"}
    assert relations_of(proposer, parties, TODAY) == {"proposer"}
    assert relations_of(person(), parties, TODAY) == frozenset()
    assert relations_of(None, parties, TODAY) == frozenset()


def test_kin_of_a_supplier_is_recused_without_being_the_supplier(member, firm):
    cousin = person("演示·亲属")
    tie(member, "kin", cousin)
    tie(cousin, "employer", firm)
    assert relations_of(member, Parties(suppliers=[firm]), TODAY) == {"recused"}
    assert relations_of(cousin, Parties(applicants=[firm]), TODAY) == {"applicant", "recused"}


def test_a_person_declares_the_own_ties_and_the_office_what_it_knows(member, firm, clerk):
    own = declare_interest(person=member, kind="employer", other=firm, since=SINCE, by=member, at=AT, place=place(), note="演示")
    known = declare_interest(person=member, kind="kin", other=person("演示·乙"), since=SINCE, by=clerk, at=AT, place=place())
    assert [own.declared_by, known.declared_by] == [member, clerk]
    assert list(interests_of(member, TODAY)) == [own, known]
    event = events_of(member.subject).first()
    assert event.kind == "interest.declared"
    assert set(event.data["other"]) == {"commitment"}


def test_others_cannot_declare_for_somebody(member, firm):
    for stranger in (person("演示·路人"), officer("party_committee", OTHER), officer("working_committee", "440305001")):
        with pytest.raises(NotAllowed):
            declare_interest(person=member, kind="employer", other=firm, since=SINCE, by=stranger, at=AT, place=place())
    assert not Interest.objects.exists()


def test_kin_is_another_person(member, firm):
    for other in (firm, member):
        with pytest.raises(Refused):
            declare_interest(person=member, kind="kin", other=other, since=SINCE, by=member, at=AT, place=place())
    with pytest.raises(IntegrityError), transaction.atomic():
        tie(member, "kin", member)


def test_an_interest_ends_on_a_day(member, firm):
    held = declare_interest(person=member, kind="employer", other=firm, since=SINCE, by=member, at=AT, place=place())
    end_interest(interest=held, until=TODAY, by=member, at=AT, place=place())
    assert paths(member, firm, date(2021, 4, 9)) == []
    with pytest.raises(Invalid) as late:
        end_interest(interest=held, until=date(2019, 12, 31), by=member, at=AT, place=place())
    held.refresh_from_db()
    assert "31 December 2019, lies before the first" in late.value.fields["until"].en and held.until == TODAY


def test_an_organisation_is_entered_once_by_its_credit_code(clerk):
    code = "91440300MA5EXAMP1X"
    made = register_organisation(name="演示物业", kind="property", by=clerk, at=AT, place=place(), credit_code=code.lower())
    assert made.credit_code == code
    with pytest.raises(Refused):
        register_organisation(name="演示物业二", kind="property", by=clerk, at=AT, place=place(), credit_code=code)
    with pytest.raises(Invalid):
        register_organisation(name="演示物业三", kind="property", by=clerk, at=AT, place=place(), credit_code="123")
