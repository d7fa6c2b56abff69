"""What is done every minute and every hour, step by step. A step that fails is logged and told; the others go on."""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text

log = logging.getLogger(__name__)
_Step = Callable[[datetime], Text]


@dataclass(slots=True)
class Done:
    """What the steps said, which failed, and whether all were tried."""

    said: list[Text] = field(default_factory=list)
    failed: list[Text] = field(default_factory=list)
    whole: bool = True


def run(name: str, *, every: timedelta | None = None, stopping: Callable[[], bool] = lambda: False) -> Done | None:
    """One turn, if nobody else is at it (and, with `every`, if it is time); None otherwise."""
    from linli.records.clockwork.services import begin, finish, keep

    me = f"{socket.gethostname()}:{os.getpid()}"
    turn = begin(name=name, by=me, at=_now(), every=every)
    if turn is None:
        return None
    # Whoever asks for it by hand gets everything; by itself, what rests on the rules is done when they or the day are new.
    mark = _state_of_rules() if name == "hour" else ""
    left_out = {"duties"} if every is not None and mark and turn.mark == mark else set()
    done = Done()
    for title, step in STEPS[name].items():
        if stopping() or not keep(name=name, by=me, at=_now()):
            done.whole = False
            break
        if title not in left_out:
            _take(title, step, done)
    kept = turn.mark if TITLES["duties"] in done.failed or not done.whole else mark
    finish(name=name, by=me, at=_now(), said=done.said, failed=done.failed, mark=kept, whole=done.whole)
    return done


def _take(title: str, step: _Step, done: Done) -> None:
    try:
        done.said.append(step(_now()))
    except Exception:
        # Tomorrow's duties must not wait for a message that cannot be sent; the next turn tries again.
        log.exception("%s did not go through", title)
        done.failed.append(TITLES[title])


def _now() -> datetime:
    return datetime.now(UTC)


def _state_of_rules() -> str:
    from linli.records.rulebook.models import RulesEdition

    token = RulesEdition.objects.values_list("token", flat=True).first() or ""
    return f"{day_in_china(_now()).isoformat()} {token}"


def _tell(at: datetime) -> Text:
    from linli.web.shared.notifying import notify

    done = notify(at)
    return Text(
        f"通知 {done.told} 条，摘要 {done.digests} 份，发出 {done.left}，没发出 {done.failed}",
        f"notifications {done.told}, digests {done.digests}, sent {done.left}, not sent {done.failed}",
    )


def _plan(at: datetime) -> Text:
    from linli.records.duties.services import plan_year
    from linli.records.places.models import Place
    from linli.records.rulebook.models import Adoption

    places = Place.objects.filter(pk__in=Adoption.objects.values("place"))
    planned = sum(plan_year(place=place, at=at) for place in places)
    return Text(f"新增义务 {planned} 项", f"duties added: {planned}")


def _pass_up(at: datetime) -> Text:
    from linli.records.places.models import Place
    from linli.records.registers.services import pass_up_late
    from linli.records.rulebook.models import Adoption

    places = Place.objects.filter(pk__in=Adoption.objects.values("place"))
    passed_up = sum(pass_up_late(place=place, at=at) for place in places)
    return Text(f"逾期未答复已报上级 {passed_up} 条", f"unanswered rows passed up: {passed_up}")


def _seal(at: datetime) -> Text:
    from linli.records.trail.services import take_checkpoint

    found = take_checkpoint(at=at)
    return Text(f"检查点 {found}", f"checkpoint {found}") if found else Text("没有新的记录", "nothing new to seal")


def _forget(at: datetime) -> Text:
    from linli.records.needs.services import close_left_imports
    from linli.records.workbench.services import forget_old

    forget_old(at=at)
    closed = close_left_imports(at=at)
    return Text(f"没有导完的需求表 {closed} 份已关闭、文件已删除", f"imports left unfinished closed, files deleted: {closed}")


def _find(at: datetime) -> Text:
    from linli.records.reports.search.indexing import end_notices, refresh

    today = day_in_china(at)
    looked = refresh(today) + end_notices(today)
    return Text(f"检索更新 {looked} 条", f"looked at again for searching: {looked}")


STEPS: dict[str, dict[str, _Step]] = {
    "minute": {"messages": _tell},
    "hour": {"duties": _plan, "late rows": _pass_up, "checkpoint": _seal, "left work": _forget, "search": _find},
}
TITLES = {
    "messages": Text("通知与发送", "notifications"),
    "duties": Text("年度义务", "duties of the year"),
    "late rows": Text("逾期台账", "late rows of ledgers"),
    "checkpoint": Text("存证检查点", "checkpoint of the trail"),
    "left work": Text("没人回来办的草稿和导入", "drafts and imports left behind"),
    "search": Text("检索", "search"),
}
