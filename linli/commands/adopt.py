"""`linli adopt`: which editions of the rules are adopted where, whether the files say more, and adopting them from a day on."""

import argparse
from datetime import UTC, date, datetime

from linli.commands.records import start
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import TurnedDown


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("adopt", help="规则包的采用：查看、采用新版 · editions adopted: list them, adopt a new one")
    parser.add_argument("place", nargs="?", default="", help="地方编码 · code of a place")
    parser.add_argument("pack", nargs="?", default="")
    parser.add_argument("--since", type=date.fromisoformat, help="从哪一天起，默认今天 · from which day on; today if not said")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    return _adopt(chosen) if chosen.place and chosen.pack else _list()


def _list() -> int:
    from linli.records.rulebook.models import Adoption
    from linli.records.rulebook.selectors import differs, library

    newest = {
        (row.place_id, row.pack): row for row in Adoption.objects.select_related("place", "edition").order_by("since", "id")
    }
    for row in newest.values():
        known = row.pack in library().packs
        newer = known and differs(row, library().rules(row.pack))
        said = "文件已有新版，尚未采用 · the files hold a newer edition" if newer else "与文件一致 · as in the files"
        print(f"{row.place} {row.pack}@{row.version} {row.since} {said if known else '文件已不在 · files gone'}")
    return 0


def _adopt(chosen: argparse.Namespace) -> int:
    from linli.records.places.selectors import place
    from linli.records.rulebook.services import adopt_pack

    now = datetime.now(UTC)
    try:
        adopt_pack(place=place(chosen.place), pack=chosen.pack, since=chosen.since or day_in_china(now), by="system", at=now)
    except TurnedDown as no:
        print(f"{no.text.zh} · {no.text.en}")
        return 1
    print(f"已采用 {chosen.pack} · adopted")
    return 0
