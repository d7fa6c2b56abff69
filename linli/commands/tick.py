"""`linli tick`: what the calendar does by itself. Run it once an hour: checkpoints, duties of the year, late rows,
notifications, what nobody came back to, what can be searched."""

import argparse
from datetime import UTC, datetime

from linli.commands import notify
from linli.commands.records import start
from linli.rules.plain.days import day_in_china


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "tick", help="整点事务：存证检查点、年度义务、逾期台账 · hourly: checkpoint, duties of the year, late rows of ledgers"
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    now = datetime.now(UTC)
    from linli.records.duties.services.calendar import plan_beneath
    from linli.records.needs.services import close_left_imports
    from linli.records.places.models import Place
    from linli.records.registers.services import pass_up_late
    from linli.records.reports.search.indexing import end_notices, refresh
    from linli.records.rulebook.models import Adoption
    from linli.records.trail.services import take_checkpoint
    from linli.records.workbench.services import forget_old

    places = Place.objects.filter(pk__in=Adoption.objects.values("place"))
    planned = sum(plan_beneath(place=place, year=day_in_china(now).year, at=now) for place in places)
    passed_up = sum(pass_up_late(place=place, at=now) for place in places)
    checkpoint = take_checkpoint(at=now)
    notify.say(now)
    forget_old(at=now)
    closed = close_left_imports(at=now)
    print(f"新增义务 {planned} 项 · duties added: {planned}")
    print(f"逾期未答复已报上级 {passed_up} 条 · unanswered rows passed up: {passed_up}")
    print(f"没有导完的需求表 {closed} 份已关闭、文件已删除 · imports left unfinished closed, files deleted: {closed}")
    today = day_in_china(now)
    print(f"检索更新 {refresh(today) + end_notices(today)} 条 · looked at again for searching")
    print(f"检查点 {checkpoint}" if checkpoint else "没有新的记录 · nothing new to seal")
    return 0
