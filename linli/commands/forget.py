"""`linli forget`: the right to be forgotten, with a look at what goes and what stays before anything is done."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from linli.commands.records import start

if TYPE_CHECKING:
    from linli.records.people.models import Person


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("forget", help="删除个人信息：先预览，再执行 · forget a person: a preview, then --do")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", metavar="ID", help="编号 · the person's id")
    who.add_argument("--phone", metavar="NUMBER", help="登记的手机号 · the number on record")
    parser.add_argument("--by", metavar="ID", default="", help="经办人编号，本人申请的不用写 · who does it, if not the person")
    parser.add_argument("--reason", required=True, help="理由，不要写姓名电话 · why, without names or numbers")
    parser.add_argument("--do", action="store_true", help="执行；不写只预览 · do it; without, only the preview")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    from linli.records.forgetting import forget_person, preview
    from linli.rules.plain.refusals import TurnedDown

    person = _person(chosen.person, chosen.phone)
    by = _person(chosen.by, "") if chosen.by else person
    if person is None or by is None:
        print("没有找到这个人，或不止一个 · nobody found, or more than one")
        return 1
    act = forget_person if chosen.do else preview
    try:
        found = act(person=person, by=by, at=datetime.now(UTC), reason=chosen.reason)
    except TurnedDown as turned_down:
        print(f"{turned_down.text.zh} · {turned_down.text.en}")
        return 1
    print("已经删除 · forgotten" if chosen.do else "预览，什么都没有改 · a preview, nothing was changed")
    for each in found:
        if each.number and each.stays is None:
            print(f"- {each.what.zh}：{each.number} · {each.what.en}: {each.number}")
    print("留下的 · what stays")
    for each in found:
        if each.number and each.stays is not None:
            print(f"- {each.what.zh}：{each.number}。{each.stays.zh} · {each.what.en}: {each.number}. {each.stays.en}")
    return 0


def _person(key: str | None, phone: str | None) -> "Person | None":
    from linli.records.people.models import Person
    from linli.records.people.phones import phone_index, plain_phone
    from linli.rules.plain.refusals import Invalid

    try:
        found = (
            Person.objects.filter(pk=UUID(key))
            if key
            else Person.objects.filter(phone_index=phone_index(plain_phone(phone or "")))
        )
    except (Invalid, ValueError):
        return None
    rows = list(found.filter(erased_at__isnull=True)[:2])
    return rows[0] if len(rows) == 1 else None
