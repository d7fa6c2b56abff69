"""`linli staff`: the first officer of a site, and whoever cannot be reached through the desk: open, appoint, end, password.

From the first officer on, the desk's page 人员 does the same for the offices that have the power. Acts here are sealed as the
system's own.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from linli.commands.records import prepare, start
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text

if TYPE_CHECKING:
    from linli.records.people.models import OfficeHeld, Person
    from linli.records.places.models import Place


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("staff", help="工作账号和任职 · staff accounts and offices")
    inside = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    listed = inside.add_parser(
        "list", help="一个地方谁在哪个岗位，有哪些岗位 · who is in office at a place, and which offices exist"
    )
    listed.add_argument("place")
    listed.set_defaults(run=_run, act=_list)
    opened = _at_office(
        inside, "open", "开账号并任职，首个密码只显示一次 · open an account, appoint, tell the first password once"
    )
    opened.add_argument("name", help="姓名 · name")
    _from(opened)
    opened.set_defaults(run=_run, act=_open)
    appointed = _at_office(inside, "appoint", "给已有账号的人登记任职 · an office for somebody with an account")
    _from(appointed)
    appointed.set_defaults(run=_run, act=_appoint)
    ended = _at_office(inside, "end", "登记离任 · the end of an office")
    ended.add_argument("--until", type=date.fromisoformat, help="最后一天，默认今天 · last day in office; today if not said")
    ended.add_argument("--reason", required=True, help="为什么 · why")
    ended.set_defaults(run=_run, act=_end)
    password = inside.add_parser("password", help="重发首个密码 · a new first password, told once")
    password.add_argument("username")
    password.add_argument("--reason", required=True, help="为什么 · why")
    password.set_defaults(run=_run, act=_password)


def _at_office(inside: "argparse._SubParsersAction[argparse.ArgumentParser]", what: str, about: str) -> argparse.ArgumentParser:
    parser = inside.add_parser(what, help=about)
    parser.add_argument("place", help="地方编码 · code of the place")
    parser.add_argument("office", help="岗位，如 civil_affairs · the office")
    parser.add_argument("username", help="账号名 · user name")
    return parser


def _from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=date.fromisoformat, help="从哪一天起，默认今天 · from which day on; today if not said")
    parser.add_argument("--document", default="", help="任职文件 · the document")


def _run(chosen: argparse.Namespace) -> int:
    start()
    prepare()
    act: Callable[[argparse.Namespace, datetime], None] = chosen.act
    try:
        act(chosen, datetime.now(UTC))
    except NotFound:
        print(f"没有这个地方：{chosen.place} · there is no such place")
        return 1
    except TurnedDown as no:
        said = dict.fromkeys([no.text, *(no.fields.values() if isinstance(no, Invalid) else ())])
        print("\n".join(f"{text.zh} · {text.en}" for text in said))
        return 1
    return 0


def _list(chosen: argparse.Namespace, now: datetime) -> None:
    from linli.records.people.models import Account, OfficeHeld
    from linli.records.people.selectors import holding
    from linli.records.places.selectors import place

    here = place(chosen.place)
    held = OfficeHeld.objects.filter(holding(day_in_china(now)), place=here).select_related("person").order_by("office", "since")
    names = dict(Account.objects.filter(person__offices__in=held).values_list("person", "username"))
    for each in held:
        print(f"{each.office}  {each.person.name}  {names.get(each.person_id, '—')}  {each.since}")
    print("岗位 · offices here: " + "  ".join(_offices(here)))


def _open(chosen: argparse.Namespace, now: datetime) -> None:
    from linli.records.people.services import engage, first_password

    password = first_password()
    place = _place(chosen)
    engage(
        name=chosen.name,
        username=chosen.username,
        password=password,
        office=chosen.office,
        place=place,
        since=chosen.since or day_in_china(now),
        document=chosen.document,
        by=None,
        at=now,
    )
    _told(chosen.username, password)


def _appoint(chosen: argparse.Namespace, now: datetime) -> None:
    from linli.records.people.services import appoint

    since = chosen.since or day_in_china(now)
    person = _person(chosen.username)
    appoint(person=person, office=chosen.office, place=_place(chosen), since=since, document=chosen.document, by=None, at=now)
    print(f"{person.name}：{chosen.office}，{since} 起 · since {since}")


def _end(chosen: argparse.Namespace, now: datetime) -> None:
    from linli.records.people.services import end_office

    until = chosen.until or day_in_china(now)
    held = _held(_person(chosen.username), _place(chosen), chosen.office)
    end_office(held=held, until=until, by=None, at=now, reason=chosen.reason)
    print(f"{held.person.name}：任职到 {until} · in office until {until}")


def _password(chosen: argparse.Namespace, now: datetime) -> None:
    from linli.records.people.models import OfficeHeld
    from linli.records.people.services import first_password, renew_password

    person, password = _person(chosen.username), first_password()
    held = OfficeHeld.objects.filter(person=person).select_related("place").order_by("-since", "-pk").first()
    if held is None:
        raise Invalid(Text("这个人从来没有任职。", "This person has never been in office."))
    renew_password(person=person, place=held.place, password=password, by=None, at=now, reason=chosen.reason)
    _told(chosen.username, password)


def _told(username: str, password: str) -> None:
    print(f"账号名 · user name: {username}\n首个密码 · first password: {password}")
    print("只显示这一次；请本人登录后马上改。 · Shown this once; to be changed at the first sign-in.")


def _place(chosen: argparse.Namespace) -> "Place":
    """The place, when the office exists at its level. Raises NotFound, Invalid."""
    from linli.records.places.selectors import place

    here = place(chosen.place)
    if chosen.office not in _offices(here):
        known = "  ".join(_offices(here))
        raise Invalid(Text(f"这一级没有这个岗位，有：{known}", f"no such office at this level; there are: {known}"))
    return here


def _offices(place: "Place") -> list[str]:
    from linli.records.rulebook.selectors import library

    everybodys = ("anyone", "resident", "household")
    words = library().vocabulary.offices.items()
    return [office for office, word in words if place.level in word.levels and office not in everybodys]


def _person(username: str) -> "Person":
    from linli.records.people.models import Account

    account = Account.objects.select_related("person").filter(username=username, person__kind="staff").first()
    if account is None or account.person is None:
        raise Invalid(Text(f"没有工作账号 {username}。", f"There is no staff account {username}."))
    return account.person


def _held(person: "Person", place: "Place", office: str) -> "OfficeHeld":
    from linli.records.people.models import OfficeHeld

    held = OfficeHeld.objects.filter(person=person, place=place, office=office).order_by("-since", "-pk").first()
    if held is None:
        raise Invalid(Text(f"{person.name}在那里没有这个岗位。", f"{person.name} does not hold that office there."))
    return held
