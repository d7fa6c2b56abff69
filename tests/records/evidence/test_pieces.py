"""Evidence in slots: versions, what a gate reads, what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from linli.records.evidence.models import Piece
from linli.records.evidence.sealing import digest_of
from linli.records.evidence.selectors import piece_history, pieces
from linli.records.evidence.services import file_piece, void_slot
from linli.records.evidence.services.pieces import piece_body
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from tests.records.evidence.makers import AT, PROJECT, days_later


def filed(place: Place, by: Person | None, slot: str = "contract", **facts: object) -> Piece:
    return file_piece(subject=PROJECT, slot=slot, kind="contract", facts=facts, by=by, at=AT, place=place)


def test_the_latest_version_counts_and_the_earlier_one_stays(place: Place, clerk: Person) -> None:
    filed(place, clerk, amount=48_650_000)
    second = filed(place, clerk, amount=49_000_000)

    assert pieces(PROJECT) == {"contract": second}
    assert [(one.version, one.facts, one.current) for one in piece_history(PROJECT, "contract")] == [
        (1, {"amount": 48_650_000}, False),
        (2, {"amount": 49_000_000}, True),
    ]


def test_pieces_of_all_slots_come_in_one_query(place: Place, clerk: Person, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for slot in ("contract", "acceptance", "determination_notice"):
        filed(place, clerk, slot)
    with django_assert_num_queries(1):
        assert set(pieces(PROJECT)) == {"contract", "acceptance", "determination_notice"}


def test_slots_of_another_subject_are_apart(place: Place, clerk: Person) -> None:
    filed(place, clerk)
    assert pieces(Subject("case", "70")) == {}


def test_the_digest_can_be_taken_again_from_what_is_kept(place: Place, clerk: Person) -> None:
    piece = filed(place, clerk, share_done="5/6")
    assert piece.digest == digest_of(piece_body("contract", "contract", {"share_done": "5/6"}, "", []), salt=piece.salt)


def test_what_the_system_says_is_kept_in_both_languages_and_sealed_with_them(place: Place) -> None:
    said = Text("9 人评，优秀", "sheets given: 9, excellent")
    piece = file_piece(subject=PROJECT, slot="grade", kind="score", facts={}, by=None, at=AT, place=place, summary=said)
    assert pieces(PROJECT)["grade"].said == said
    body = piece_body("grade", "score", {}, said.zh, [], said.en)
    assert (piece.digest, body["summary_en"]) == (digest_of(body, salt=piece.salt), said.en)


def test_what_an_office_wrote_reads_the_same_in_both_and_its_digest_is_taken_as_before(place: Place, clerk: Person) -> None:
    piece = file_piece(subject=PROJECT, slot="grade", kind="score", facts={}, by=clerk, at=AT, place=place, summary="入户问卷")
    assert (piece.summary_en, piece.said) == ("", Text("入户问卷", "入户问卷"))
    body = {"slot": "grade", "kind": "score", "facts": {}, "summary": "入户问卷", "files": []}
    assert piece.digest == digest_of(body, salt=piece.salt)


def test_filing_is_sealed_with_its_digest(place: Place, clerk: Person) -> None:
    piece = filed(place, clerk)
    [event] = events_of(PROJECT)
    assert (event.kind, event.by, event.stream) == ("evidence.piece_filed", clerk.ref, place.code)
    assert event.data == {"slot": "contract", "kind": "contract", "version": 1, "digest": piece.digest}


def test_what_the_system_files_is_signed_system(place: Place) -> None:
    filed(place, None)
    assert [event.by for event in events_of(PROJECT)] == ["system"]


@pytest.mark.parametrize("value", [0.5, AT, {1, 2}, b"x"])
def test_only_plain_data_is_evidence(place: Place, clerk: Person, value: object) -> None:
    with pytest.raises(TypeError):
        filed(place, clerk, value=value)
    assert not Piece.objects.exists()


def test_a_voided_slot_is_empty_for_the_gate_and_readable_for_the_auditor(place: Place, clerk: Person) -> None:
    filed(place, clerk)
    filed(place, clerk)
    assert void_slot(subject=PROJECT, slot="contract", reason="退回评议", by=clerk, at=days_later(1), place=place) == 2
    assert pieces(PROJECT) == {}
    assert {(one.voided_at, one.void_reason) for one in piece_history(PROJECT, "contract")} == {(days_later(1), "退回评议")}


def test_after_voiding_a_new_version_counts_again_and_voiding_again_leaves_the_old_reason(place: Place, clerk: Person) -> None:
    filed(place, clerk)
    void_slot(subject=PROJECT, slot="contract", reason="退回", by=clerk, at=AT, place=place)
    third = filed(place, clerk)
    assert (third.version, pieces(PROJECT)) == (2, {"contract": third})
    assert void_slot(subject=PROJECT, slot="contract", reason="再退回", by=clerk, at=AT, place=place) == 1
    assert [one.void_reason for one in piece_history(PROJECT, "contract")] == ["退回", "再退回"]


def test_voiding_an_empty_slot_changes_nothing_and_seals_nothing(place: Place, clerk: Person) -> None:
    assert void_slot(subject=PROJECT, slot="contract", reason="退回", by=clerk, at=AT, place=place) == 0
    assert not events_of(PROJECT).exists()


def test_voiding_needs_a_reason(place: Place, clerk: Person) -> None:
    piece = filed(place, clerk)
    with pytest.raises(Invalid) as refused:
        void_slot(subject=PROJECT, slot="contract", reason="  ", by=clerk, at=AT, place=place)
    assert set(refused.value.fields) == {"reason"}
    assert pieces(PROJECT) == {"contract": piece}


class TestTheDatabase:
    """Holds the line even when somebody writes past the services."""

    def refuses(self, piece: Piece, **changes: object) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Piece.objects.filter(pk=piece.pk).update(**changes)

    def test_refuses_two_current_versions(self, place: Place, clerk: Person) -> None:
        first = filed(place, clerk)
        filed(place, clerk)
        self.refuses(first, current=True)

    def test_refuses_the_same_version_twice(self, place: Place, clerk: Person) -> None:
        first = filed(place, clerk)
        filed(place, clerk)
        self.refuses(first, version=2)

    def test_refuses_version_nought_empty_names_and_a_void_without_reason(self, place: Place, clerk: Person) -> None:
        piece = filed(place, clerk)
        self.refuses(piece, version=0)
        self.refuses(piece, slot="")
        self.refuses(piece, kind="")
        self.refuses(piece, subject_id="")
        self.refuses(piece, voided_at=AT, current=False)

    def test_refuses_a_voided_version_that_is_current(self, place: Place, clerk: Person) -> None:
        self.refuses(filed(place, clerk), voided_at=AT, void_reason="退回")
