"""A village or community at work: who sits at its desks and in its bodies, and how its meetings are held."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.hands.meetings import gather, minute, show_hands
from linli.demonstration.world import World
from linli.records.bodies.services import form_body, seat_person
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.evidence.models import Piece
from linli.records.meetings import services as meetings
from linli.records.meetings.models import Meeting, Opinion
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.texts import quoted

Held = Generator[datetime, None, list[Opinion]]  # ends with what was said
NOTICE = 2  # working days between the call and the meeting


@dataclass(frozen=True)
class Village:
    """`user` is what the user names of its offices begin with, `town` those of the town above."""

    world: World
    code: str
    user: str
    town: str

    @property
    def place(self) -> Place:
        return self.world.places[self.code]

    @property
    def residents(self) -> list[Person]:
        return self.world.people[self.code]

    @property
    def committee(self) -> Person:
        return self.office("residents_committee")

    @property
    def supervision(self) -> Person:
        return self.office("supervision_committee")

    @property
    def above(self) -> Person:
        return self.world.officers[f"{self.town}.office"]

    def office(self, name: str) -> Person:
        return self.world.officers[f"{self.user}.{name}"]

    # ── its bodies ──────────────────────────────────────────────────────────────────────────────────────────────────
    def form(self, kind: str, members: Sequence[Person], *, at: datetime) -> None:
        """A body of the rules with its members."""
        party, on = self.office("party_committee"), at.date()
        rule = rules_at(self.place, on).body(kind, on)
        name = f"{self.place.short_name}{rule.title.zh}（演示）"
        body = form_body(place=self.place, kind=kind, name=name, since=on, by=party, at=at, demonstration=True)
        for person in members:
            seat_person(body=body, person=person, seat=next(iter(rule.seats), "member"), since=on, by=party, at=at)

    # ── a matter ────────────────────────────────────────────────────────────────────────────────────────────────────
    def begin(
        self, procedure: str, title: str, data: Mapping[str, object], *, at: datetime, key: str = "", by: Person | None = None
    ) -> Case:
        """Opened with its main form filled in; kept by `key` for the tests and the accounts."""
        who = by or self.committee
        case = open_case(procedure=procedure, place=self.place, title=title, by=who, at=at, demonstration=True)
        main = rules_at(self.place, at.date()).procedure(procedure, at.date()).main_form
        if key:
            self.world.cases[key] = case
        return papers.fill(case, main, data, by=who, at=at)

    def disclose(self, case: Case, slot: str, summary: str, *, at: datetime, channels: int = 2) -> Piece:
        return papers.put(
            case, slot, "disclosure", by=self.committee, at=at, channels=channels, summary=f"{summary}（公开栏、网页，演示）"
        )

    def take(self, case: Case, act: str, *, at: datetime, by: Person | None = None, note: str = "") -> None:
        take_act(case=case, act=act, by=by or self.committee, at=at, note=note)

    # ── a meeting ───────────────────────────────────────────────────────────────────────────────────────────────────
    def call(self, session: str, case: Case, slot: str, clock: Clock) -> Meeting:
        """Called for an afternoon to come."""
        rule = rules_at(self.place).session(session, clock.day)
        kind = "resolution" if rule.result == "binding" else "consultation"
        return meetings.call_meeting(
            place=self.place,
            session=session,
            title=f"{rule.title.zh}：{case.title}",
            convened_for=clock.ahead(NOTICE, 15),
            venue=f"{self.place.short_name}党群服务中心会议室（演示）",
            letter="请准时到会，材料已在公开栏张贴。",
            items=[meetings.ItemDraft(case.title, case.subject, slot, kind=kind)],
            by=self.committee,
            at=clock.now,
        )

    def meet(
        self,
        session: str,
        case: Case,
        slot: str,
        there: Sequence[Person],
        clock: Clock,
        *,
        against: int = 0,
        said: Sequence[tuple[str, str]] = (),
        then: str = "",
        by: Person | None = None,
    ) -> Held:
        """Called now; held two working days later, voted on where it decides, minuted and signed. `said`: (topic, opinion).

        `then` is the act that rests on it and is taken `by` somebody the working day after.
        """
        meeting, host = self.call(session, case, slot, clock), self.committee
        yield (at := clock.after(NOTICE, 15))
        if meeting.body is None:
            for person in there:
                meetings.invite(meeting=meeting, person=person, by=host, at=at)
        gather(meeting, there, host=host, at=at)
        if rules_at(self.place).session(session, clock.day).result == "binding":
            show_hands(meeting, f"同意{quoted(case.title)}", host=host, at=at, against=against)
        opinions = [
            meetings.record_opinion(
                meeting=meeting,
                topic=topic,
                text=words,
                owner="community.residents_committee",
                speaker=there[number % len(there)],
                by=host,
                at=at,
            )
            for number, (topic, words) in enumerate(said)
        ]
        meetings.close_meeting(meeting=meeting, by=host, at=at)
        minute(meeting, "会议按程序进行，记录在案。（演示）", there[:1], host=host, at=at)
        if then:
            yield clock.after(1)
            self.take(case, then, at=clock.now, by=by)
        return opinions

    def answer(self, opinion: Opinion, verdict: str, reply: str, *, at: datetime) -> None:
        meetings.answer_opinion(opinion=opinion, verdict=verdict, reply=reply, by=self.committee, at=at)
