"""A stamped city holds to every rule as if each community had lived its years itself: chains, digests, gates, money, days."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F

from linli.demonstration.city import build as city
from linli.demonstration.city.scale import Scale
from linli.records.cases.models import Case, Series
from linli.records.evidence.models import Filling, Piece
from linli.records.evidence.sealing import digest_of
from linli.records.evidence.services.pieces import piece_body
from linli.records.funds.models import Commitment, Envelope
from linli.records.needs.form import form_facts
from linli.records.needs.models import Need
from linli.records.needs.selectors import coverage
from linli.records.needs.sources import fingerprint
from linli.records.notices.models import Notice, NoticeContent
from linli.records.notices.services.publishing import content_digest
from linli.records.people.models import Account, Person
from linli.records.places.models import Place
from linli.records.rulebook.again import decided_again
from linli.records.rulebook.models import DecisionRecord, Passage, Step
from linli.records.rulebook.selectors import library, rules_at
from linli.records.trail.export import write_trail
from linli.records.trail.models import Event, Opening, Stream
from linli.records.trail.selectors import event_of_receipt, opens
from linli.rules.plain.days import day_in_china
from linli.rules.proof import verifier

ANCHOR = date(2026, 11, 21)
SMALL = Scale("small", 4, full=1, refused=1, proposed=1, reach=(6,), first_year=2025)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker) -> Iterator[Counter[str]]:
    """Built once for all of this module, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield city.build(scale=SMALL, anchor=ANCHOR, seed=7, password="linli-yanshi-test")
        transaction.set_rollback(True)


@pytest.fixture
def places(written: Counter[str]) -> list[Place]:
    """Two with a course of their own, two without; of each pair the first is the one that was lived."""
    return city.communities(SMALL)


# --- how much ------------------------------------------------------------------------------------------------------------
def test_every_community_has_the_same_of_everything_as_its_specimen(written: Counter[str], places: list[Place]) -> None:
    for lived, stamped in (places[:2], places[2:]):
        for model in (Case, Need, Passage, Notice):
            assert model.objects.filter(place=stamped).count() == model.objects.filter(place=lived).count() > 0
        kinds = [Counter(Event.objects.filter(stream=place.pk).values_list("kind", flat=True)) for place in (lived, stamped)]
        assert kinds[0] == kinds[1]
    assert {place.path.split("/")[3] for place in places} == {"440303", "440305"}


def test_what_is_said_to_be_written_is_there(written: Counter[str], places: list[Place]) -> None:
    codes = [place.pk for place in places]
    assert written["cases.Case"] == Case.objects.count()
    assert written["needs.Need"] == Need.objects.count()
    assert written["rulebook.DecisionRecord"] == DecisionRecord.objects.count()
    staff = Person.objects.filter(kind="staff", offices__place__in=codes).values_list("pk", flat=True)
    signed_up = Event.objects.filter(stream="people", kind="person.registered", subject_id__in=map(str, staff))
    above = Event.objects.filter(kind__startswith="duty.").exclude(stream__in=codes)
    inside = Event.objects.filter(stream__in=codes)
    assert written["trail.Event"] == inside.count() + signed_up.count() + above.count()


def test_a_second_build_finds_nothing_to_do(written: Counter[str]) -> None:
    before = Event.objects.count()
    assert city.waiting(SMALL) == []
    assert city.build(scale=SMALL, anchor=ANCHOR, seed=7, password="linli-yanshi-test").total() == 0
    assert Event.objects.count() == before


# --- seals ---------------------------------------------------------------------------------------------------------------
def test_an_outsider_can_check_the_whole_trail(written: Counter[str], tmp_path) -> None:
    write_trail(tmp_path / "trail.zip")
    told = verifier.check(tmp_path / "trail.zip")
    assert told.fault is None


def test_every_chain_goes_forward_in_time(written: Counter[str]) -> None:
    for stream in Stream.objects.values_list("code", flat=True):
        moments = list(Event.objects.filter(stream=stream).order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments), stream


def test_the_columns_repeat_what_is_sealed(written: Counter[str]) -> None:
    for event in Event.objects.all():
        body = json.loads(bytes(event.body))
        assert (body["stream"], body["seq"], body["kind"], body["subject"]) == (
            event.stream,
            event.seq,
            event.kind,
            str(event.subject),
        )
        assert (body["by"], body["decision"]) == (event.by, event.decision)


def test_every_digest_is_that_of_the_words_beside_it(places: list[Place]) -> None:
    for row in NoticeContent.objects.select_related("notice"):
        assert row.digest == content_digest(row.notice, row.title, row.body, row.amount_fen)
    for row in Piece.objects.prefetch_related("files"):
        body = piece_body(row.slot, row.kind, row.facts, row.summary, row.files.all(), row.summary_en)
        assert row.digest == digest_of(body, salt=row.salt)
    for row in Filling.objects.all():
        sealed = json.loads(row.sealed.open()) if row.sealed else {}
        assert row.digest == digest_of({"form": row.form, "data": row.data, "sealed": sealed}, salt=row.salt)
    for row in DecisionRecord.objects.all():
        assert row.digest == sha256(bytes(row.body)).hexdigest()
        assert json.loads(bytes(row.body))["subject"] == str(row.passage.subject)


def test_sealed_events_name_digests_that_exist(places: list[Place]) -> None:
    known = set(Piece.objects.values_list("digest", flat=True)) | set(NoticeContent.objects.values_list("digest", flat=True))
    named = [event.data["digest"] for event in Event.objects.filter(kind__in=["evidence.piece_filed", "notice.published"])]
    assert [digest for digest in named if digest not in known] == []
    decided = set(DecisionRecord.objects.values_list("digest", flat=True))
    assert set(Event.objects.exclude(decision="").values_list("decision", flat=True)) <= decided


def test_receipts_lead_to_their_events_and_commitments_open_to_the_words_kept(places: list[Place]) -> None:
    stamped = places[1]
    for notice in Notice.objects.filter(place=stamped):
        event = event_of_receipt(notice.receipt)
        assert event is not None and (event.kind, event.stream) == ("notice.published", stamped.pk)
    for person in Person.objects.filter(home=stamped):
        event = Event.objects.get(kind="person.registered", subject_id=str(person.pk))
        assert opens(event, "name", person.name)
    for need in Need.objects.filter(place=stamped, batch=None):
        event = Event.objects.get(kind="need.raised", subject_id=str(need.pk))
        assert opens(event, "what", need.what) and opens(event, "where", need.where)
    assert Opening.objects.filter(event__stream=stamped.pk).count() > 100


# --- rules ---------------------------------------------------------------------------------------------------------------
def test_the_gate_decides_every_stamped_act_again_in_the_same_way(places: list[Place]) -> None:
    """From the readings sealed with each decision: the same findings, the same values of the same rules, the same verdict."""
    records = DecisionRecord.objects.filter(passage__place__in=[places[1], places[3]]).select_related("passage__place")
    assert records.count() == 142
    for record in records:
        need = Need.objects.filter(pk=record.passage.subject_id).first() if record.passage.subject_kind == "need" else None
        was, now = decided_again(record, [form_facts(need)] if need else ())
        assert was == now, (record.act, record.passage.procedure)
        assert record.rules_digest == rules_at(record.passage.place).digest


def test_every_step_leads_from_where_the_one_before_led_to(places: list[Place]) -> None:
    for passage in Passage.objects.filter(taken__gt=0):
        steps = list(Step.objects.filter(passage=passage))
        assert [step.number for step in steps] == list(range(1, passage.taken + 1))
        assert all(one.to_state == following.from_state for one, following in pairwise(steps))
        assert steps[-1].to_state == passage.state


def test_no_envelope_is_overspent_and_each_holds_what_is_promised(places: list[Place]) -> None:
    for envelope in Envelope.objects.filter(place__in=places):
        promised = sum(one.amount_fen for one in Commitment.objects.filter(envelope=envelope).exclude(state="released"))
        assert envelope.promised_fen == promised <= envelope.amount_fen
    assert Envelope.objects.filter(promised_fen__gt=F("amount_fen")).count() == 0
    assert Commitment.objects.filter(envelope__place=places[1]).exists()


def test_notices_hung_their_whole_working_days(places: list[Place]) -> None:
    calendar = library().calendar
    down = Notice.objects.filter(taken_down_at__isnull=False, place=places[1])
    assert down.count() > 5
    for notice in down:
        assert notice.ends_on is not None and notice.taken_down_at is not None and not notice.taken_down_early
        served = calendar.counted(notice.counted_from, notice.ends_on, "working_days")
        assert (served, notice.ends_on < day_in_china(notice.taken_down_at)) == (notice.days_count, True)


def test_offices_act_on_working_days_only(places: list[Place]) -> None:
    calendar = library().calendar
    acts = Event.objects.filter(stream__in=[place.pk for place in places], kind="case.act_taken", at__year__gte=2025)
    assert acts.exists()
    assert [at for at in acts.values_list("at", flat=True) if not calendar.is_working_day(day_in_china(at))] == []


def test_a_round_was_closed_with_those_it_counted(places: list[Place]) -> None:
    for place in places:
        assert Case.objects.get(place=place, procedure="collection_round").passage.state == "allocated"
        assert coverage(place, 2025, ANCHOR).sources >= 6


# --- numbers and people --------------------------------------------------------------------------------------------------
def test_numbers_run_on_without_gaps_in_each_district(places: list[Place]) -> None:
    for series in Series.objects.all():
        codes = [f"{series.prefix}-{series.year}-{number:04d}" for number in range(1, series.last + 1)]
        assert (
            sorted(Case.objects.filter(code__startswith=f"{series.prefix}-{series.year}-").values_list("code", flat=True))
            == codes
        )


def test_the_same_wish_would_be_found_again(places: list[Place]) -> None:
    for need in Need.objects.filter(place=places[1]):
        assert need.fingerprint == fingerprint(need.place_id, need.year, need.source, need.what, need.where)


def test_every_community_has_people_of_its_own_all_marked(places: list[Place]) -> None:
    assert Person.objects.filter(home=places[1]).count() == Person.objects.filter(home=places[0]).count() == 12
    assert Person.objects.values("name").distinct().count() == Person.objects.count()
    assert not Person.objects.filter(demonstration=False).exists()
    phones = [index for index in Person.objects.values_list("phone_index", flat=True) if index]
    assert len(set(phones)) == len(phones)
    assert Account.objects.filter(username=f"{places[1].pk}.secretary").get().person.offices.get().place == places[1]


def test_no_name_or_number_of_the_specimen_is_left_in_what_was_stamped(places: list[Place]) -> None:
    lived, stamped = places[:2]
    for event in Event.objects.filter(stream=stamped.pk):
        body = bytes(event.body).decode()
        assert lived.pk not in body and lived.short_name not in body
    for case in Case.objects.filter(place=stamped):
        assert lived.short_name not in case.title


def test_rows_pass_the_checks_of_their_models(places: list[Place]) -> None:
    for model in (Case, Need, Notice, Passage, Piece, Envelope, Person):
        for row in model._default_manager.order_by("-pk")[:20]:
            try:
                row.validate_constraints()
            except ValidationError as wrong:
                pytest.fail(f"{model.__name__}: {wrong}")


def test_rows_point_to_rows_that_exist(written: Counter[str]) -> None:
    connection.check_constraints()
