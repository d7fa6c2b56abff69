"""Who works on the matters of one community."""

from dataclasses import dataclass, field

from linli.records.bodies.models import Body
from linli.records.people.models import Person
from linli.records.places.models import Place


@dataclass
class Team:
    """The offices on a community's line, its residents' council, and whom to buy from."""

    place: Place
    secretary: Person  # community Party committee
    deputy: Person  # community Party committee as well: stands in where the secretary must stay out
    committee: Person  # residents' committee
    working: Person  # subdistrict Party working committee
    office: Person  # subdistrict office
    civil: Person  # district civil affairs
    finance: Person  # district finance
    council: Body | None = None
    members: list[Person] = field(default_factory=list)
    residents: list[Person] = field(default_factory=list)
