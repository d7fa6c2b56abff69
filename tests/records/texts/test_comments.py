"""Comments: taken from anybody by every way, never lost, each answered with a reason."""

import pytest
from django.db import DatabaseError, transaction

from linli.records.duties.models import Reply
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import services
from linli.records.texts.models import Comment, Document, Group, Statement
from linli.records.texts.selectors import comment_by_code, counts, heard
from linli.records.trail.models import Event
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from tests.records.evidence.makers import a_person, day, days_later
from tests.records.texts.makers import MATTER, begun, closed, opened, said


@pytest.fixture
def text(place: Place, clerk: Person) -> Document:
    document = begun(place, clerk)
    opened(document, clerk)
    return document


class TestTheCall:
    @pytest.mark.requirement("S0-1", "S3-1", how="kept")
    def test_fixes_the_version_and_its_last_day(self, text: Document) -> None:
        call = text.calls.get()
        assert (call.ends_on, call.set_document, call.version.number) == (day("2021-04-22"), "演示〔2021〕1 号公告", 1)
        assert len(call.version.digest) == 64
        assert not call.running_on(day("2021-04-23"))
        assert call.running_on(day("2021-04-22"))

    def test_a_last_day_nobody_set_stays_unset(self, place: Place, clerk: Person) -> None:
        call = opened(begun(place, clerk), clerk, ends_on=None, set_document="")
        assert call.ends_on is None
        assert not call.late_on(day("2030-01-01"))

    @pytest.mark.parametrize(("ends_on", "document"), [("2021-04-08", "公告"), ("2021-04-01", "公告"), ("2021-04-22", "")])
    def test_a_last_day_lies_ahead_and_names_its_document(self, place: Place, clerk: Person, ends_on: str, document: str) -> None:
        text = begun(place, clerk)
        with pytest.raises(Invalid):
            opened(text, clerk, ends_on=day(ends_on), set_document=document)
        assert text.calls.count() == 0
        assert text.versions.get().fixed_at is None

    @pytest.mark.requirement("S0-4", how="refuses")
    def test_is_not_closed_on_its_last_day(self, text: Document, clerk: Person) -> None:
        with pytest.raises(Refused):
            services.close_call(document=text, by=clerk, at=days_later(14))
        assert text.calls.get().closed_at is None
        services.close_call(document=text, by=clerk, at=days_later(15))
        assert text.calls.get().closed_at == days_later(15)


class TestTaking:
    def test_sent_twice_within_minutes_it_is_the_one_already_there(self, text: Document) -> None:
        one = said(text, contact="13800138000", anchor=2)
        assert said(text, contact="13800138000", anchor=2) == one
        assert said(text, sheet="7f3a") == said(text, sheet="7f3a")
        others = [said(text, contact="13800138000", anchor=3), said(text, contact="13800138000", anchor=2, at=days_later(2))]
        assert [comment.number for comment in others] == [3, 4]
        assert (said(text).number, said(text).number, Reply.objects.count()) == (5, 6, 6)

    @pytest.mark.requirement("S0-4", how="kept")
    def test_needs_no_name_and_gives_a_code_that_finds_it(self, text: Document) -> None:
        comment = said(text, anchor=2)
        assert comment_by_code(comment.shown_code) == comment
        assert (comment.number, comment.late, comment.channel, comment.anchor) == (1, False, "online", 2)
        assert events_of(MATTER).get(kind="comment.received").by == "anonymous"

    def test_seals_neither_words_nor_contact_nor_code(self, text: Document) -> None:
        comment = said(text, "三栋没有电梯", name="演示·王阿姨", contact="13800001234")
        sealed = b"".join(bytes(each.body) for each in Event.objects.all()).decode()
        assert not any(secret in sealed for secret in ("三栋没有电梯", "演示·王阿姨", "13800001234", comment.code))

    @pytest.mark.requirement("S0-4", how="kept")
    def test_what_came_by_letter_is_entered_with_the_day_it_came(self, text: Document, clerk: Person) -> None:
        comment = said(text, channel="letter", received_on=day("2021-04-20"), registered_by=clerk, at=days_later(16))
        assert (comment.channel, comment.received_on, comment.late) == ("letter", day("2021-04-20"), False)
        assert events_of(MATTER).get(kind="comment.received").by == clerk.ref

    @pytest.mark.requirement("S0-4", how="kept")
    def test_a_late_one_is_kept_and_marked(self, text: Document, clerk: Person) -> None:
        assert said(text, at=days_later(14)).late is False
        assert said(text, at=days_later(15)).late is True
        closed(text, clerk)
        assert said(text, at=days_later(20)).late is True
        assert counts(text)["received"] == 3
        assert counts(text)["late"] == 2

    def test_a_day_before_the_call_or_after_today_is_not_taken(self, text: Document, clerk: Person) -> None:
        for wrong in ("2021-04-07", "2021-04-10"):
            with pytest.raises(Invalid):
                said(text, channel="fax", received_on=day(wrong), registered_by=clerk)
        assert text.comments.count() == 0

    def test_nobody_registers_an_offline_comment_from_outside(self, text: Document) -> None:
        with pytest.raises(Invalid):
            said(text, channel="letter")
        assert text.comments.count() == 0

    def test_speaks_of_a_paragraph_that_is_there(self, text: Document) -> None:
        with pytest.raises(Invalid):
            said(text, anchor=99)
        assert text.comments.count() == 0

    def test_a_text_that_was_never_opened_takes_none(self, place: Place, clerk: Person) -> None:
        draft = begun(place, clerk)
        with pytest.raises(Refused):
            said(draft)
        assert Comment.objects.count() == 0

    def test_the_database_lets_nobody_remove_one(self, text: Document) -> None:
        comment = said(text)
        for change in (lambda: Comment.objects.filter(pk=comment.pk).update(late=True), lambda: comment.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert Comment.objects.get(pk=comment.pk).late is False

    def test_is_owed_an_answer(self, text: Document, clerk: Person) -> None:
        comment = said(text)
        reply = Reply.objects.get(subject_kind="comment", subject_id=str(comment.pk))
        assert (reply.office, reply.answered_at) == ("district.civil_affairs", None)
        services.answer_comment(comment=comment, verdict="adopted", reason="第二条改为晚上", by=clerk, at=days_later(2))
        reply.refresh_from_db()
        assert (reply.verdict, reply.reason) == ("adopted", "第二条改为晚上")


class TestAnswering:
    @pytest.fixture
    def three(self, text: Document) -> list[Comment]:
        return [said(text, words) for words in ("晚上开会", "请在晚上开会", "会场要有坡道")]

    def test_a_group_is_answered_at_once_and_none_is_merged_away(self, text: Document, three, clerk: Person) -> None:
        group = services.group_comments(document=text, comments=three[:2], title="开会时间", by=clerk, at=days_later(2))
        services.answer_group(group=group, verdict="partly", reason="周五晚上一次", by=clerk, at=days_later(3))
        found = heard(text)
        assert [(one.comment.number, one.verdict, one.words) for one in found.every] == [
            (1, "partly", "晚上开会"),
            (2, "partly", "请在晚上开会"),
            (3, "", "会场要有坡道"),
        ]
        assert counts(text)["unanswered"] == 1

    def test_one_that_joins_an_answered_group_is_answered(self, text: Document, three, clerk: Person) -> None:
        group = services.group_comments(document=text, comments=three[:1], title="开会时间", by=clerk, at=days_later(2))
        services.answer_group(group=group, verdict="adopted", reason="改为晚上", by=clerk, at=days_later(3))
        services.group_comments(document=text, comments=three[1:2], group=group, by=clerk, at=days_later(4))
        assert counts(text)["unanswered"] == 1
        assert Reply.objects.filter(kind="comment", answered_at__isnull=True).count() == 1

    def test_an_answer_has_a_verdict_and_a_reason_and_is_not_changed(self, three, clerk: Person) -> None:
        for verdict, reason in (("", "理由"), ("adopted", " "), ("deleted", "理由")):
            with pytest.raises(Invalid):
                services.answer_comment(comment=three[0], verdict=verdict, reason=reason, by=clerk, at=days_later(2))
        services.answer_comment(comment=three[0], verdict="not_adopted", reason="上位文件已有规定", by=clerk, at=days_later(2))
        with pytest.raises(Refused):
            services.answer_comment(comment=three[0], verdict="adopted", reason="改主意了", by=clerk, at=days_later(3))
        assert Comment.objects.get(pk=three[0].pk).answer.verdict == "not_adopted"

    def test_an_answered_one_is_not_moved_to_another_group(self, text: Document, three, clerk: Person) -> None:
        services.answer_comment(comment=three[0], verdict="adopted", reason="好", by=clerk, at=days_later(2))
        with pytest.raises(Refused):
            services.group_comments(document=text, comments=three, title="全部", by=clerk, at=days_later(3))
        assert Group.objects.count() == 0

    def test_hidden_words_leave_a_reason_and_still_wait(self, text: Document, three, clerk: Person) -> None:
        services.hide_words(about=three[2], ground="含有他人病情", by=clerk, at=days_later(2))
        shown = heard(text).every[2]
        assert (shown.words, shown.hidden, shown.ground, shown.open) == ("", True, "含有他人病情", True)
        assert Statement.objects.get(comment=three[2]).words == "会场要有坡道"
        assert b"\xe5\x90\xab\xe6\x9c\x89\xe4\xbb\x96\xe4\xba\xba" in bytes(events_of(MATTER).get(kind="words.hidden").body)

    def test_reading_a_contact_needs_a_reason_and_is_sealed(self, text: Document, clerk: Person) -> None:
        comment = said(text, name="演示·王阿姨", contact="13800001234")
        with pytest.raises(Invalid):
            services.read_contact(comment=comment, reason="", by=clerk, at=days_later(2))
        found = services.read_contact(comment=comment, reason="寄答复", by=clerk, at=days_later(2))
        assert found == ("演示·王阿姨", "13800001234")
        assert events_of(MATTER).filter(kind="comment.contact_read").count() == 1


class TestTheReport:
    @pytest.mark.requirement("S0-5", how="kept")
    def test_counts_what_came_in_and_what_became_of_it(self, text: Document, clerk: Person) -> None:
        comments = [said(text, "一"), said(text, "二"), said(text, "三", channel="email", registered_by=clerk)]
        services.answer_comment(comment=comments[0], verdict="adopted", reason="已改", by=clerk, at=days_later(2))
        closed(text, clerk)
        report = services.publish_report(document=text, words="共收到 3 条意见。", by=clerk, at=days_later(16))
        kept = {key: report.counts[key] for key in ("received", "online", "email", "adopted", "unanswered", "late")}
        assert kept == {"received": 3, "online": 2, "email": 1, "adopted": 1, "unanswered": 2, "late": 0}

    def test_does_not_come_out_while_comments_are_taken(self, text: Document, clerk: Person) -> None:
        with pytest.raises(Refused):
            services.publish_report(document=text, words="早了", by=clerk, at=days_later(3))
        assert text.reports.count() == 0

    def test_a_mistyped_code_is_said_to_be_unknown(self, text: Document) -> None:
        with pytest.raises(NotFound):
            comment_by_code("1234567890")

    def test_erased_words_leave_the_number(self, text: Document) -> None:
        comment = said(text, by=a_person("演示·李叔", "resident"))
        Statement.objects.filter(comment=comment).delete()
        assert (heard(text).every[0].words, heard(text).every[0].hidden) == ("", True)
