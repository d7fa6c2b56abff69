"""A text by paragraphs: written, fixed when others are to read it, changed only with a reason."""

import pytest
from django.db import IntegrityError, transaction

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import services
from linli.records.texts.models import Document, Paragraph
from linli.records.texts.selectors import changes_between, public_versions, text_of
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, Refused
from tests.records.evidence.makers import AT, days_later
from tests.records.texts.makers import MATTER, begun, closed, opened, said


@pytest.fixture
def draft(place: Place, clerk: Person) -> Document:
    return begun(place, clerk)


def words(document: Document, version: int = 1) -> list[tuple[int, str]]:
    return [(one.anchor, one.words) for one in document.versions.get(number=version).paragraphs.all()]


class TestWriting:
    def test_a_plain_text_becomes_numbered_paragraphs(self, draft: Document) -> None:
        assert words(draft)[:2] == [(1, "第一章 总则"), (2, "评议由居民议事会进行。")]
        assert text_of(MATTER) == draft

    def test_a_matter_has_one_text(self, draft: Document, place: Place, clerk: Person) -> None:
        with pytest.raises(Refused):
            begun(place, clerk)
        assert Document.objects.count() == 1

    def test_a_text_written_anew_keeps_the_anchors_of_what_stayed(self, draft: Document, clerk: Person) -> None:
        services.write_text(
            document=draft, words="第一章 总则\n评议由居民议事会在晚上进行。\n有利益关系的成员回避。\n完。", by=clerk, at=AT
        )
        assert [anchor for anchor, _ in words(draft)] == [1, 2, 4, 5]

    def test_one_paragraph_becomes_two(self, draft: Document, clerk: Person) -> None:
        services.change_paragraph(
            document=draft, anchor=2, words="评议由居民议事会进行。\n评议会提前通知。", by=clerk, at=AT, reason="分开写"
        )
        assert [anchor for anchor, _ in words(draft)] == [1, 2, 5, 3, 4]

    def test_what_others_read_is_never_touched_again(self, draft: Document, clerk: Person) -> None:
        opened(draft, clerk)
        with pytest.raises(Refused):
            services.write_text(document=draft, words="别的", by=clerk, at=AT)
        assert words(draft)[1] == (2, "评议由居民议事会进行。")

    def test_an_empty_text_is_not_shown_to_anybody(self, place: Place, clerk: Person) -> None:
        empty = begun(place, clerk, words="")
        with pytest.raises(Refused):
            opened(empty, clerk)
        assert empty.calls.count() == 0
        assert public_versions(empty) == []


class TestBasis:
    @pytest.mark.requirement("S0-3", how="kept")
    def test_names_what_it_rests_on_and_what_it_takes_the_place_of(self, draft: Document, clerk: Person) -> None:
        services.add_basis(document=draft, title="民生微实事工作管理办法", number="演示〔2018〕1 号", by=clerk, at=AT)
        services.add_basis(document=draft, title="评议工作指引（2015）", kind="replaces", by=clerk, at=AT)
        services.adopt_text(document=draft, by=clerk, at=days_later(1))
        adopted = events_of(MATTER).get(kind="text.adopted")
        assert b'"based_on":1' in bytes(adopted.body)

    def test_one_taken_out_stays_sealed(self, draft: Document, clerk: Person) -> None:
        basis = services.add_basis(document=draft, title="弄错的文件", by=clerk, at=AT)
        services.remove_basis(basis=basis, by=clerk, at=AT)
        assert draft.bases.filter(removed_at__isnull=True).count() == 0
        kinds = events_of(MATTER).filter(kind__startswith="text.basis").values_list("kind", flat=True)
        assert sorted(kinds) == ["text.basis_added", "text.basis_removed"]

    def test_a_text_does_not_replace_itself(self, draft: Document) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=draft.pk).update(replaces=draft)


class TestTheNextVersion:
    @pytest.fixture
    def second(self, draft: Document, clerk: Person) -> Document:
        opened(draft, clerk)
        said(draft, anchor=2)
        closed(draft, clerk)
        services.begin_version(document=draft, by=clerk, at=days_later(16), reason="按征集到的意见修改")
        return draft

    def test_begins_as_the_one_before_ended(self, second: Document) -> None:
        assert words(second, 2) == words(second, 1)

    def test_does_not_begin_while_comments_are_taken(self, draft: Document, clerk: Person) -> None:
        opened(draft, clerk)
        with pytest.raises(Refused):
            services.begin_version(document=draft, by=clerk, at=days_later(1), reason="改")
        assert draft.versions.count() == 1

    def test_a_change_without_a_reason_goes_no_further(self, second: Document, clerk: Person) -> None:
        services.change_paragraph(document=second, anchor=2, words="评议在晚上进行。", by=clerk, at=days_later(16))
        with pytest.raises(Refused) as refusal:
            services.adopt_text(document=second, by=clerk, at=days_later(17))
        assert "“评议在晚上进行。”" in refusal.value.text.zh
        assert second.versions.get(number=2).fixed_at is None

    @pytest.mark.requirement("S0-5", how="shown")
    def test_says_what_changed_why_and_because_of_which_comment(self, second: Document, clerk: Person) -> None:
        comment = second.comments.get()
        services.change_paragraph(
            document=second,
            anchor=2,
            words="评议由居民议事会在晚上进行。",
            by=clerk,
            at=days_later(16),
            reason="方便上班的居民",
            because=[comment],
        )
        services.change_paragraph(document=second, anchor=3, words="", by=clerk, at=days_later(16), reason="另有规定")
        services.adopt_text(document=second, by=clerk, at=days_later(17))
        changes = changes_between(second.versions.get(number=2))
        assert [(one.anchor, one.kind, one.reason, one.because) for one in changes] == [
            (1, "same", "", ()),
            (2, "changed", "方便上班的居民", (1,)),
            (3, "removed", "另有规定", ()),
            (4, "same", "", ()),
        ]

    def test_an_anchor_is_never_used_for_something_else(self, second: Document, clerk: Person) -> None:
        services.change_paragraph(document=second, anchor=4, words="", by=clerk, at=days_later(16), reason="不用了")
        services.write_text(
            document=second, words="第一章 总则\n评议由居民议事会进行。\n全新的一句，说的是经费。", by=clerk, at=days_later(16)
        )
        assert [anchor for anchor, _ in words(second, 2)] == [1, 2, 5]
        assert Paragraph.objects.filter(version__number=1, anchor=4).exists()

    def test_a_next_version_says_why_it_is_written(self, draft: Document, clerk: Person) -> None:
        opened(draft, clerk)
        closed(draft, clerk)
        with pytest.raises(Invalid):
            services.begin_version(document=draft, by=clerk, at=days_later(16), reason=" ")
        assert draft.versions.count() == 1
