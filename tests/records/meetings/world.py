"""A residents' council of a Nanshan community with made-up members (演示), and one project to decide on."""

from datetime import date, datetime

from linli.records.bodies.models import Body, Seat
from linli.records.meetings import services
from linli.records.meetings.models import AgendaItem, Meeting
from linli.records.people.models import Interest, Organisation, Person
from linli.rules.plain.subjects import Subject
from tests.records.people import world as people
from tests.records.rulebook.world import Cast, at, build, place, set_value
from tests.remembered import remembered_class

CASE = Subject("case", "7")
SLOT = "evaluation"
CALLED, HELD = at(2021, 4, 8), at(2021, 4, 15, 19)
LATER = at(2021, 4, 16)

__all__ = ["CALLED", "CASE", "HELD", "LATER", "SLOT", "Council", "at", "place", "set_value"]


@remembered_class
class Council:
    """Twelve members; the secretary of the community keeps the meeting."""

    def __init__(self, members: int = 12) -> None:
        self.cast: Cast = build()
        self.host = self.cast.secretary
        self.body = Body.objects.create(place=place(), kind="residents_council", name="演示议事会", since=date(2020, 1, 1))
        self.members = [people.person(f"演示·成员{n + 1}") for n in range(members)]
        for member in self.members:
            Seat.objects.create(body=self.body, person=member, seat="member", since=date(2020, 1, 1))
        self.supplier = Organisation.objects.create(name="演示·工程公司", kind="supplier", demonstration=True)

    def works_for_supplier(self, person: Person) -> Interest:
        return Interest.objects.create(
            person=person,
            kind="employer",
            organisation=self.supplier,
            since=date(2019, 1, 1),
            declared_by=person,
            declared_at=at(2021, 1, 4),
        )

    def call(
        self, *, when: datetime = CALLED, convened: datetime = HELD, kind: str = "resolution", parties: tuple[str, ...] = ()
    ):
        return services.call_meeting(
            place=place(),
            session="evaluation_session",
            title="演示·四月议事会",
            convened_for=convened,
            venue="党群服务中心二楼",
            letter="请准时参加。",
            items=[services.ItemDraft("演示·路灯项目评议", CASE, SLOT, kind=kind, parties=parties)],
            by=self.host,
            at=when,
        )

    def open(self, present: int, **calling) -> tuple[Meeting, AgendaItem]:
        """Called and begun, with the first `present` members there."""
        meeting = self.call(**calling)
        services.open_meeting(meeting=meeting, by=self.host, at=HELD)
        for member in self.members[:present]:
            services.mark_attendance(meeting=meeting, person=member, by=self.host, at=HELD)
        return meeting, meeting.items.get()

    def voted(self, present: int, in_favour: int, against: int = 0, abstain: int = 0, **calling):
        """The result of a hand vote on the item."""
        _, item = self.open(present, **calling)
        motion = services.put_motion(item=item, text="同意实施", by=self.host, at=HELD)
        return services.count_votes(motion=motion, in_favour=in_favour, against=against, abstain=abstain, by=self.host, at=HELD)
