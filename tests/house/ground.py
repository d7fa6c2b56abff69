"""One district in which every address of the site has something to show, and everybody who might ask for it.

Nobody in it is real. Residents carry canary names, phones and addresses: whatever shows one of them to an outsider leaks.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from linli.records.bodies.models import Body, Seat
from linli.records.cases.models import Case, Message, Party
from linli.records.cases.services import file_case_evidence, open_case
from linli.records.duties.services import open_duty
from linli.records.evidence.models import File
from linli.records.evidence.services import file_piece, store_file
from linli.records.meetings import services as meetings
from linli.records.meetings.models import Meeting
from linli.records.needs.models import ImportBatch, Need
from linli.records.needs.services import Details, import_needs, raise_need, withdraw_need
from linli.records.notices.models import Notice, Objection
from linli.records.notices.services import approve_hiding, ask_to_hide, post_notice, publish_notice, raise_objection
from linli.records.people.models import Household, Interest, OfficeHeld, Organisation, Person, Residency
from linli.records.people.phones import phone_index
from linli.records.people.services import account_of, ask_for_roll, enter_roll, erase_person, mark_priority, register_household
from linli.records.places.models import Place
from linli.records.places.services import load_places
from linli.records.registers.models import Row
from linli.records.registers.services import enter_row
from linli.records.reports.search.indexing import refresh
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.selectors import library
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.services import open_scoring
from linli.records.texts import services as texts
from linli.records.texts.models import Document
from linli.records.trail.services import take_checkpoint
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from tests.house.tables import tables
from tests.records.cases.life import Life
from tests.records.needs.sheets import csv_of, row
from tests.world import COMMUNITY, DISTRICT, OTHER, SUBDISTRICT, at, build, officer, place

GRID, ESTATE, BUILDING = COMMUNITY + "01", COMMUNITY + "0101", COMMUNITY + "010101"
NEXT_SUBDISTRICT, NEXT_DISTRICT, NEXT_CITY = "440305007", "440304", "4401"
MORE_PLACES = (
    (GRID, "演示·第一网格", "grid", COMMUNITY),
    (ESTATE, "演示·榕树小区", "estate", GRID),
    (BUILDING, "演示·三栋", "building", ESTATE),
    (NEXT_SUBDISTRICT, "粤海街道", "subdistrict", DISTRICT),
    ("440305007003", "科技园社区居委会", "community", NEXT_SUBDISTRICT),
    (NEXT_DISTRICT, "福田区", "district", "4403"),
    ("440304001", "园岭街道", "subdistrict", NEXT_DISTRICT),
    ("440304001001", "华林社区居委会", "community", "440304001"),
    (NEXT_CITY, "广州市", "city", "44"),
)
# The places where each level is tried: the first on the line of the examples, the others beside it.
TRIED = {
    "province": ("44",),
    "city": ("4403", NEXT_CITY),
    "district": (DISTRICT, NEXT_DISTRICT),
    "subdistrict": (SUBDISTRICT, NEXT_SUBDISTRICT, "440304001"),
    "community": (COMMUNITY, OTHER, "440305007003", "440304001001"),
    "grid": (GRID,),
    "estate": (ESTATE,),
    "building": (BUILDING,),
}
# Everybody is these without being appointed.
NOT_APPOINTED = ("anyone", "resident", "household")


@dataclass(frozen=True)
class Who:
    """Somebody who asks. `holds` are (level, office, place); `roll` is the community on whose roll they are."""

    key: str
    person: Person | None = None
    holds: tuple[tuple[str, str, str], ...] = ()
    roll: str = ""
    erased: bool = False
    relations: frozenset[str] = frozenset()

    @property
    def signed_in(self) -> bool:
        return self.person is not None and not self.erased

    @property
    def staff(self) -> bool:
        return self.person is not None and self.person.kind == "staff"


@dataclass
class Canaries:
    """Words that stand in personal data only, each with where it was put."""

    words: dict[str, str] = field(default_factory=dict)

    def name(self, where: str) -> str:
        return self._kept(f"金丝雀{len(self.words):03d}号", where)

    def phone(self, where: str) -> str:
        return self._kept(f"1390000{len(self.words):04d}", where)

    def address(self, where: str) -> str:
        return self._kept(f"百灵鸟巷{len(self.words):03d}弄9单元", where)

    def _kept(self, word: str, where: str) -> str:
        self.words[word] = where
        return word

    def found_in(self, text: str) -> list[str]:
        return [f"{word} ({where})" for word, where in self.words.items() if word in text]


class Ground:
    """Built once per module; every request is taken back afterwards."""

    def __init__(self) -> None:
        self.today = clock.today()
        self.canaries = Canaries()
        self.cast = build()
        load_places(rows=[_row(*each) for each in MORE_PLACES], source="演示", at=at(2021, 1, 1))
        self.resident = self._resident(COMMUNITY)
        self._household()
        self._matter()
        self._notice()
        self._meeting()
        self._text()
        self._import()
        self._owed()
        self._draft()
        self._scoring()
        self._list()
        take_checkpoint(at=at(2021, 12, 1))
        self.ordinary = self._ordinary()
        self.everybody = [*self.ordinary, *self._officers()]
        self.held = OfficeHeld.objects.get(person=self.cast.deputy)
        # As pages do it, act by act. Making the index anew would change the schema in a transaction that stays open, and SQLite
        # would read the whole schema again after every request that is taken back.
        refresh(self.today)

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────────────
    def _resident(self, community: str) -> Person:
        name, phone = self.canaries.name("a resident's name"), self.canaries.phone("a resident's phone")
        person = Person.objects.create(
            name=name, kind="resident", home_id=community, phone=phone, phone_index=phone_index(phone), demonstration=True
        )
        Residency.objects.create(person=person, place_id=community, since=date(2019, 1, 1))
        return person

    def _household(self) -> None:
        secretary, when = self.cast.secretary, at(2021, 1, 5)
        self.household: Household = register_household(
            place=place(),
            label="演示-3-1201",
            address=self.canaries.address("a household's address"),
            since=date(2020, 1, 1),
            by=secretary,
            at=when,
        )
        group = next(iter(library().rules("nanshan").catalogue("priority_groups", date(2021, 1, 1)).entries))
        detail = self.canaries.name("why a household is listed")
        mark_priority(household=self.household, group=group, since=date(2020, 1, 1), by=secretary, at=when, detail=detail)
        self.neighbour = Person.objects.create(name=self.canaries.name("a neighbour's name"), kind="resident", demonstration=True)
        newcomer = Person.objects.create(name="居民", kind="resident", demonstration=True)
        self.roll_request = ask_for_roll(
            place=place(),
            name=self.canaries.name("who asks to be on the roll"),
            where=self.canaries.address("where somebody says to live"),
            by=newcomer,
            at=when,
        )
        enter_roll(person=self.neighbour, place=place(), since=date(2020, 1, 1), by=secretary, at=when, household=self.household)

    # ── what the pages are about ────────────────────────────────────────────────────────────────────────────────
    def _matter(self) -> None:
        life = Life(self.cast)
        life.draft()
        self.need: Need = raise_need(
            place=place(),
            data={
                "what": "演示·三栋楼道的灯坏了",
                "where": "南头古城三栋",
                "mode": "daily",
                "asker": "resident",
                "channel": "online",
            },
            by=self.resident,
            at=life.day,
            details=Details(),
        )
        self.unknown_need: Need = raise_need(
            place=place(),
            data={
                "what": "演示·门口台阶太高",
                "where": "榕树广场",
                "mode": "daily",
                "asker": "resident",
                "channel": "online",
                "contact": self.canaries.phone("a need's contact"),
            },
            by=None,
            at=life.day,
            details=Details(name=self.canaries.name("who asked for something")),
        )
        life.act("design")
        self.shown = _photo("shown.jpg", self.cast.secretary, life)
        self.kept = _photo("kept.jpg", self.cast.secretary, life)
        file_case_evidence(
            case=life.case, slot="selection", kind="document", facts={}, by=self.cast.secretary, at=life.day, files=[self.kept]
        )
        # An original of which no copy for everybody was made.
        closed = _photo(
            f"{self._hidden('灰喜鹊的照片', 'the name of a file only staff may open')}.jpg", self.cast.secretary, life
        )
        file_piece(
            subject=life.case.subject,
            slot="contract",
            kind="contract",
            facts={},
            by=self.cast.secretary,
            at=life.day,
            place=place(),
            files=[closed],
        )
        life.act("select")
        life.check("scope", "exclusions", "negative")
        life.act("submit_for_evaluation")
        self.life, self.case = life, Case.objects.get(pk=life.case.pk)
        passage = self.case.passage
        assert passage is not None
        self.asked = ExceptionAsked.objects.create(
            passage=passage,
            excuses="project_cap",
            reason="演示·确有需要",
            asked_by=self.cast.secretary.ref,
            asked_at=life.day,
        )

    def _notice(self) -> None:
        self.notice: Notice = publish_notice(
            subject=self.case.subject,
            point="determination",
            place=place(),
            title="演示·确定项目公示",
            body="拟修一排长椅。",
            by=self.cast.secretary,
            at=self.life.later(),
            office="community.party_committee",
        )
        post_notice(
            notice=self.notice,
            kind="board",
            where="演示·榕树广场公告栏",
            by=self.cast.secretary,
            at=self.life.day,
            photos=[self.shown],
        )
        raise_objection(
            notice=self.notice,
            text="演示·三栋没有老人。",
            at=self.life.day,
            by=self.resident,
            name=self.canaries.name("an objector's name"),
            contact=self.canaries.phone("an objector's contact"),
        )

        self.objecting = officer("party_committee")
        self.objection: Objection = raise_objection(
            notice=self.notice, text="演示·我也有异议。", at=self.life.day, by=self.objecting, channel="counter"
        )
        self._words_hidden()
        self._somebody_recused()

    def _words_hidden(self) -> None:
        """What was said once and is shown no more: the words of an objection, a need that was taken back."""
        words = self._hidden("白头翁的话", "the words of a hidden objection")
        hidden = raise_objection(notice=self.notice, text=f"演示·{words}", at=self.life.day, by=self.neighbour)
        ask_to_hide(objection=hidden, ground="演示·涉及个人隐私", by=self.cast.secretary, at=self.life.day)
        approve_hiding(objection=hidden, by=self.objecting, at=self.life.day)
        taken_back = raise_need(
            place=place(),
            data={
                "what": f"演示·{self._hidden('红嘴鸥的事', 'a need that was taken back')}",
                "where": "榕树广场",
                "mode": "daily",
                "asker": "resident",
                "channel": "online",
            },
            by=self.neighbour,
            at=self.life.day,
            details=Details(),
        )
        withdraw_need(need=taken_back, reason="演示·不需要了", by=self.cast.secretary, at=self.life.day)

    def _hidden(self, word: str, where: str) -> str:
        self.canaries.words[word] = where
        return word

    def _somebody_recused(self) -> None:
        """A member of the residents' committee who works for the supplier."""
        firm = Organisation.objects.create(name="演示·工程公司", kind="supplier", demonstration=True)
        self.recused = officer("residents_committee")
        Interest.objects.create(
            person=self.recused,
            kind="employer",
            organisation=firm,
            since=date(2019, 1, 1),
            declared_by=self.recused,
            declared_at=at(2021, 1, 4),
        )
        Party.objects.create(case=self.case, relation="supplier", ref=firm.ref, at=self.life.day, by=self.cast.secretary.ref)

    def _list(self) -> None:
        """A row of a list that the community keeps for everybody to read."""
        said = {"what": "演示·老年食堂空闲场地", "owner": "演示·物业公司", "terms": "工作日下午"}
        self.row: Row = enter_row(place=place(), register="resources", data=said, by=self.cast.secretary, at=self.life.later())

    def _meeting(self) -> None:
        when = self.life.later()
        self.body = body = Body.objects.create(place=place(), kind="residents_council", name="演示议事会", since=date(2020, 1, 1))
        self.members = [
            Person.objects.create(name=self.canaries.name("a council member's name"), kind="resident", demonstration=True)
            for _ in range(3)
        ]
        for member in self.members:
            Seat.objects.create(body=body, person=member, seat="member", since=date(2020, 1, 1))
        self.meeting: Meeting = meetings.call_meeting(
            place=place(),
            session="evaluation_session",
            title="演示·四月议事会",
            convened_for=when + timedelta(days=7),
            venue="党群服务中心二楼",
            letter="请准时参加。",
            items=[meetings.ItemDraft("演示·长椅项目评议", self.case.subject, "evaluation", kind="resolution")],
            by=self.cast.secretary,
            at=when,
        )
        meetings.open_meeting(meeting=self.meeting, by=self.cast.secretary, at=when + timedelta(days=7))
        for member in self.members:
            meetings.mark_attendance(meeting=self.meeting, person=member, by=self.cast.secretary, at=when + timedelta(days=7))

        self.item = self.meeting.items.get()
        held = when + timedelta(days=7)
        self.motion = meetings.put_motion(item=self.item, text="演示·同意实施", by=self.cast.secretary, at=held)
        self.opinion = meetings.record_opinion(
            meeting=self.meeting,
            topic="演示·施工时间",
            text="演示·别在午休时施工",
            owner="community.party_committee",
            speaker_name=self.canaries.name("who spoke at a meeting"),
            by=self.cast.secretary,
            at=held,
        )

    def _text(self) -> None:
        when, clerk = at(2021, 4, 9), self.cast.residents
        self.text: Document = texts.begin_text(
            subject=Subject("text", "1"),
            kind="covenant",
            place=place(),
            title="演示·居民公约",
            by=clerk,
            at=when,
            office="community.residents_committee",
            words="一、邻里相助。\n二、楼道不堆杂物。",
        )
        texts.open_call(document=self.text, by=clerk, at=when, ends_on=date(2021, 4, 20), set_document="演示·公告")
        texts.take_comment(
            document=self.text,
            words="演示·晚上别装修",
            at=when,
            anchor=1,
            name=self.canaries.name("who commented on a text"),
            contact=self.canaries.phone("a commenter's contact"),
        )
        self.question = texts.ask_question(
            pack="nanshan",
            place=place(DISTRICT),
            words="演示·长椅算不算？",
            clause="S1 ¶3",
            at=when,
            contact=self.canaries.phone("who asked about a rule"),
        )
        texts.post(subject=self.case.subject, place=place(), words="演示·放树下", by=clerk, at=when)
        texts.close_call(document=self.text, by=clerk, at=at(2021, 4, 21))
        texts.publish_report(document=self.text, words="演示·收到一条", by=clerk, at=at(2021, 4, 22))
        texts.adopt_text(document=self.text, by=clerk, at=at(2021, 4, 23))
        texts.open_signing(document=self.text, unit="household", by=clerk, at=at(2021, 4, 24))
        texts.enter_signatures(
            document=self.text, names=[], labels=[self.household.label], signed_on=date(2021, 4, 24), by=clerk, at=at(2021, 4, 24)
        )

    def _import(self) -> None:
        rows = [
            row(name=self.canaries.name("who asked on a sheet"), phone=self.canaries.phone("a phone on a sheet")),
            row(what="", name=self.canaries.name("a rejected row"), phone="不是电话"),
        ]
        self.batch: ImportBatch = import_needs(
            place=place(), file_name="needs.csv", content=csv_of(rows), by=self.cast.secretary, at=at(2021, 4, 9)
        )

    def _owed(self) -> None:
        self.duty = open_duty(
            office="community.party_committee",
            place=place(),
            subject=self.case.subject,
            title=Text("演示·待办", "A duty"),
            clause="S0 §4",
            due_on=date(2021, 5, 1),
            source="test",
            key="test",
            at=at(2021, 4, 9),
        )
        self.message = Message.objects.create(
            case=self.case,
            office="community.party_committee",
            place=place(),
            act="design",
            step=999,
            zh="演示·知悉",
            en="For your information",
            at=at(2021, 4, 9),
        )

    def _draft(self) -> None:
        self.drafted: Case = open_case(
            procedure="micro_project", place=place(), title="演示·还没提出的夜莺项目", by=self.cast.secretary, at=at(2021, 4, 9)
        )
        # A change somebody has only begun to write hangs on a public project.
        Case.objects.filter(pk=self.drafted.pk).update(parent=self.case)
        self.canaries.words[self.drafted.code] = "the number of a draft"
        self.canaries.words["夜莺项目"] = "the title of a draft"

    def _scoring(self) -> None:
        self.scoring: Scoring = open_scoring(
            subject=self.case.subject,
            slot="satisfaction",
            place=place(),
            title="演示·长椅项目评价",
            by=self.cast.secretary,
            at=at(2021, 4, 9),
        )

    # ── who asks ────────────────────────────────────────────────────────────────────────────────────────────────
    def _ordinary(self) -> list[Who]:
        far = self._resident(OTHER)
        ended = Person.objects.create(name="演示·昨天离任", kind="staff", demonstration=True)
        OfficeHeld.objects.create(
            person=ended, office="party_committee", place=place(), since=date(2019, 1, 1), until=self.today - timedelta(days=1)
        )
        coming = Person.objects.create(name="演示·明天到任", kind="staff", demonstration=True)
        OfficeHeld.objects.create(person=coming, office="party_committee", place=place(), since=self.today + timedelta(days=1))
        moved = self._resident(COMMUNITY)
        Residency.objects.filter(person=moved).update(until=self.today - timedelta(days=1))
        return [
            Who("anonymous"),
            Who("resident who asked", self.resident, roll=COMMUNITY, relations=frozenset({"proposer"})),
            Who("resident of the community", self.neighbour, roll=COMMUNITY),
            Who("council member who was there", self.members[0], relations=frozenset({"called", "present"})),
            Who("resident of another community", far, roll=OTHER),
            Who("resident who moved away yesterday", moved),
            Who("staff without office", Person.objects.create(name="演示·无任职", kind="staff", demonstration=True)),
            Who("office ended yesterday", ended),
            Who("office from tomorrow", coming),
            Who("erased", self._erased(), erased=True),
            Who(
                "secretary who opened the case",
                self.cast.secretary,
                holds=(("community", "party_committee", COMMUNITY),),
                relations=frozenset({"opened"}),
            ),
            Who(
                "officer who objected",
                self.objecting,
                holds=(("community", "party_committee", COMMUNITY),),
                relations=frozenset({"objector"}),
            ),
            Who(
                "officer who must stand aside",
                self.recused,
                holds=(("community", "residents_committee", COMMUNITY),),
                relations=frozenset({"recused"}),
            ),
        ]

    def _erased(self) -> Person:
        person = Person.objects.create(name="演示·将删除", kind="staff", home=place(), demonstration=True)
        Residency.objects.create(person=person, place=place(), since=date(2019, 1, 1))
        account_of(person)
        return erase_person(person=person, by=self.cast.secretary, at=at(2021, 5, 1), reason="演示·本人要求")

    def _officers(self) -> list[Who]:
        """Every office of the vocabulary. Those that a row names are tried at every place of their level, all others at
        their own and beside it: to the tables they are all alike."""
        named = {office for row in tables().values() for office in row.offices}
        named |= {f"{level}.{office}" for row in tables().values() for office in row.here for level in TRIED}
        found = []
        for office in library().vocabulary.offices.values():
            for level in office.levels if office.id not in NOT_APPOINTED else ():
                for code in TRIED[level] if f"{level}.{office.id}" in named else TRIED[level][:2]:
                    found.append(Who(f"{level}.{office.id} of {code}", officer(office.id, code), ((level, office.id, code),)))
        return found

    def who(self, key: str) -> Who:
        return next(each for each in self.everybody if each.key == key)


def _row(code: str, name: str, level: str, parent: str) -> dict[str, str]:
    return {"code": code, "name": name, "level": level, "parent": parent}


def _photo(name: str, by: Person, life: Life) -> File:
    from linli.demonstration.pictures import picture

    return store_file(upload=picture(name, len(name)), by=by, at=life.day, place=place())


@cache
def places_above(code: str) -> tuple[str, ...]:
    return Place.objects.get(pk=code).ancestor_codes
