"""A covenant of a village through the doors: talked over, voted, signed, kept; refused at each gate that is not met."""

import pytest
from django.test import Client

from linli.demonstration.stories.neighbours import vote
from linli.records.cases.models import Case
from linli.records.evidence.selectors import pieces
from linli.records.people.models import Person
from linli.records.registers.models import Row
from linli.records.registers.selectors import rows_in_force
from linli.records.scorecards.models import Scoring
from linli.records.texts.models import Document
from tests.journeys.steps import row_counts, state_of, turned_down
from tests.journeys.test_consultation_on_a_draft import Office
from tests.journeys.test_pilots import file, fill, take
from tests.pilots import Jinjiang, on
from tests.web.desk.cases.office import Clock, Desk

OLD, NEW = "见面打招呼。\n房前屋后自己扫。", "见面打招呼。\n房前屋后自己扫，垃圾分四类。\n电动车不进楼道。"
WHY = {"why": "演示·电动车多了", "keeping": "贴在楼道，每季由居民评一次"}


class Village:
    """A committee at its desk and its residents at the portal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, time: Clock) -> None:
        jinjiang = Jinjiang(villages=1)
        self.time, (self.place,) = time, jinjiang.villages
        self.committee: Person = jinjiang.committee[self.place.pk]
        self.desk, self.office = Desk(self.committee), Office(self.committee, monkeypatch)
        self.residents = [jinjiang.resident(self.place, f"村民{n}") for n in range(6)]
        self.jinjiang = jinjiang

    def at(self, day: str) -> None:
        self.time.at = on(day)

    def drafted(self, title: str, words: str) -> tuple[Case, Document]:
        self.desk.open("/desk/cases/new/").send(procedure="covenant", title=title, place=self.place.pk)
        case = Case.objects.filter(procedure="covenant").latest("pk")
        begun = {"new-case": case.code, "new-kind": "covenant", "new-title": title, "new-words": words}
        assert self.office.client.post(f"/desk/texts/new/?place={self.place.pk}", begun).status_code == 302
        return case, Document.objects.get(subject_id=str(case.pk))

    def commented(self, text: Document, said: str) -> None:
        """Called, commented on by a passer-by, closed and answered."""
        opened = {"contact": "邻里驿站", "ends_on": "2023-05-12", "set_document": "演示·公告"}
        assert self.office.does(text, "open", **opened).status_code == 302
        Client().post(f"/texts/{text.pk}/comment/", {"p": "2", "words-2": said})
        self.at("2023-05-15")
        assert self.office.does(text, "close").status_code == 302
        self.office.does(text, "answer", 1, verdict="adopted", reason="写进第二段")

    def in_force(self, title: str, words: str) -> Case:
        """The whole way, for the covenant there was before."""
        case, text = self.drafted(title, words)
        self.commented(text, "写短一点")
        fill(self.desk, case, "covenant_text", {"body": words, **WHY})
        self.office.does(text, "report", words="1 条，已采纳。")
        vote(case, self.residents, self.committee, self.time.at, against=0)
        self.office.does(text, "adopt")
        take(self.desk, case, "adopt")
        take(self.desk, case, "open_signing")
        self.office.does(text, "open_signing", unit="person")
        Desk(self.residents[0]).client.post(f"/texts/{text.pk}/sign/")
        take(self.desk, case, "put_in_force")
        return case


@pytest.fixture
def village(db: None, monkeypatch: pytest.MonkeyPatch) -> Village:
    made = Village(monkeypatch, Clock.stopped(monkeypatch, on("2023-05-02")))
    made.jinjiang.set("covenant_quorum", "2/3")
    made.jinjiang.set("covenant_approval", "2/3")
    return made


@pytest.mark.requirement("S2-10", "S2-26", "S2-27", "S2-28", how="refuses")
@pytest.mark.requirement("S2-26", "S2-27", how="kept")
def test_i_make_i_promise_i_carry_out_and_every_gate_on_the_way(village: Village) -> None:
    desk, committee = village.desk, village.committee
    case, text = village.drafted("演示村村规民约", NEW)

    # Nothing is talked over before residents were asked, and why it is revised is written down.
    assert turned_down(case, "discuss", committee, village.time.at) == ["covenant_text", "discussion"]
    village.commented(text, "电动车也要管一管")
    assert village.office.does(text, "report", words="1 条，已采纳。").status_code == 409
    fill(desk, case, "covenant_text", {"body": NEW, **WHY})
    assert village.office.does(text, "report", words="1 条，已采纳。").status_code == 302
    assert state_of(case) == "discussed"

    # Two of three must be present, and two of three in favour: half is neither.
    before = row_counts()
    page = f"/desk/cases/{case.code}/acts/adopt/"
    desk.open(page).send(page, status=409)
    assert (row_counts(), state_of(case)) == (before, "discussed")
    village.at("2023-05-16")
    vote(case, village.residents, committee, village.time.at, present=3, against=0)
    assert turned_down(case, "adopt", committee, village.time.at) == ["vote.quorum_met"]
    village.at("2023-05-17")
    vote(case, village.residents, committee, village.time.at, against=3)
    assert turned_down(case, "adopt", committee, village.time.at) == ["covenant_approval"]
    village.at("2023-05-18")
    vote(case, village.residents, committee, village.time.at, against=2)
    assert pieces(case.subject)["vote"].facts["approve_share"] == "2/3"
    assert village.office.does(text, "adopt").status_code == 302
    take(desk, case, "adopt")

    # I promise: it is not in force before anybody has signed.
    assert "轮到您办" in desk.open("/desk/").text and case.code in desk.text
    take(desk, case, "open_signing")
    assert turned_down(case, "put_in_force", committee, village.time.at) == ["signatures.signers"]
    assert village.office.does(text, "open_signing", unit="person").status_code == 302
    for resident in village.residents[:2]:
        Desk(resident).client.post(f"/texts/{text.pk}/sign/")
    take(desk, case, "put_in_force")
    (row,) = rows_in_force(village.place, "covenants", village.time.at.date())
    assert row.data["body"] == NEW
    # In force it rests: replacing it is open, and nobody's to-do calls for it.
    assert "轮到您办" not in desk.open("/desk/").text and case.code not in desk.text

    # I carry out: how far it is known and kept is asked of the residents, and published.
    village.at("2023-08-20")
    assert turned_down(case, "ask_keeping", committee, village.time.at) == ["keeping.respondents"]
    desk.open(f"/desk/scorings/open/?case={case.code}&slot=keeping").send("/desk/scorings/open/")
    asked = Scoring.objects.get(subject_id=str(case.pk))
    for number, resident in enumerate(village.residents[:4]):
        page = f"/scorings/{asked.pk}/appraise/"
        Desk(resident).open(page).send(**{"i-known": "yes", "i-kept": "no" if number == 0 else "yes"})
    desk.open(f"/desk/scorings/{asked.pk}/").send(f"/desk/scorings/{asked.pk}/close/")
    assert pieces(case.subject)["keeping"].facts == {"respondents": 4, "satisfied_share": "7/8"}
    take(desk, case, "ask_keeping")


@pytest.mark.requirement("S2-26", how="refuses")
def test_a_covenant_gives_way_only_to_a_new_one_and_then_leaves_the_list(village: Village) -> None:
    case = village.in_force("演示村村规民约", OLD)
    assert turned_down(case, "replace", village.committee, village.time.at) == ["successor"]  # its own text is no successor
    assert rows_in_force(village.place, "covenants", village.time.at.date()).count() == 1
    village.at("2023-09-04")
    file(village.desk, case, "successor", summary="演示·新公约 2023 年 9 月起执行")
    take(village.desk, case, "replace", note="演示·新公约已经执行")
    assert state_of(case) == "replaced"
    assert not rows_in_force(village.place, "covenants", village.time.at.date()).exists()
    assert Row.objects.get(register="covenants").strike_reason == "演示·新公约已经执行"
