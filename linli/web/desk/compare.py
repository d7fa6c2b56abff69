"""Two packs, or two days of one, side by side: what the change changes, in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.rules.policy.diff import Change, Side, changes
from linli.web.shared.doors import STAFF, door

_KINDS: Mapping[str, Text] = {
    "parameter": Text("数值", "Values"),
    "procedure": Text("程序", "Procedures"),
    "form": Text("表单", "Forms"),
    "checklist": Text("清单", "Checklists"),
    "catalogue": Text("目录", "Catalogues"),
    "scorecard": Text("评分表", "Scorecards"),
    "body": Text("组织", "Bodies"),
    "session": Text("会议", "Meetings"),
    "register": Text("台账", "Registers"),
    "obligation": Text("义务", "Obligations"),
}
_OTHERS = Text("其他", "Everything else")


@door(may=STAFF)
def compare(request: HttpRequest) -> HttpResponse:
    """`?a=PACK&a_on=2019-01-01&b=PACK&b_on=`: without a day, all of a pack's time."""
    asked, packs = request.GET, library().packs
    wrong: dict[str, Text] = {}
    sides = [_side(asked.get(key, ""), asked.get(f"{key}_on", ""), f"{key}_on", wrong) for key in ("a", "b")]
    before, after = sides
    found = changes(before, after) if before and after and not wrong else None
    context = {
        "options": [(id, pack.title) for id, pack in packs.items()],
        "asked": {key: asked.get(key, "") for key in ("a", "a_on", "b", "b_on")},
        "wrong": wrong,
        "groups": grouped(found) if found is not None else None,
        "count": len(found) if found is not None else 0,
        "rules": after.rules if after else None,
        "strangers": found is not None and _strangers(before, after),
        "titles": [_called(side) for side in (before, after) if side],
    }
    return render(request, "desk/packs/compare.html", context, status=422 if wrong else 200)


def _side(pack: str, day: str, field: str, wrong: dict[str, Text]) -> Side | None:
    on: date | None = None
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        wrong[field] = Text("请写成日期，如 2019-01-01", "Write a date such as 2019-01-01")
    known = library()
    return Side(known.rules(pack), on) if pack in known.packs else None


def _strangers(before: Side | None, after: Side | None) -> bool:
    """Whether the two have no pack in common, so that neither is laid over the other."""
    chains = [{pack.id for pack in side.rules.chain} for side in (before, after) if side]
    return len(chains) == 2 and not chains[0] & chains[1]


def _called(side: Side) -> Text:
    title = side.rules.pack.title
    return Text(f"{title.zh}（{side.on or '全部时间'}）", f"{title.en} ({side.on or 'all time'})")


def grouped(found: Sequence[Change]) -> list[tuple[Text, list[Change]]]:
    groups: dict[Text, list[Change]] = {}
    for change in found:
        groups.setdefault(_KINDS.get(change.about.partition(":")[0], _OTHERS), []).append(change)
    return list(groups.items())
