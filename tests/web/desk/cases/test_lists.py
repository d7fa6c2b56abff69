"""The list of matters: its states as tabs, or as a filter where there are many."""

import pytest

from linli.records.cases.models import Passage
from linli.web.desk import cases
from tests.journeys.steps import District, on
from tests.web.desk.cases.office import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(district: District) -> None:
    """A bench being built, a lamp still a draft, a bin that came to its end."""
    bench, _, bin = [district.project(title, on("2021-03-08")) for title in ("长椅", "路灯", "垃圾桶")]
    Passage.objects.filter(subject_kind="case", subject_id=str(bench.pk)).update(state="running")
    Passage.objects.filter(subject_kind="case", subject_id=str(bin.pk)).update(end="done", ended_at=on("2021-04-08"))


def test_a_tab_leads_to_its_state_whatever_the_state_is_called(three: None, secretary: Desk) -> None:
    secretary.open("/desk/cases/")
    assert secretary.html.count('aria-current="page">在办') == 1
    assert "长椅" in secretary.text and "路灯" in secretary.text and "垃圾桶" not in secretary.text
    secretary.open("/desk/cases/" + secretary.link("实施中 1"))
    assert "长椅" in secretary.text and "路灯" not in secretary.text
    secretary.open("/desk/cases/" + secretary.link("已办结 1"))
    assert "垃圾桶" in secretary.text and "长椅" not in secretary.text


def test_many_states_are_chosen_among_the_filters(three: None, secretary: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST_TABS", 1)
    secretary.open("/desk/cases/")
    assert [words for address, words in secretary.links if "state=" in address] == ["在办 2", "已办结 1"]
    assert '<option value="running">实施中（1）</option>' in secretary.html
    secretary.open("/desk/cases/?state=running&q=")
    assert "长椅" in secretary.text and "路灯" not in secretary.text
    assert [words for address, words in secretary.links if "state=" in address][:2] == ["在办 2", "实施中 1"]
    # Asked for all states, the list is what is under way.
    assert "垃圾桶" not in secretary.open("/desk/cases/?state=&q=").text
