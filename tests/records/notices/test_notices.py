"""Publishing, posting, changing, interrupting and taking down a notice; what the gate then sees."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image

from linli.records.evidence.models import File
from linli.records.evidence.selectors import piece_history, pieces
from linli.records.evidence.services import store_file, void_slot
from linli.records.notices.models import Notice, NoticeContent, Outage, Posting
from linli.records.notices.selectors import days_left, hanging, notices_of, sheet
from linli.records.notices.services import answer_objection, change_notice, post_notice, record_outage, take_down_notice
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import library
from linli.records.trail.selectors import events_of
from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Facts, Finding, Readings
from linli.rules.plain.days import Period
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules
from tests.records.evidence.makers import AT, PROJECT, a_person, day, days_later, noon
from tests.records.notices.makers import objected, published
from tests.world import refused


def facts(point: str = "determination") -> Facts:
    found: Facts = pieces(PROJECT)[f"{point}_notice"].facts
    return found


def publicity(
    point: str,
    act: str,
    state: str,
    on: str,
    pack: str = "nanshan",
    days: Period | None = Period(5, "days"),
    began: str = "2021-04-01",
) -> list[Finding]:
    """What the gate of an act says about publicity, by the real packs, from the evidence on file."""
    rules: Rules = library().rules(pack)
    if days:
        local = LocalValue(
            "notice_days", point, days, day("2018-11-20"), None, "440305", "district", "district.civil_affairs", "演示文件"
        )
        rules = rules.with_local([local])
    evidence = {slot: piece.facts for slot, piece in pieces(PROJECT).items()}
    stages = {"source": day(began), "decision": day(began)}
    decision = decide(
        rules,
        "micro_project",
        act,
        state=state,
        actor=Actor("person:1", frozenset({"community.party_committee"})),
        on=day(on),
        readings=Readings(evidence=evidence, stages=stages, opened_on=day(began)),
    )
    return [finding for finding in decision.findings if finding.key.startswith(f"publicity.{point}")]


class TestPublishing:
    def test_starts_the_clock_and_files_its_evidence(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        assert (notice.counted_from, notice.ends_on, notice.days) == (date(2021, 4, 8), date(2021, 4, 13), Period(5, "days"))
        assert facts() == {
            "shown": ["2021-04-08", None],
            "places": 0,
            "objections_open": 0,
            "objections_late": 0,
            "answered_by_author": 0,
        }
        assert pieces(PROJECT)["determination_notice"].kind == "notice"

    def test_counts_days_in_china(self, place: Place, clerk: Person) -> None:
        """Half past midnight on 9 April in Shenzhen is still the 8th in London."""
        notice = published(place, clerk, at=datetime(2021, 4, 8, 16, 30, tzinfo=UTC))
        assert notice.counted_from == date(2021, 4, 9)

    def test_without_a_length_has_no_end_and_says_so(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk, days=None)
        assert (notice.days, notice.ends_on, days_left(notice, date(2021, 4, 9))) == (None, None, None)

    def test_is_sealed_under_the_matter_with_its_digest(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        event = events_of(PROJECT).filter(kind="notice.published").get()
        assert event.data == {
            "notice": notice.pk,
            "point": "determination",
            "digest": notice.content.digest,
            "counted_from": "2021-04-08",
            "days": "5 days",
            "ends_on": "2021-04-13",
        }
        assert notice.receipt == f"{place.code}/{event.seq}/{event.sha256[:16]}"

    @pytest.mark.parametrize(
        ("change", "field"), [({"title": " "}, "title"), ({"body": "\u200b"}, "body"), ({"title": "长" * 201}, "title")]
    )
    def test_needs_a_title_and_words(self, place: Place, clerk: Person, change: dict[str, str], field: str) -> None:
        with pytest.raises(Invalid) as refused:
            published(place, clerk, **change)
        assert set(refused.value.fields) == {field}
        assert not Notice.objects.exists()
        assert pieces(PROJECT) == {}

    def test_has_a_title_of_one_line(self, place: Place, clerk: Person) -> None:
        assert published(place, clerk, title=" 关于扶手\r\n的公示").content.title == "关于扶手 的公示"

    def test_a_second_one_for_the_same_link_is_refused_and_the_first_runs_on(self, place: Place, clerk: Person) -> None:
        first = published(place, clerk)
        with pytest.raises(Refused):
            published(place, clerk, at=days_later(3))
        assert list(notices_of(PROJECT)) == [first]
        assert facts()["shown"] == ["2021-04-08", None]

    def test_another_link_has_its_own_notice(self, place: Place, clerk: Person) -> None:
        published(place, clerk)
        published(place, clerk, point="evaluation")
        assert set(pieces(PROJECT)) == {"determination_notice", "evaluation_notice"}

    @pytest.mark.parametrize(
        ("on", "left"), [("2021-04-08", 6), ("2021-04-12", 2), ("2021-04-13", 1), ("2021-04-14", 0), ("2021-05-01", 0)]
    )
    def test_shows_how_many_days_are_left(self, place: Place, clerk: Person, on: str, left: int) -> None:
        assert days_left(published(place, clerk), day(on)) == left

    def test_hangs_in_the_community_and_in_all_places_above(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        district = at_level(place, "district")
        elsewhere = Place.objects.create(code="440306", name="宝安区", level="district", path="/44/4403/440306/")
        assert (list(hanging(place)), list(hanging(district)), list(hanging(elsewhere))) == ([notice], [notice], [])

    def test_the_printed_sheet_has_what_paper_and_qr_need(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk, amount_fen=48_650_000, contact="0755-26001234")
        post_notice(notice=notice, kind="board", where="社区公告栏", by=clerk, at=AT)
        printed = sheet(notice)
        assert (printed.place, printed.title, printed.amount_fen) == ("南头城社区", "关于加装扶手的公示", 48_650_000)
        assert (printed.counted_from, printed.ends_on, printed.days) == (date(2021, 4, 8), date(2021, 4, 13), Period(5, "days"))
        assert (printed.contact, printed.clause, printed.places, printed.version) == (
            "0755-26001234",
            "S0 §11.6",
            ("社区公告栏",),
            1,
        )
        assert (printed.digest, printed.receipt) == (notice.content.digest, notice.receipt)


class TestTheGate:
    @pytest.mark.requirement("S0-91", how="refuses")
    @pytest.mark.parametrize(("on", "outcome"), [("2021-04-08", "missing"), ("2021-04-13", "missing"), ("2021-04-14", "ok")])
    def test_opens_on_the_day_after_the_last_whole_day(self, place: Place, clerk: Person, on: str, outcome: str) -> None:
        published(place, clerk, point="evaluation")
        assert [finding.outcome for finding in publicity("evaluation", "determine", "evaluated", on)] == [outcome]

    @pytest.mark.requirement("S0-91", how="refuses")
    def test_stays_closed_without_a_notice(self, place: Place) -> None:
        [finding] = publicity("evaluation", "determine", "evaluated", "2021-06-01")
        assert (finding.outcome, finding.slot, finding.clause) == ("missing", "evaluation_notice", "S0 §11.6")

    def test_says_the_length_is_not_set_instead_of_inventing_one(self, place: Place, clerk: Person) -> None:
        published(place, clerk, point="evaluation", days=None)
        [finding] = publicity("evaluation", "determine", "evaluated", "2021-06-01", days=None)
        assert finding.outcome == "unset"

    @pytest.mark.requirement("S1-18", how="refuses")
    def test_needs_no_notice_for_the_selection_in_nanshan(self, place: Place) -> None:
        [finding] = publicity("selection", "select", "designed", "2021-06-01")
        assert (finding.outcome, finding.clause) == ("waived", "S1 ¶4.3")

    def test_an_open_objection_keeps_it_closed_and_an_answer_opens_it(self, place: Place, clerk: Person) -> None:
        objection = objected(published(place, clerk, point="evaluation"), at=days_later(1))
        found = publicity("evaluation", "determine", "evaluated", "2021-04-14")
        assert [(each.key, each.outcome) for each in found] == [
            ("publicity.evaluation", "ok"),
            ("publicity.evaluation.objections", "missing"),
        ]
        answer_objection(objection=objection, verdict="rejected", reason="三栋有六位高龄老人", by=clerk, at=days_later(5))
        assert [each.outcome for each in publicity("evaluation", "determine", "evaluated", "2021-04-14")] == ["ok"]

    def test_a_notice_taken_down_early_has_not_served(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk, point="evaluation")
        take_down_notice(notice=notice, reason="演示", by=clerk, at=noon(2021, 4, 13))
        assert [each.outcome for each in publicity("evaluation", "determine", "evaluated", "2021-06-01")] == ["refused"]

    def test_a_notice_taken_down_after_its_time_has_served(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk, point="evaluation")
        take_down_notice(notice=notice, reason="期满", by=clerk, at=noon(2021, 4, 14))
        assert [each.outcome for each in publicity("evaluation", "determine", "evaluated", "2021-06-01")] == ["ok"]


class TestChanging:
    def change(
        self, notice: Notice, by: Person, body: str = "拟在五栋加装扶手。", reason: str = "地点写错", at: datetime = days_later(3)
    ) -> Notice:
        return change_notice(
            notice=notice, title=notice.content.title, body=body, reason=reason, by=by, at=at, calendar=library().calendar
        )

    def test_starts_the_clock_again_and_keeps_the_old_words(self, place: Place, clerk: Person) -> None:
        changed = self.change(published(place, clerk), clerk)
        assert (changed.counted_from, changed.ends_on, changed.restarts) == (date(2021, 4, 11), date(2021, 4, 16), 1)
        assert [each.body for each in changed.contents.order_by("number")] == [
            "拟在三栋加装扶手，金额 48.65 万元。",
            "拟在五栋加装扶手。",
        ]
        assert facts()["shown"] == ["2021-04-11", None]
        assert piece_history(PROJECT, "determination_notice").count() == 2

    def test_that_changes_nothing_is_refused_and_the_clock_runs_on(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        with pytest.raises(Invalid):
            self.change(notice, clerk, body=notice.content.body)
        notice.refresh_from_db()
        assert (notice.counted_from, notice.restarts, notice.contents.count()) == (date(2021, 4, 8), 0, 1)

    def test_needs_a_reason(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        with pytest.raises(Invalid) as refused:
            self.change(notice, clerk, reason=" ")
        assert set(refused.value.fields) == {"reason"}
        assert notice.contents.count() == 1

    def test_keeps_open_objections_open(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        objected(notice, at=days_later(1))
        self.change(notice, clerk)
        assert facts()["objections_open"] == 1

    def test_is_refused_once_it_is_down(self, place: Place, clerk: Person) -> None:
        notice = take_down_notice(notice=published(place, clerk), reason="演示", by=clerk, at=days_later(1))
        with pytest.raises(Refused):
            self.change(notice, clerk)
        assert notice.contents.count() == 1


class TestOutages:
    def outage(self, notice: Notice, began: datetime, ended: datetime, at: datetime | None = None) -> Outage:
        return record_outage(
            notice=notice, began=began, ended=ended, reason="机房停电", by=None, at=at or ended, calendar=library().calendar
        )

    def test_push_the_end_back_by_the_days_lost(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        outage = self.outage(notice, noon(2021, 4, 9), noon(2021, 4, 10))
        notice.refresh_from_db()
        assert outage.lost == ["2021-04-09", "2021-04-10"]
        assert (notice.counted_from, notice.ends_on) == (date(2021, 4, 10), date(2021, 4, 15))
        assert facts()["shown"] == ["2021-04-10", None]
        assert events_of(PROJECT).filter(kind="notice.extended").get().data["ends_on"] == "2021-04-15"

    def test_that_touch_the_same_day_count_it_once(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        self.outage(notice, datetime(2021, 4, 9, 0, tzinfo=UTC), datetime(2021, 4, 9, 5, tzinfo=UTC))
        self.outage(notice, datetime(2021, 4, 9, 6, tzinfo=UTC), datetime(2021, 4, 9, 11, tzinfo=UTC))
        notice.refresh_from_db()
        assert notice.ends_on == date(2021, 4, 14)

    def test_before_a_restart_do_not_count_again(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        self.outage(notice, noon(2021, 4, 9), noon(2021, 4, 10))
        change_notice(
            notice=notice, title="新题", body="新文", reason="更正", by=clerk, at=noon(2021, 4, 12), calendar=library().calendar
        )
        self.outage(notice, noon(2021, 4, 13), noon(2021, 4, 14))
        notice.refresh_from_db()
        assert (notice.counted_from, notice.ends_on) == (date(2021, 4, 14), date(2021, 4, 19))

    @pytest.mark.parametrize(
        ("began", "ended", "at"),
        [
            (datetime(2021, 4, 9, 0, tzinfo=UTC), datetime(2021, 4, 9, 4, tzinfo=UTC), None),
            (datetime(2021, 4, 9, 9, tzinfo=UTC), datetime(2021, 4, 9, 4, tzinfo=UTC), None),
            (noon(2021, 4, 1), noon(2021, 4, 7), None),
            (noon(2021, 4, 9), noon(2021, 4, 12), noon(2021, 4, 10)),
        ],
        ids=["four hours", "backwards", "before the notice", "not over yet"],
    )
    def test_that_cost_no_day_are_refused(
        self, place: Place, clerk: Person, began: datetime, ended: datetime, at: datetime | None
    ) -> None:
        notice = published(place, clerk)
        with pytest.raises(Invalid):
            self.outage(notice, began, ended, at)
        notice.refresh_from_db()
        assert (notice.ends_on, Outage.objects.count()) == (date(2021, 4, 13), 0)


class TestPosting:
    @pytest.fixture
    def photo(self, place: Place, clerk: Person) -> File:
        out = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(out, "JPEG")
        return store_file(upload=SimpleUploadedFile("公告栏.jpg", out.getvalue()), by=clerk, at=AT, place=place)

    def test_is_kept_with_its_photos_and_counted(self, place: Place, clerk: Person, photo: File) -> None:
        notice = published(place, clerk)
        post_notice(notice=notice, kind="board", where="社区公告栏", by=clerk, at=AT, photos=[photo])
        post_notice(notice=notice, kind="building", where="三栋大堂", by=clerk, at=AT)
        piece = pieces(PROJECT)["determination_notice"]
        assert (piece.facts["places"], list(piece.files.all())) == (2, [photo])

    def test_twice_at_the_same_place_is_one_place(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        for _ in range(2):
            post_notice(notice=notice, kind="board", where="社区公告栏", by=clerk, at=AT)
        assert (Posting.objects.count(), facts()["places"]) == (1, 1)

    def test_cannot_shorten_the_clock(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        post_notice(notice=notice, kind="board", where="社区公告栏", by=clerk, at=days_later(2))
        assert facts()["shown"] == ["2021-04-08", None]

    def test_is_refused_for_unknown_kinds_empty_places_papers_and_notices_taken_down(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        paper = store_file(upload=SimpleUploadedFile("说明.txt", "说明".encode()), by=clerk, at=AT, place=place)
        for wrong in ({"kind": "sky"}, {"where": " "}, {"photos": [paper]}):
            with pytest.raises(Invalid):
                post_notice(**({"notice": notice, "kind": "board", "where": "公告栏", "by": clerk, "at": AT} | wrong))  # type: ignore[arg-type]
        take_down_notice(notice=notice, reason="演示", by=clerk, at=days_later(1))
        with pytest.raises(Refused):
            post_notice(notice=notice, kind="board", where="公告栏", by=clerk, at=days_later(2))
        assert not Posting.objects.exists()


def test_all_the_words_a_notice_lacks_are_said_at_once(place: Place, clerk: Person) -> None:
    none = refused(Invalid, lambda: published(place, clerk, title=" ", body=""))
    assert isinstance(none, Invalid) and list(none.fields) == ["title", "body"]
    assert none.fields["body"].en == "Please write what the notice says."
    long = refused(Invalid, lambda: published(place, clerk, title="长" * 201, body=""))
    assert isinstance(long, Invalid) and long.fields["title"].zh == "标题最多 200 字。" and "body" in long.fields
    notice = published(place, clerk)
    changed = refused(Invalid, lambda: change_notice(notice=notice, title="", body=" ", reason="", by=clerk, at=days_later(1)))
    assert isinstance(changed, Invalid) and list(changed.fields) == ["title", "body", "reason"]
    assert changed.fields["reason"].en == "Please say why it changes; its clock starts again."


class TestTakingDown:
    @pytest.mark.parametrize(("down", "early", "until"), [(13, True, "2021-04-12"), (14, False, "2021-04-13")])
    def test_before_its_time_is_recorded(self, place: Place, clerk: Person, down: int, early: bool, until: str) -> None:
        notice = take_down_notice(notice=published(place, clerk), reason="演示", by=clerk, at=noon(2021, 4, down))
        assert notice.taken_down_early is early
        assert facts()["shown"] == ["2021-04-08", until]
        assert events_of(PROJECT).filter(kind="notice.taken_down").get().data["early"] is early

    def test_needs_a_reason_and_happens_once(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        with pytest.raises(Invalid):
            take_down_notice(notice=notice, reason="", by=clerk, at=days_later(1))
        take_down_notice(notice=notice, reason="演示", by=clerk, at=days_later(1))
        with pytest.raises(Refused):
            take_down_notice(notice=notice, reason="再来", by=clerk, at=days_later(2))

    def test_and_publishing_anew_does_not_lose_an_open_objection(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        objected(notice, at=days_later(1))
        take_down_notice(notice=notice, reason="演示", by=clerk, at=days_later(2))
        published(place, clerk, at=days_later(3))
        assert (facts()["shown"], facts()["objections_open"]) == (["2021-04-11", None], 1)

    def test_a_late_word_on_an_old_notice_leaves_the_new_clock_alone(self, place: Place, clerk: Person) -> None:
        old = take_down_notice(notice=published(place, clerk), reason="演示", by=clerk, at=days_later(2))
        published(place, clerk, at=days_later(3))
        objected(old, at=days_later(4))
        assert (facts()["shown"], facts()["objections_open"]) == (["2021-04-11", None], 1)


class TestVoided:
    def test_a_notice_of_a_matter_sent_back_does_not_come_back_to_life(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        void_slot(subject=PROJECT, slot="determination_notice", reason="退回评议", by=clerk, at=days_later(1), place=place)
        objected(notice, at=days_later(2))
        post_notice(notice=notice, kind="board", where="公告栏", by=clerk, at=days_later(2))
        assert pieces(PROJECT) == {}

    def test_publishing_again_takes_the_old_one_down_and_counts_from_new(self, place: Place, clerk: Person) -> None:
        old = published(place, clerk)
        void_slot(subject=PROJECT, slot="determination_notice", reason="退回评议", by=clerk, at=days_later(1), place=place)
        published(place, clerk, at=days_later(1))
        old.refresh_from_db()
        assert (old.taken_down_at, old.take_down_reason, old.taken_down_early) == (days_later(1), "退回评议", True)
        assert facts()["shown"] == ["2021-04-09", None]


class TestTheDatabase:
    def refuses(self, notice: Notice, **changes: object) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**changes)

    def test_refuses_two_notices_hanging_for_one_link(self, place: Place, clerk: Person) -> None:
        published(place, clerk)
        other = published(place, clerk, point="evaluation")
        self.refuses(other, slot="determination_notice")

    def test_refuses_half_a_length_an_end_before_the_start_and_a_clock_turned_back(self, place: Place, clerk: Person) -> None:
        notice = published(place, clerk)
        self.refuses(notice, days_count=None)
        self.refuses(notice, days_count=0)
        self.refuses(notice, ends_on=date(2021, 4, 8))
        self.refuses(notice, shown_since=days_later(-1))
        self.refuses(notice, taken_down_at=days_later(1))
        self.refuses(notice, take_down_reason="演示")
        self.refuses(notice, taken_down_at=days_later(-1), take_down_reason="演示")

    def test_refuses_to_change_or_remove_what_a_notice_said(self, place: Place, clerk: Person) -> None:
        content = published(place, clerk).content
        for attack in (lambda: NoticeContent.objects.filter(pk=content.pk).update(body="别的"), content.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                attack()
        content.refresh_from_db()
        assert content.body == "拟在三栋加装扶手，金额 48.65 万元。"


def test_someone_else_may_change_a_notice_but_its_author_stays_its_author(place: Place, clerk: Person) -> None:
    notice = published(place, clerk)
    other = a_person("演示·李主任")
    changed = change_notice(
        notice=notice, title="新题", body="新文", reason="更正", by=other, at=days_later(1), calendar=library().calendar
    )
    assert (changed.author, changed.content.written_by) == (clerk, other)


def test_every_turn_of_a_notice_is_sealed_and_its_receipt_kept(place: Place, clerk: Person) -> None:
    notice = published(place, clerk)
    post_notice(notice=notice, kind="building", where=" 三栋门口 ", by=clerk, at=noon(2021, 4, 9))
    change_notice(
        notice=notice, title=notice.content.title, body="拟在三栋加装扶手。", reason="改错字", by=clerk, at=noon(2021, 4, 12)
    )
    take_down_notice(notice=notice, reason="演示", by=clerk, at=noon(2021, 4, 20))
    notice.refresh_from_db()
    turns = sorted((event for event in events_of(PROJECT) if event.kind.startswith("notice.")), key=lambda event: event.pk)
    assert [(event.kind, event.by) for event in turns] == [
        (kind, clerk.ref) for kind in ("notice.published", "notice.posted", "notice.changed", "notice.taken_down")
    ]
    opened, posted, changed, down = (event.data for event in turns)
    first, second = NoticeContent.objects.filter(notice=notice).order_by("number")
    assert (opened["digest"], changed["was_digest"], changed["digest"]) == (first.digest, first.digest, second.digest)
    assert (posted["where"], changed["counted_from"], down["early"]) == ("三栋门口", "2021-04-12", False)
    assert notice.receipt.startswith(f"{place.code}/{turns[0].seq}/")
