"""What the stories share: the places, who works there, who lives there, and the matters as they come up."""

from dataclasses import dataclass, field
from datetime import datetime

from linli.demonstration.days import Clock, Days
from linli.demonstration.hands.team import Team
from linli.demonstration.names import Names
from linli.demonstration.pictures import picture
from linli.records.cases.models import Case
from linli.records.evidence.models import File
from linli.records.evidence.services import store_file
from linli.records.people.models import Household, Organisation, Person
from linli.records.places.models import Place

CITY, DISTRICT = "4403", "440305"
SUBDISTRICTS = {"440305001": "nantou", "440305007": "yuehai", "440305008": "taoyuan"}
NANTOUCHENG, TIANXIA, DAXIN = "440305001001", "440305001016", "440305001003"
KEJIYUAN, DACHONG, HOUHAI = "440305007003", "440305007029", "440305007011"
LONGGUANG, TANGLANG = "440305008001", "440305008004"
# Place -> what the user names of its offices begin with.
COMMUNITIES = {
    NANTOUCHENG: "nantoucheng",
    TIANXIA: "tianxia",
    DAXIN: "daxin",
    KEJIYUAN: "kejiyuan",
    DACHONG: "dachong",
    HOUHAI: "houhai",
    LONGGUANG: "longguang",
    TANGLANG: "tanglang",
}


@dataclass(frozen=True)
class Size:
    """How much of everything; the situations are the same in every size."""

    households: int  # of each community, with a resident each
    priority: int  # households to be asked first, in each of the two communities with a round
    missed: int  # of them not reached yet where the round falls short
    met: int  # sources where the round is complete
    short: int  # and where it is not


FULL = Size(households=12, priority=91, missed=4, met=512, short=312)
SMALL = Size(households=12, priority=9, missed=2, met=502, short=40)


@dataclass
class World:
    """`cases` keeps the matters by a name of their own, so that the accounts and tests can point at them."""

    days: Days
    seed: int
    size: Size
    names: Names
    places: dict[str, Place] = field(default_factory=dict)
    officers: dict[str, Person] = field(default_factory=dict)  # user name -> person
    teams: dict[str, Team] = field(default_factory=dict)  # community -> who works there
    households: dict[str, list[Household]] = field(default_factory=dict)
    priority: dict[str, list[Household]] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)  # community outside Nanshan -> its residents
    suppliers: list[Organisation] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    phones: list[tuple[str, str, str]] = field(default_factory=list)  # (name, community, phone)
    codes: list[tuple[str, str, str]] = field(default_factory=list)  # (household, community, code)
    pictures: int = 0

    def clock(self, working_days_ago: int) -> Clock:
        return Clock(self.days, self.days.ago(working_days_ago))

    def photo(self, name: str, *, by: Person, at: datetime, place: Place, bright: bool = True) -> File:
        """A drawn picture, stored as a photo would be."""
        self.pictures += 1
        return store_file(upload=picture(name, self.pictures, bright=bright), by=by, at=at, place=place)
