"""Where the money of a matter comes from, source by source; what residents read beside its amount."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.services import name_case_sources
from linli.records.funds.selectors import commitment_of, contributions
from linli.records.rulebook.selectors import standing
from linli.rules.plain.money import fen_from_yuan, yuan
from linli.rules.plain.refusals import require_fields
from linli.rules.plain.texts import Text, one_line
from linli.web.desk.loaders import desk_case, reader_person, works_on
from linli.web.desk.sheets import Ask, Tried, sheet, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

# As many lines as are named and two more; at most so many.
_FORM, _MORE, _MOST = "sources", 2, 20
_NEEDED = Text("每一笔来源都要写明名称和金额。", "Each source needs a name and an amount.")
_TWICE = Text("这个来源上面已经写了，请合成一笔。", "This source stands above already; make it one.")


@door(may=READ_ALL, load=desk_case, methods=["GET", "POST"])
def sources(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method == "GET":
        return _page(request, case)

    def act() -> Text:
        name_case_sources(case=case, sources=_read(request), by=reader_person(request), at=clock.now())
        return Text("已写明，居民在项目页上看得到。", "Named; residents read it on the page of the project.")

    to = reverse("desk:case_sources", args=[case.code])
    return take(request, _FORM, act=act, again=lambda tried: _page(request, case, tried), to=to)


def _read(request: HttpRequest) -> Mapping[str, int]:
    """Lines left empty are none. Raises Invalid at the fields."""
    found: dict[str, int] = {}
    wrong: dict[str, Text] = {}
    for n in range(1, _MOST + 1):
        name, amount = (one_line(typed(request.POST, _FORM, f"{part}{n}")) for part in ("source", "amount"))
        if not name and not amount:
            continue
        fen = _fen(amount)
        if not name or len(name) > 120:
            wrong[f"source{n}"] = _NEEDED
        if fen is None:
            wrong[f"amount{n}"] = _NEEDED
        if name in found:
            wrong[f"source{n}"] = _TWICE
        found[name] = fen or 0
    require_fields(wrong if found else {"source1": _NEEDED})
    return found


def _fen(text: str) -> int | None:
    try:
        fen = fen_from_yuan(text)
    except ValueError:
        return None
    return fen if 0 < fen < 10**16 else None


def _line(n: int) -> tuple[Ask, Ask]:
    return (
        Ask(f"source{n}", Text(f"第 {n} 笔：来源", f"Source {n}")),
        Ask(f"amount{n}", Text(f"第 {n} 笔：金额（元）", f"Amount {n} (yuan)")),
    )


def _page(request: HttpRequest, case: Case, tried: Tried | None = None) -> HttpResponse:
    now, rows = standing(case.subject), contributions(case.subject)
    sent = sum(key.startswith(f"{_FORM}-source") for key in request.POST)
    asks = [ask for n in range(1, min(max(len(rows) + _MORE, sent), _MOST) + 1) for ask in _line(n)]
    start = {f"source{n}": row.source for n, row in enumerate(rows, start=1)}
    start |= {f"amount{n}": yuan(row.amount_fen) for n, row in enumerate(rows, start=1)}
    context = {
        "case": case,
        "place": case.place,
        "rows": rows,
        "total": sum(row.amount_fen for row in rows),
        "committed": commitment_of(case.subject),
        "works": works_on(reader_person(request), now.procedure, case.place, clock.today()),
        "form": sheet(
            _FORM,
            asks,
            action=reverse("desk:case_sources", args=[case.code]),
            button=Text("写明", "Name them"),
            tried=tried,
            start=start,
        ),
    }
    return render(request, "desk/cases/sources.html", context)
