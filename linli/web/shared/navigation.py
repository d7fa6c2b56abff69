"""The way around, as one table per door. An address that does not exist yet is simply not shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch

from linli.records.people.access import may
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import TurnedDown
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.doors import permission
from linli.web.shared.reader import Reader, reader_of
from linli.web.shared.shapes import Tab
from linli.web.shared.tags.quick import address


@dataclass(frozen=True, slots=True)
class Item:
    """`at_place`: the address carries the code of the reader's place. `under`: shown where the rules of the reader's place
    have this procedure; "any" asks only that there are rules. `may`: shown to whom this permission lets in there.
    `above`: shown to offices that look over the place; councils and delegates look over nobody."""

    title: Text
    name: str
    icon: str = ""
    at_place: bool = False
    under: str = ""
    may: str = ""
    above: bool = False


PORTAL = (
    Item(Text("我的社区", "My community"), "portal:home", "home"),
    Item(Text("提需求", "Raise a need"), "portal:raise_need", "need", at_place=True, under="need"),
    Item(Text("项目", "Projects"), "portal:projects", "project"),
    Item(Text("公示", "Notices"), "portal:notices", "notice"),
    Item(Text("征求意见", "Consultations"), "portal:consultations", "rules"),
    Item(Text("会议", "Meetings"), "portal:meetings", "people"),
    Item(Text("钱的去向", "The money"), "portal:money_here", "money"),
)
DESK = (
    Item(Text("待办", "To do"), "desk:todo", "todo"),
    Item(Text("总览", "Overview"), "desk:overview", "overview", above=True),
    Item(Text("需求登记", "Intake"), "desk:enter_need", "add", under="need", may="needs.enter_need"),
    Item(Text("需求", "Needs"), "desk:needs", "need", under="need"),
    Item(Text("事项", "Matters"), "desk:cases", "project"),
    Item(Text("会议", "Meetings"), "desk:meetings", "people", under="any", above=True),
    Item(Text("公示", "Notices"), "desk:notices", "notice", under="any", above=True),
    Item(Text("清单台账", "Lists"), "desk:registers", "file", under="any"),
    Item(Text("评分", "Scoring"), "desk:scorings", "tick", under="any"),
    Item(Text("文本", "Texts"), "desk:texts", "file", under="any", above=True),
    Item(Text("资金", "Money"), "desk:funds", "money"),
    Item(Text("人员", "People"), "desk:people", "people", above=True),
    Item(Text("义务日历", "Obligations"), "desk:obligations", "calendar", under="any"),
    Item(Text("本地设定", "Local values"), "desk:local_settings", "place", under="any"),
    Item(Text("规则", "Rules"), "desk:packs", "rules"),
)
FOOTER = (
    Item(Text("总览和统计", "Overview and figures"), "portal:overview_here"),
    Item(Text("依据的制度", "The regulations"), "portal:rules"),
    Item(Text("存证检查点", "Checkpoints"), "portal:trail"),
    Item(Text("核对回执", "Check a receipt"), "portal:receipt"),
    Item(Text("开放数据", "Open data"), "api:open_data"),
)


# Pages reached from another item than their address begins with.
_REACHED_FROM = {
    "/desk/rounds/": "/desk/cases/",
    "/desk/coverage/": "/desk/needs/",
    "/desk/households/": "/desk/needs/",
    "/desk/questions/": "/desk/texts/",
    "/desk/messages/": "/desk/",
}


def _path(request: HttpRequest) -> str:
    return next((home for begins, home in _REACHED_FROM.items() if request.path.startswith(begins)), request.path)


def around(items: Sequence[Item], request: HttpRequest) -> list[Tab]:
    """The items whose address exists, the present one marked: the longest address the path begins with."""
    reader = reader_of(request)
    found = [(item, address) for item in items if (address := _address(item, reader))]
    found = [(item, address) for item, address in _under_rules(found, reader) if _let_in(item, reader)]
    here = max((address for _, address in found if _within(_path(request), address)), key=len, default="")
    return [Tab(item.title, address, current=address == here, icon=item.icon) for item, address in found]


def _under_rules(found: list[tuple[Item, str]], reader: Reader) -> list[tuple[Item, str]]:
    """A reader without a place may still choose one, so nothing is kept from them."""
    if reader.place is None or not any(item.under for item, _ in found):
        return found
    try:
        known = {"", "any", *rules_at(reader.place).procedures(clock.today())}
    except TurnedDown:
        known = {""}
    return [(item, address) for item, address in found if item.under in known]


def _let_in(item: Item, reader: Reader) -> bool:
    """A way that would end at a closed door is not shown."""
    if item.above and not _looks_over(reader):
        return False
    if not item.may or reader.place is None:
        return not item.may
    return may(reader.person, permission(item.may), reader.place, clock.today())


def _looks_over(reader: Reader) -> bool:
    return bool(reader.looks_over if reader.place is None else reader.looks_over.intersection(reader.place.ancestor_codes))


def _address(item: Item, reader: Reader) -> str:
    try:
        if not item.at_place:
            return address(item.name)
        return address(item.name, reader.place.code) if reader.place else ""
    except NoReverseMatch:
        return ""


def _within(path: str, address: str) -> bool:
    return path == address if address in ("/", "/desk/") else path.startswith(address)
