"""The board of a round: who is ranked, a tie to decide, the answer from above, the results of the parts."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.cases.services import fill_case_form
from linli.records.evidence.selectors import fillings
from linli.records.places.selectors import place as place_by_code
from linli.records.rounds.candidates import Field, field_of
from linli.records.rounds.drafting import draft_forms
from linli.records.rounds.grants import grants_for
from linli.records.rounds.next_places import PartResult, next_places_set, results_by_part
from linli.records.rounds.permissions import READ_AT_DESK
from linli.records.rounds.selectors import chosen_by, draws_of, latest_ranking, round_named
from linli.records.rounds.services import (
    announce_draw,
    decide_tie,
    file_results,
    hold_draw,
    rank_candidates,
    record_upper_answer,
    set_next_places,
)
from linli.records.rulebook.selectors import standing
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import looks_at, me
from linli.web.desk.loaders import Part, address, holds_any, part_of_case
from linli.web.desk.sheets import told
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.ranks import board_table, why_cards
from linli.web.shared.reader import reader_of
from linli.web.shared.values import value_words

_DAY = Text("请填写以后的一天，例如 2026-03-28。", "Give a day to come, such as 2026-03-28.")
_DONE = {
    "rank": Text("已排序，结果和理由已写进每个候选的材料。", "Ranked; the result and its reason are with every candidate."),
    "tie": Text("并列已决定，已重新排序。", "The tie is decided and the ranking made again."),
    "announce": Text("抽签已公布。到了那一天以后再来抽签。", "The draw is announced. Come back from that day on."),
    "lots": Text("已抽签并重新排序，种子和号码已公开。", "Drawn and ranked again; the seed and every number are public."),
    "next": Text("来年名额已写进各地的设定。", "Next year's places are set."),
    "upper": Text("上级结果已登记到每个入选的事项。", "The answer is filed with everybody chosen."),
    "results": Text("各地成效已汇总。", "The results are filed."),
    "draft": Text("表格已按结果起草，请核对后办理。", "The form is drafted from the result; please check it."),
}


def found_round(request: HttpRequest, code: str) -> Found:
    """Raises NotFound for what is no round, and for those who do not look at its place."""
    round = round_named(code)
    if not looks_at(reader_of(request).person, round.place):
        raise NotFound
    return Found(round, round.place)


@door(may=READ_AT_DESK, load=found_round, methods=["GET", "POST"])
def round(request: HttpRequest, about: Case) -> HttpResponse:
    """One page with its few acts; `do` names which one was sent."""
    if request.method != "POST":
        return _page(request, about)
    what = request.POST.get("do", "")
    if what not in _ACTS:
        raise NotFound
    try:
        _ACTS[what](request, about)
    except TurnedDown as turned_down:
        return _page(request, about, turned_down)
    told(request, _DONE[what])
    return redirect("desk:round", about.code)


def _rank(request: HttpRequest, about: Case) -> None:
    rank_candidates(round=about, by=me(request), at=clock.now())


def _tie(request: HttpRequest, about: Case) -> None:
    reason = request.POST.get("reason", "")
    decide_tie(round=about, chosen=_children(request, about), reason=reason, by=me(request), at=clock.now())


def _announce(request: HttpRequest, about: Case) -> None:
    try:
        held_from = datetime.combine(date.fromisoformat(request.POST.get("held_from", "").strip()), time(9), SHANGHAI)
    except ValueError as error:
        raise Invalid(_DAY, fields={"held_from": _DAY}) from error
    announce_draw(round=about, held_from=held_from, reason=request.POST.get("why", ""), by=me(request), at=clock.now())


def _lots(request: HttpRequest, about: Case) -> None:
    hold_draw(round=about, by=me(request), at=clock.now())


def _next(request: HttpRequest, about: Case) -> None:
    set_next_places(round=about, by=me(request), at=clock.now())


def _upper(request: HttpRequest, about: Case) -> None:
    record_upper_answer(round=about, chosen=_children(request, about), by=me(request), at=clock.now())


def _results(request: HttpRequest, about: Case) -> None:
    file_results(round=about, by=me(request), at=clock.now())


def _draft(request: HttpRequest, about: Case) -> None:
    wanted = next((each for each in draft_forms(about) if each.form.id == request.POST.get("form")), None)
    if wanted is None:
        raise NotFound
    before = fillings(about.subject).get(wanted.form.id)
    data = {**(before.data if before else {}), wanted.field: wanted.rows}
    fill_case_form(case=about, form=wanted.form.id, data=data, by=me(request), at=clock.now())


_ACTS: Mapping[str, Callable[[HttpRequest, Case], None]] = {
    "rank": _rank,
    "tie": _tie,
    "announce": _announce,
    "lots": _lots,
    "next": _next,
    "upper": _upper,
    "results": _results,
    "draft": _draft,
}


def _children(request: HttpRequest, about: Case) -> list[Case]:
    return list(about.children.filter(code__in=request.POST.getlist("chosen")).select_related("place"))


def _page(request: HttpRequest, about: Case, turned_down: TurnedDown | None = None) -> HttpResponse:
    field, ranking = field_of(about), latest_ranking(about)
    now, person = field.now, me(request)
    works = holds_any(person, offices_named(now.procedure, about.place.level), about.place, clock.today())
    parts, draws = results_by_part(about), draws_of(about)
    tied = [row for row in ranking.rows.all() if row.outcome == "tied"] if ranking else []
    context = {
        "case": about,
        "place": about.place,
        "rules": now.rules,
        "field": field,
        "places": value_words(field.places),
        "ranking": ranking,
        "table": board_table(ranking) if ranking else None,
        "cards": why_cards(ranking, field.selection.clause) if ranking else [],
        "unscored": [(each.case, _scoring_url(each.case, field)) for each in field.entrants if each.score is None],
        "waiting": [(case, now.rules.procedure(case.procedure, clock.today())) for case in field.waiting],
        "tied": tied,
        "draws": draws,
        "awaited": any(draw.awaited for draw in draws),
        "may_decide": holds_any(person, field.selection.ties_decided_by, about.place, clock.today()),
        "works": works and now.passage.ended_at is None,
        "chosen": chosen_by(ranking),
        "drafts": draft_forms(about) if works and now.passage.ended_at is None else [],
        "parts": [(part, _part_url(part, about)) for part in parts],
        "next_set": next_places_set(about) if parts else [],
        "may_set_next": bool(parts) and holds_any(person, parts[0].quota.decided_by, about.place, clock.today()),
        "typed": request.POST,
        "errors": turned_down.fields if isinstance(turned_down, Invalid) else {},
        "turned_down": turned_down,
    }
    return render(request, "desk/scores/round.html", context, status=turned_down.status if turned_down else 200)


def _scoring_url(case: Case, field: Field) -> str:
    slots = standing(case.subject).procedure.slots.values()
    slot = next((each.id for each in slots if each.scorecard == field.selection.rank_by), "")
    return address("desk:open_scoring", case=case.code, slot=slot) if slot else ""


def _part_url(part: PartResult, about: Case) -> str:
    if part.scoring is not None:
        return address("desk:scoring", part.scoring.pk)
    return address("desk:open_scoring", place=part.place.pk, card=part.quota.graded_by, year=about.year)


def found_grants(request: HttpRequest, code: str) -> Found:
    return part_of_case(request, code, what="grants")


@door(may=READ_AT_DESK, load=found_grants)
def grants(request: HttpRequest, part: Part) -> HttpResponse:
    """Every grant the rules know for this matter, with what it waits for."""
    case, now = part.case, standing(part.case.subject)
    found = grants_for(case, clock.now())
    if not found:
        raise NotFound
    context = {
        "case": case,
        "place": place_by_code(case.place_id),
        "rules": now.rules,
        "grants": [(one, value_words(one.amount)) for one in found],
        "stamp": None,
    }
    return render(request, "desk/scores/grants.html", context)
