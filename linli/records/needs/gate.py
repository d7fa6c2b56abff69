"""Where needs meet the rulebook: how a need begins, what its gate may look at, and which act does what."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from linli.records.evidence import selectors as evidence
from linli.records.needs.form import FORM, form_facts
from linli.records.needs.models import Need
from linli.records.needs.selectors.similar import duplicates_open
from linli.records.people.models import Person
from linli.records.rulebook import selectors as rulebook
from linli.records.rulebook import services
from linli.records.rulebook.models import Passage
from linli.rules.gates.model import Decision, Readings
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act
from linli.rules.policy.rules import Rules

PROCEDURE = "need"
VERIFY, ADOPT, RELEASE = "verify", "adopt", "release"
CHECK_SLOT, REPLY_SLOT = "on_site_check", "reply"


def takes_needs(rules: Rules, on: date) -> bool:
    """Whether residents' needs are taken under these rules, so that matters come from them."""
    return PROCEDURE in rules.procedures(on)


def begin(need: Need, *, by: Person | None, at: datetime) -> Passage:
    return services.open_passage(subject=need.subject, procedure=PROCEDURE, place=need.place, by=by or "anonymous", at=at)


def begin_many(needs: Iterable[Need], *, by: Person, at: datetime) -> Sequence[Passage]:
    openings = [(need.subject, need.place) for need in needs]
    return services.open_passages(openings=openings, procedure=PROCEDURE, by=by, at=at)


def readings_of(need: Need, person: Person | None = None) -> Readings:
    """Everything a need's gate may look at, but for what the rulebook itself knows."""
    return Readings(
        facts={"need.duplicates_open": duplicates_open(need)},
        forms={FORM: form_facts(need)},
        evidence={slot: piece.facts for slot, piece in evidence.pieces(need.subject).items()},
        relations=frozenset({"proposer"}) if person is not None and person.pk == need.person_id else frozenset(),
    )


def take(need: Need, act: str, *, by: Person, at: datetime, note: str = "") -> None:
    """Raises Refused with everything that is missing."""
    services.take(subject=need.subject, act=act, by=by, at=at, readings=readings_of(need, by), note=note)


def preview(need: Need, act: str, *, by: Person | None, at: datetime) -> Decision:
    """What the gate would answer now."""
    return rulebook.preview(subject=need.subject, act=act, by=by, on=day_in_china(at), readings=readings_of(need, by))


def state_of(need: Need) -> str:
    return rulebook.passage_of(need.subject).state


def answering_act(need: Need) -> str:
    """The act that ends the need from where it stands, with an answer: the one whose gate wants the reply. Raises Refused."""
    for act in _acts_here(need):
        if any(check.source == "evidence" and check.name == REPLY_SLOT for check in act.checks):
            return act.id
    raise Refused(Text("这条需求已经办结，不能再答复。", "This need is closed; it cannot be answered again."))


def withdrawing_act(need: Need) -> str:
    """Raises Refused where a need can no longer be withdrawn."""
    for act in _acts_here(need):
        if act.kind == "withdraw":
            return act.id
    raise Refused(Text("这条需求已纳入项目或已办结，不能撤回。", "This need is in a project or closed; it cannot be withdrawn."))


def _acts_here(need: Need) -> list[Act]:
    now = rulebook.standing(need.subject)
    return [act for act in now.procedure.acts.values() if now.passage.state in act.from_states]


def can_begin(need: Need, act: str) -> bool:
    """Whether an act starts in the state the need stands in, whatever its gate says."""
    return any(known.id == act for known in _acts_here(need))
