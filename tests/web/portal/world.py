"""One community at work on a day of April 2021, seen through its pages. The people are made up (演示)."""

from datetime import datetime

import pytest

from linli.records.cases.models import Case
from linli.records.cases.services import take_act
from linli.records.needs.models import Need
from linli.web.shared import clock
from tests.journeys import test_need_to_archive as story
from tests.journeys.steps import on
from tests.remembered import remembered_step

COMMUNITY, OTHER, DISTRICT = "440305001001", "440305001002", "440305"
NOW = on("2021-04-13", 21)


class Street:
    """The journey of the lamps, as far as it has come."""

    def __init__(self) -> None:
        self.life = story.Life()
        self.team = self.life.team

    @remembered_step("life")
    def asked(self) -> Need:
        story.a_resident_asks(self.life)
        return self.life.need

    @remembered_step("life")
    def on_notice(self) -> Case:
        """Evaluated, and about to hang."""
        self.asked()
        return self.on_notice_from_here()

    def on_notice_from_here(self) -> Case:
        for chapter in (
            story.the_community_looks_and_opens_a_project,
            story.residents_shape_the_design,
            story.it_is_chosen_and_put_to_the_council,
            story.the_council_evaluates,
        ):
            chapter(self.life)
        return self.life.case

    @remembered_step("life")
    def hung(self) -> Case:
        """The evaluation hangs for everybody to see; one objection came and was answered."""
        case = self.on_notice()
        story.the_result_hangs_for_everybody_to_see(self.life)
        return case

    def move(self, case: Case) -> Case:
        """Out of its draft by the shortest way: it is withdrawn with a reason."""
        take_act(case=case, act="withdraw", by=self.team.secretary, at=on("2021-04-04"), note="居民改提别的，以后再议。")
        return case

    @remembered_step("life")
    def archived(self) -> Case:
        case = self.hung()
        for chapter in (
            story.it_is_determined,
            story.the_subdistrict_puts_it_on_file,
            story.the_lamps_are_put_up,
            story.residents_accept_and_appraise,
            story.the_money_is_settled_and_the_project_archived,
        ):
            chapter(self.life)
        case.refresh_from_db()
        return case


def stop_the_clock(monkeypatch: pytest.MonkeyPatch, at: datetime = NOW) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
