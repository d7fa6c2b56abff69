"""From what a gate finds missing straight to the place where it is done; never to a door that is shut to the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linli.records.cases.models import Case
from linli.records.cases.services.filing import BY_COMPONENT
from linli.records.meetings.permissions import CALL as CALL_MEETING
from linli.records.meetings.permissions import READ_MINUTES
from linli.records.meetings.selectors import items_about
from linli.records.notices.permissions import PUBLISH_NOTICE
from linli.records.notices.selectors import notices_hung
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.rulebook.offices import office_among
from linli.records.rulebook.sealing import every_part
from linli.records.rulebook.services.exceptions import exception_rules
from linli.records.rulebook.standing import Standing
from linli.records.scorecards.selectors import scorings_of
from linli.records.texts.selectors import text_of
from linli.rules.gates.model import Decision, Finding
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Check, Register, Slot
from linli.web.desk.loaders import address
from linli.web.shared import clock
from linli.web.shared.shapes import Link

FILL = Text("去填写", "Fill it in")
CHECK = Text("去核对", "Go through it")
FILE = Text("提交材料", "File it")
PUBLISH = Text("去发布公示", "Publish the notice")
AGAIN = Text("重新发布公示", "Publish the notice again")
ANSWER_OBJECTIONS = Text("去答复异议", "Answer the objections")
SEE_NOTICE = Text("看公示", "See the notice")
CALL = Text("召集会议", "Call the meeting")
SCORE = Text("组织评分", "Have it scored")
SEE_SCORING = Text("去看评分", "Go to the scoring")
SEE_MEETING = Text("去这次会议", "Go to the meeting")
LINK_NEED = Text("对应居民需求", "Link a need")
SET_VALUE = Text("看由谁设定", "See who sets it")
ASK_EXCEPTION = Text("申请例外", "Ask for an exception")
SEE_HOLD = Text("看叫停和答复", "See what stopped it")
SEE_CHANGES = Text("看变更申请", "See the change requests")
SEE_LIST = Text("看清单", "See the list")
SEE_TEXT = Text("去写文本、看意见", "To the text and its comments")
BEGIN_TEXT = Text("开始一份文本", "Begin the text")
SEE_COVERAGE = Text("看覆盖情况", "See the coverage")

LEDGER = "ledger"
_PLAN = frozenset({"case.amount", "case.type", "case.category"})


# What a text files itself while it is talked over, adopted and signed.
_OF_TEXTS = frozenset({"announcement", "comment_report", "adopted_text", "signatures"})


@dataclass(frozen=True)
class Surroundings:
    """What hangs on a case in other rooms: slot -> its latest notice, its latest meeting, its latest scoring."""

    notices: Mapping[str, int]
    meetings: Mapping[str, int]
    scorings: Mapping[str, int] = field(default_factory=dict)
    text: int | None = None


def surroundings(case: Case) -> Surroundings:
    """Four queries at most; two where the case came with whether it has scorings and a text."""
    notices = {notice.slot: notice.pk for notice in notices_hung(case.subject)}
    meetings = {item.slot: item.meeting_id for item in items_about(case.subject) if item.meeting.state != "cancelled"}
    scored = scorings_of(case.subject).reverse() if getattr(case, "has_scorings", True) else ()
    text = text_of(case.subject) if getattr(case, "has_text", True) else None
    return Surroundings(notices, meetings, {one.slot: one.pk for one in scored}, text.pk if text else None)


class Ways:
    """Where what an act still lacks is done. `of(decision)` gives links by the key of a finding."""

    def __init__(self, case: Case, now: Standing, around: Surroundings, reader: Person) -> None:
        self.case, self.now, self.around, self.reader = case, now, around, reader
        self._excusable = exception_rules(now)

    def of(self, act: Act, decision: Decision) -> dict[str, list[Link]]:
        checks = {part.key: part for check in act.checks for part in every_part(check)}
        found: dict[str, list[Link]] = {}
        for finding in decision.against:
            links = [link for link in self._links(finding, act, checks) if link.url]
            if links:
                found[finding.key] = links
        return found

    def _links(self, finding: Finding, act: Act, checks: Mapping[str, Check]) -> list[Link]:
        links = self._main(finding, act, checks)
        if finding.key in self._excusable and finding.outcome == "refused":
            links.append(Link(ASK_EXCEPTION, address("desk:exceptions", self.case.code, excuses=finding.key)))
        return links

    def _main(self, finding: Finding, act: Act, checks: Mapping[str, Check]) -> list[Link]:
        code = self.case.code
        if finding.outcome == "unset" and finding.parameter is not None:
            return [Link(SET_VALUE, address("desk:local_setting", finding.parameter.parameter, key=finding.parameter.key))]
        if finding.key == "hold":
            return [Link(SEE_HOLD, address("desk:holds", code))]
        slot = self.now.procedure.slots.get(finding.slot)
        if slot is not None:
            return self._of_publicity(finding, slot) or self.to_slot(slot)
        check = _check_of(finding.key, checks)
        if check is None:
            return [Link(FILL, address("desk:form", code, finding.key))] if finding.key in act.fills else []
        return self._by_source(check)

    def _by_source(self, check: Check) -> list[Link]:
        code = self.case.code
        match check.source:
            case "form":
                return [Link(FILL, address("desk:form", code, check.name))]
            case "checklist":
                return [Link(CHECK, address("desk:checklist", code, check.name))]
            case "fact":
                return self._by_fact(check.fact or check.name)
            case "register":
                return self._by_register(check.name)
            case "publicity":
                slot = self.now.procedure.slots.get(f"{check.name}_notice")
                return self.to_slot(slot) if slot else []
            case "evidence" if check.of is not None and check.name == "coverage":
                return [Link(SEE_COVERAGE, address("desk:coverage", self.case.place_id))]
        return []

    def _by_register(self, register: str) -> list[Link]:
        rules, on = self.now.rules, self.now.rules_on
        known = rules.registers(on).get(register)
        place = at_level(self.case.place, known.at) if known else None
        return [Link(SEE_LIST, address("desk:register", place.code, register))] if place else []

    def _by_fact(self, fact: str) -> list[Link]:
        code, main_form = self.case.code, self.now.procedure.main_form
        if fact == "case.needs_linked":
            return [Link(LINK_NEED, address("desk:case_needs", code))]
        if fact == "case.changes_open":
            return [Link(SEE_CHANGES, address("desk:dossier", code) + "#children")]
        if fact in _PLAN and main_form:
            return [Link(FILL, address("desk:form", code, main_form))]
        return []

    def _of_publicity(self, finding: Finding, slot: Slot) -> list[Link]:
        """To the objections a notice still owes an answer; to a new notice where the last one came down too early."""
        if not finding.key.startswith("publicity.") or slot.id not in self.around.notices:
            return []
        if finding.key.endswith(".objections"):
            return [Link(ANSWER_OBJECTIONS, address("desk:notice", self.around.notices[slot.id]) + "#objections")]
        return [self._publish(slot, AGAIN)] if finding.outcome == "refused" else []

    def to_slot(self, slot: Slot) -> list[Link]:
        """Where a slot is filled: by a notice, by a meeting, or by hand."""
        links: list[Link] = []
        if "notice" in slot.kinds:
            links.append(self._notice(slot))
        if slot.session and {"resolution", "consultation"} & set(slot.kinds):
            links.append(self._meeting(slot))
        if slot.scorecard:
            links.append(self._scoring(slot))
        if LEDGER in slot.kinds:
            links += self._ledgers()
        if _OF_TEXTS.intersection(slot.kinds):
            links.append(self._text())
        if by_hand(slot) and slot.id not in self.around.scorings:
            links.append(Link(FILE, address("desk:slot", self.case.code, slot.id)))
        return links

    def _ledgers(self) -> list[Link]:
        """Where something said about this matter is put down."""
        known = self.now.rules.registers(self.now.rules_on).values()
        return [
            Link(each.title, address("desk:register_new", place.code, each.id, case=self.case.code))
            for each in known
            if each.answer is not None
            and (place := at_level(self.case.place, each.at)) is not None
            and self._may_ask(each, place)
        ]

    def _may_ask(self, ledger: Register, place: Place) -> bool:
        form = self.now.rules.forms(self.now.rules_on).get(ledger.form)
        return bool(office_among(self.reader, (*ledger.kept_by, *(form.filled_by if form else ())), place, clock.today()))

    def _text(self) -> Link:
        if self.around.text is not None:
            return Link(SEE_TEXT, address("desk:text", self.around.text))
        return Link(BEGIN_TEXT, address("desk:new_text", place=self.case.place_id, case=self.case.code))

    def _notice(self, slot: Slot) -> Link:
        known = self.around.notices.get(slot.id)
        if known is not None:
            return Link(SEE_NOTICE, address("desk:notice", known))
        return self._publish(slot, PUBLISH)

    def _publish(self, slot: Slot, title: Text) -> Link:
        if not may(self.reader, PUBLISH_NOTICE, self.case.place, clock.today()):
            return Link(title, "")
        return Link(title, address("desk:publish_notice", case=self.case.code, point=slot.point))

    def _scoring(self, slot: Slot) -> Link:
        known = self.around.scorings.get(slot.id)
        if known is not None:
            return Link(SEE_SCORING, address("desk:scoring", known))
        return Link(SCORE, address("desk:open_scoring", case=self.case.code, slot=slot.id))

    def _meeting(self, slot: Slot) -> Link:
        known = self.around.meetings.get(slot.id)
        if known is not None:
            reads = may(self.reader, READ_MINUTES, self.case.place, clock.today())
            return Link(SEE_MEETING, address("desk:meeting" if reads else "portal:meeting", known))
        if not may(self.reader, CALL_MEETING, self.case.place, clock.today()):
            return Link(CALL, "")
        topic = f"{self.case.code}/{slot.id}"
        return Link(CALL, address("desk:call_meeting", place=self.case.place_id, session=slot.session, topic=topic))


def by_hand(slot: Slot) -> Sequence[str]:
    """The kinds of evidence that somebody files into this slot by hand."""
    return [kind for kind in slot.kinds if kind not in BY_COMPONENT]


def _check_of(key: str, checks: Mapping[str, Check]) -> Check | None:
    """The check a finding answers: its own key, or the longest one it begins with (`scope` for `scope.small`)."""
    if key in checks:
        return checks[key]
    begun = [known for known in checks if key.startswith(f"{known}.")]
    return checks[max(begun, key=len)] if begun else None
