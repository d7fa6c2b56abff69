"""What happens to bodies."""

from linli.records.trail import event
from linli.rules.plain.texts import Text


@event("body.formed", title=Text("组织成立", "Body formed"))
class BodyFormed:
    body: str
    kind: str
    name: str
    since: str
    document: str


@event("body.dissolved", title=Text("组织撤销", "Body dissolved"))
class BodyDissolved:
    body: str
    until: str
    reason: str


@event("body.term_opened", title=Text("新一届任期开始", "Term opened"))
class TermOpened:
    body: str
    since: str
    until: str
    document: str


@event("body.charter_adopted", title=Text("通过章程", "Charter adopted"))
class CharterAdopted:
    body: str
    title: str
    since: str
    document: str


@event("seat.taken", title=Text("就任席位", "Seat taken"))
class SeatTaken:
    body: str
    seat: str
    person: str
    since: str
    chosen_by: str
    document: str


@event("seat.left", title=Text("离开席位", "Seat left"))
class SeatLeft:
    body: str
    seat: str
    person: str
    until: str
    reason: str
