"""Four projects in one community of a made-up April, each come so far; a fifth in the next community (演示)."""

from datetime import date

from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.needs.models import Need
from linli.records.needs.services import Details, answer_need, raise_need
from linli.records.people.models import Person
from linli.records.reports.overview import Overview, Scope, overview, scope_of
from tests.records.cases.life import Life
from tests.remembered import remembered_class
from tests.world import COMMUNITY, DISTRICT, OTHER, SUBDISTRICT, Cast, at, build, place

__all__ = ["COMMUNITY", "DISTRICT", "OTHER", "SUBDISTRICT", "TODAY", "Street", "figures", "place", "scope"]
TODAY = date(2021, 5, 20)


class Project(Life):
    """A project that answers a need of its own."""

    def __init__(self, cast: Cast, wish: str, budget: str = "180000") -> None:
        super().__init__(cast, budget=budget)
        self.wish = wish

    def need(self, what: str = "", person: Person | None = None) -> Need:
        return super().need(self.wish, person)


@remembered_class
class Street:
    """`archived`: all the way. `filed`: put on file. `refused`: decided against. `draft`: nobody has taken a step yet."""

    def __init__(self) -> None:
        self.cast: Cast = build()
        self.archived = Project(self.cast, "演示·没有地方坐").archived()
        self.filed = Project(self.cast, "演示·路灯不亮", "90000").filed()
        self.refused = Project(self.cast, "演示·地面不平", "50000").evaluated()
        self.refused.act("refuse", note="演示·不予确定")
        self.draft: Case = open_case(
            procedure="micro_project", place=place(), title="演示·还没提交", by=self.cast.secretary, at=at(2021, 3, 2)
        )
        self.asks("演示·路口太暗")
        self.declined = self.asks("演示·想要一座桥")
        answer_need(need=self.declined, verdict="out_of_scope", reason="演示·不在范围", by=self.cast.secretary, at=at(2021, 4, 2))

    def asks(self, what: str, code: str = COMMUNITY, channel: str = "offline", month: int = 4) -> Need:
        data = {"what": what, "where": "演示·榕树广场", "mode": "daily", "asker": "resident", "channel": channel}
        return raise_need(place=place(code), data=data, by=None, at=at(2021, month, 1), details=Details(name=f"演示·{what}"))


def scope(code: str = COMMUNITY, *, public: bool = True, year: int = 2021) -> Scope:
    return scope_of(place(code), year, TODAY, public=public)


def figures(code: str = COMMUNITY, *, public: bool = True) -> Overview:
    return overview(scope(code, public=public))
