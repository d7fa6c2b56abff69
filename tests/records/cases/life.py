"""The life of a project, step by step, for tests. Everything and everybody in it is made up (演示)."""

from collections.abc import Mapping
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.selectors import readings_of
from linli.records.cases.services import (
    answer_case_checklist,
    file_case_evidence,
    fill_case_form,
    link_need,
    open_case,
    take_act,
)
from linli.records.evidence.services import file_piece
from linli.records.funds.services import set_envelope
from linli.records.needs.models import Need
from linli.records.needs.services import raise_need, verify_need
from linli.records.needs.services.raising import Details
from linli.records.people.models import Person
from linli.records.rulebook.models import Passage
from linli.records.rulebook.selectors import standing
from tests.records.rulebook.world import Cast, at, place

YUAN = 100
PLAN: dict[str, object] = {
    "what": "演示·在榕树下修一排长椅",
    "where": "演示·榕树广场",
    "project_type": "works",
    "beneficiaries": "演示·周边居民",
    "budget": "180000",
    "budget_lines": [{"item": "长椅", "quantity": "12", "amount": "180000"}],
    "funding_sources": [{"source": "民生微实事专项经费", "amount": "180000"}],
    "highly_professional": False,
    "cross_community": False,
    "residents_in": ["design"],
}
FILING: dict[str, object] = {"decision": "演示·同意", "evaluation": "演示·评议通过", "year_money": "演示·可列支"}


class Life:
    """One project and the people who carry it. Every step happens on its own day, one after the other."""

    def __init__(
        self, cast: Cast, *, budget: str = "180000", kind: str = "works", year: int = 2021, money: int = 2_000_000
    ) -> None:
        self.cast, self.year, self.day = cast, year, at(year, 3, 1)
        self.plan = {**PLAN, "budget": budget, "project_type": kind, "category": self._category()}
        set_envelope(
            place=place("440305001001"),
            year=year,
            amount_fen=money * YUAN,
            source="演示·年度预算",
            dedicated=True,
            approved=True,
            by=self.finance,
            at=self.day,
            demonstration=True,
        )
        self.case = open_case(
            procedure="micro_project",
            place=place(),
            title="演示·榕树下的长椅",
            by=cast.secretary,
            at=self.day,
            demonstration=True,
        )

    @property
    def finance(self) -> Person:
        return self.cast.finance

    def _category(self) -> str:
        from datetime import date

        from linli.records.rulebook.selectors import rules_at

        return next(iter(rules_at(place()).catalogue("project_categories", date(self.year, 3, 1)).entries))

    def later(self, days: int = 1) -> datetime:
        from datetime import timedelta

        self.day += timedelta(days=days)
        return self.day

    @property
    def state(self) -> str:
        return Passage.objects.get(subject_kind="case", subject_id=str(self.case.pk)).state

    def fresh(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    def act(self, act: str, by: Person | None = None, note: str = "") -> None:
        take_act(case=self.case, act=act, by=by or self.cast.secretary, at=self.later(), note=note)

    def fill(self, form: str, data: Mapping[str, object], by: Person | None = None) -> None:
        fill_case_form(case=self.case, form=form, data=data, by=by or self.cast.secretary, at=self.day)

    def check(self, *names: str, by: Person | None = None, **answers: str) -> None:
        now = standing(self.case.subject)
        for name in names:
            checklist = now.rules.checklist(name, now.rules_on)
            given = {item.key: item.must_be for item in checklist.items.values() if not item.slot} | answers
            answer_case_checklist(
                case=self.case, checklist=name, answers=given, reasons={}, by=by or self.cast.secretary, at=self.day
            )

    def hand_in(self, slot: str, kind: str, by: Person | None = None, **facts: object) -> None:
        file_case_evidence(
            case=self.case, slot=slot, kind=kind, facts=facts, by=by or self.cast.secretary, at=self.day, summary="演示"
        )

    def component(self, slot: str, kind: str, **facts: object) -> None:
        """As a meeting or a notice would file it."""
        file_piece(subject=self.case.subject, slot=slot, kind=kind, facts=facts, by=None, at=self.day, place=self.case.place)

    def notice(self, point: str, days: int = 6) -> None:
        first = self.day.date().isoformat()
        self.component(f"{point}_notice", "notice", shown=[first, None], objections_open=0, places=2)
        self.later(days)

    # ── the way ─────────────────────────────────────────────────────────────────────────────────────────────────
    def need(self, what: str = "演示·榕树下没有地方坐", person: Person | None = None) -> Need:
        need = raise_need(
            place=place(),
            data={"what": what, "where": "榕树广场", "mode": "daily", "asker": "resident", "channel": "online"},
            by=None,
            at=self.day,
            details=Details(name="演示·王阿姨"),
        )
        verify_need(need=need, findings="演示·属实", real=True, by=self.cast.secretary, at=self.day)
        return need

    def draft(self) -> "Life":
        link_need(case=self.case, need=self.need(), by=self.cast.secretary, at=self.day)
        self.fill("project_plan", self.plan)
        self.component("design_consultation", "consultation", residents=12)
        return self

    def selected(self) -> "Life":
        self.draft()
        self.act("design")
        self.hand_in("selection", "document")
        self.act("select")
        return self

    def evaluating(self) -> "Life":
        self.selected()
        self.check("scope", "exclusions", "negative")
        self.act("submit_for_evaluation")
        return self

    def evaluated(self, share: str = "5/6") -> "Life":
        self.evaluating()
        self.component(
            "evaluation", "resolution", quorum_met=True, approve_share=share, recusals_observed=True, minutes_signed=True
        )
        self.fill("interest_form", interest_form(self))
        self.act("evaluate")
        self.notice("evaluation")
        return self

    def determined(self, by: Person | None = None) -> "Life":
        self.evaluated()
        self.act("determine", by)
        return self

    def filed(self) -> "Life":
        self.determined()
        self.fill("filing_form", FILING)
        self.notice("determination")
        self.act("submit_filing")
        self.act("accept_filing", self.cast.office)
        return self

    def running(self, amount: int = 175_000 * YUAN) -> "Life":
        self.filed()
        self.hand_in("procurement", "procurement", method="self_procurement")
        self.hand_in("contract", "contract", amount=amount)
        self.act("start")
        return self

    def finished(self) -> "Life":
        self.running()
        self.hand_in("progress", "progress", share_done="1")
        self.notice("implementation")
        self.act("finish")
        return self

    def archived(self) -> "Life":
        self.finished()
        self.hand_in("acceptance", "acceptance", passed=True, residents=2, defects_open=0)
        self.act("accept")
        self.notice("acceptance")
        self.hand_in("satisfaction", "satisfaction", respondents=9)
        self.act("appraise")
        self.hand_in("settlement", "settlement", amount=175_000 * YUAN)
        self.hand_in("fund_report", "fund_report", balanced=True)
        self.act("settle")
        self.check("project_archive")
        self.notice("fund_use")
        self.act("archive")
        return self

    def readings(self, person: Person | None = None) -> object:
        return readings_of(self.fresh(), person, self.day)


def interest_form(life: Life) -> dict[str, object]:
    """Whatever the form asks for, answered plainly."""
    now = standing(life.case.subject)
    plain: dict[str, object] = {"flag": False, "text": "演示", "long_text": "演示", "number": 1, "date": "2021-03-01"}
    form = now.rules.form("interest_form", now.rules_on)
    return {field.key: _value(field, plain, now) for field in form.fields.values() if field.required}


def _value(field: object, plain: dict[str, object], now: object) -> object:
    kind = field.type  # type: ignore[attr-defined]
    if kind == "choice":
        return next(iter(now.rules.catalogue(field.catalogue, now.rules_on).entries))  # type: ignore[attr-defined]
    if kind == "lines":
        return [{key: plain.get(type_, "演示") for key, _, type_ in field.columns}]  # type: ignore[attr-defined]
    return plain.get(kind, "演示")
