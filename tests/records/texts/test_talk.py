"""Questions about a regulation, and residents' talk under a matter: answered, never deleted."""

import pytest
from django.db import DatabaseError, transaction

from linli.records.duties.models import Reply
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import services
from linli.records.texts.models import Explanation, Post, Question
from linli.records.texts.selectors import question_by_code, questions, talk
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from tests.records.evidence.makers import AT, PROJECT, a_person, days_later


def asked(place: Place, words: str = "长椅算不算民生微实事？", **more) -> Question:
    return services.ask_question(**{"pack": "p", "place": place, "words": words, "at": AT, "clause": "S9 §3", **more})


class TestQuestions:
    @pytest.mark.requirement("S1-51", how="answered")
    def test_a_reader_asks_and_the_office_owes_the_answer(self, place: Place, clerk: Person) -> None:
        question = asked(place, office="district.civil_affairs", contact="13800001234")
        reply = Reply.objects.get(kind="query")
        assert (reply.office, reply.subject_id) == ("district.civil_affairs", str(question.pk))
        services.explain(question=question, words="算，是工程类。", by=clerk, office="district.civil_affairs", at=days_later(1))
        reply.refresh_from_db()
        assert reply.answered_at == days_later(1)
        assert question_by_code(question.shown_code).answered_at == days_later(1)

    def test_what_is_asked_often_is_noted_and_answered_by_staff(self, place: Place, clerk: Person) -> None:
        question = asked(place, channel="interview", noted_by=clerk)
        services.explain(question=question, words="算。", by=clerk, office="district.drafting_department", at=AT)
        services.explain(
            question=question, words="2020 年以后也算。", by=clerk, office="district.civil_affairs", at=days_later(9)
        )
        assert [(one.number, one.words) for one in question.explanations.all()] == [(1, "算。"), (2, "2020 年以后也算。")]
        assert Reply.objects.count() == 0

    def test_what_was_answered_is_not_changed(self, place: Place, clerk: Person) -> None:
        explanation = services.explain(question=asked(place), words="算。", by=clerk, office="x", at=AT)
        with pytest.raises(DatabaseError), transaction.atomic():
            Explanation.objects.filter(pk=explanation.pk).update(words="不算。")
        assert Explanation.objects.get().words == "算。"

    @pytest.mark.requirement("S1-52", how="kept")
    def test_are_found_by_clause_and_by_words_of_question_or_answer(self, place: Place, clerk: Person) -> None:
        bench, lamp = asked(place), asked(place, "路灯找谁？", clause="")
        services.explain(question=lamp, words="找居民委员会，长椅也一样。", by=clerk, office="x", at=AT)
        assert [one.pk for one in questions(["p"], clause="S9 §3")] == [bench.pk]
        assert {one.pk for one in questions(["p"], words="长椅")} == {bench.pk, lamp.pk}
        assert list(questions(["p"], words="电梯")) == []
        assert list(questions(["q"])) == []

    def test_hidden_words_are_not_found_by_searching(self, place: Place, clerk: Person) -> None:
        services.hide_words(about=asked(place), ground="含有他人电话", by=clerk, at=AT)
        assert list(questions(["p"], words="长椅")) == []
        assert questions(["p"]).count() == 1


class TestTalk:
    @pytest.mark.requirement("S0-67", "S0-68", how="kept")
    def test_residents_talk_share_experience_and_staff_answer(self, place: Place, clerk: Person) -> None:
        resident = a_person("演示·林婶", "resident")
        first = services.post(subject=PROJECT, place=place, words="长椅放哪边？", by=resident, at=AT)
        services.post(subject=PROJECT, place=place, words="我们楼先画了线。", by=resident, at=AT, kind="experience")
        services.post(
            subject=PROJECT, place=place, words="放树下。", by=clerk, at=AT, office="community.party_committee", answers=first
        )
        said = talk(PROJECT)
        assert [(one.post.number, one.post.kind) for one in said] == [(1, "talk"), (2, "experience")]
        assert [(one.words, one.post.office) for one in said[0].replies] == [("放树下。", "community.party_committee")]
        assert talk(Subject("case", "8")) == []

    def test_nothing_is_deleted_a_reason_stands_in_its_place(self, place: Place, clerk: Person) -> None:
        post = services.post(subject=PROJECT, place=place, words="骂人的话", by=clerk, at=AT)
        with pytest.raises(Invalid):
            services.hide_words(about=post, ground="", by=clerk, at=AT)
        services.hide_words(about=post, ground="辱骂他人", by=clerk, at=AT)
        with pytest.raises(Refused):
            services.hide_words(about=post, ground="再来一次", by=clerk, at=AT)
        assert [(one.words, one.ground) for one in talk(PROJECT)] == [("", "辱骂他人")]
        assert Post.objects.get().words == "骂人的话"
        assert events_of(PROJECT).filter(kind="words.hidden").count() == 1
