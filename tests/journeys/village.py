"""A village of Nanchong at its desks: its offices, its bodies, its meetings. The people are made up (演示)."""

from collections.abc import Sequence

from django.test import Client

from linli.demonstration.hands.meetings import gather, minute, show_hands
from linli.records.bodies.services import form_body, seat_person
from linli.records.cases.models import Case
from linli.records.meetings import services as meetings
from linli.records.people.models import Person
from linli.records.rulebook.selectors import rules_at
from tests.journeys.steps import row_counts, state_of
from tests.records.people import world as people
from tests.records.registers.world import COMMUNITY, at, build
from tests.web.desk.cases.office import Clock, Desk


class Village:
    """The cast at their desks, with an assembly, a council and a supervision committee that have members."""

    def __init__(self, time: Clock) -> None:
        self.time, self.cast = time, build()
        self.committee, self.council = Desk(self.cast.committee), Desk(self.cast.council)
        self.supervision, self.cadre = Desk(self.cast.supervision), Desk(self.cast.cadre)
        self.county, self.assembly = Desk(self.cast.civil), Desk(self.cast.assembly)
        self.residents = [people.person(f"演示·村民{number}") for number in range(1, 10)]
        self.seats("residents_assembly", self.residents)
        self.seats("residents_council", self.residents[:5])
        self.seats("representatives_assembly", self.residents[2:7])
        self.seats("supervision_committee", self.residents[6:])

    def seats(self, kind: str, members: Sequence[Person]) -> None:
        began = at("2026-01-05")
        names = rules_at(self.cast.place).body(kind, began.date()).seats
        body = form_body(place=self.cast.place, kind=kind, name=f"演示{kind}", since=began.date(), by=self.cast.party, at=began)
        seat = next(iter(names), "member")
        for person in members:
            seat_person(body=body, person=person, seat=seat, since=began.date(), by=self.cast.party, at=began)

    def on(self, day: str) -> None:
        self.time.at = at(day)

    # ── at a desk ───────────────────────────────────────────────────────────────────────────────────────────────────
    def begin(self, desk: Desk, procedure: str, title: str) -> Case:
        desk.open("/desk/cases/new/").send(procedure=procedure, title=title, year="")
        return Case.objects.get(title=title)

    def begin_there(self, desk: Desk, procedure: str, title: str) -> Case:
        """Begun by an office above, for this community."""
        desk.open(f"/desk/cases/new/?place={COMMUNITY}").send(procedure=procedure, title=title, year="", place=COMMUNITY)
        return Case.objects.get(title=title)

    def fill(self, desk: Desk, case: Case, form: str, **typed: object) -> None:
        desk.open(f"/desk/cases/{case.code}/forms/{form}/").send(**typed)

    def take(self, desk: Desk, case: Case, act: str, note: str = "") -> None:
        desk.open(f"/desk/cases/{case.code}/acts/{act}/").send(note=note)

    def refused(self, desk: Desk, case: Case, act: str, because: str) -> None:
        """Turned down with this among the reasons, and nothing has changed."""
        desk.open(f"/desk/cases/{case.code}/acts/{act}/")
        before, stood = row_counts(), state_of(case)
        desk.send(status=409)
        assert because in desk.text, desk.text[:1500]
        assert changed(before, row_counts()) == {} and state_of(case) == stood

    def file(self, desk: Desk, case: Case, slot: str, kind: str, **facts: str) -> None:
        desk.open(f"/desk/cases/{case.code}/slots/{slot}/?kind={kind}").send(kind=kind, summary="演示", **facts)

    # ── a meeting ───────────────────────────────────────────────────────────────────────────────────────────────────
    def meet(
        self, session: str, case: Case, slot: str, there: Sequence[Person], day: str, *, against: int = 0, said: str = ""
    ) -> None:
        """Called, held, voted on where it decides, written up and signed."""
        host, vote = self.cast.committee, rules_at(self.cast.place).session(session, at(day).date()).result == "binding"
        kind = "resolution" if vote else "consultation"
        meeting = meetings.call_meeting(
            place=self.cast.place,
            session=session,
            title=f"演示·{case.title}",
            convened_for=at(day, 15),
            venue="村委会",
            letter="请到会。",
            items=[meetings.ItemDraft(case.title, case.subject, slot, kind=kind)],
            by=host,
            at=at(day, 9),
        )
        for person in there if not vote else ():
            meetings.invite(meeting=meeting, person=person, by=host, at=at(day, 9))
        gather(meeting, there, host=host, at=at(day, 15))
        if vote:
            show_hands(meeting, "同意", host=host, at=at(day, 15), against=against)
        if said:
            owner = "community.residents_committee"
            meetings.record_opinion(
                meeting=meeting, topic=case.title, text=said, owner=owner, speaker=there[0], by=host, at=at(day, 15)
            )
        meetings.close_meeting(meeting=meeting, by=host, at=at(day, 16))
        minute(meeting, "记录在案。", there[:1], host=host, at=at(day, 16))


def changed(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """What is looked for is kept in an index that is brought up to date when somebody reads; it is no record."""
    tables = after.keys() - {"reports.SearchEntry"}
    return {table: after[table] - before[table] for table in tables if after[table] != before[table]}


def public(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()
