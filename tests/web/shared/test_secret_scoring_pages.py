"""The pages of a secret appraisal while it runs: they open, say how many answered, and show no figure."""

import pytest
from django.test import Client

from linli.records.cases.models import Case
from linli.records.people.models import Account
from linli.records.scorecards.services import give_scores
from tests.pilots import on
from tests.records.scorecards.test_secret import appraisal, opened, resident
from tests.web.portal.pages import words
from tests.web.portal.world import stop_the_clock

__all__ = ["appraisal"]


@pytest.mark.parametrize("door", ["/scorings", "/desk/scorings"])
def test_a_secret_appraisal_that_runs_shows_how_many_answered(
    appraisal: Case, client: Client, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    scored = opened(appraisal)
    for name, grade in (("村民甲", "satisfied"), ("村民乙", "dissatisfied")):
        give_scores(scoring=scored, by=resident(name), answers={"work": grade}, at=on("2023-02-03"))
    stop_the_clock(monkeypatch, on("2023-02-04"))
    client.force_login(
        Account.objects.create(person=appraisal.opened_by, username="演示账号"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    answer = client.get(f"{door}/{scored.pk}/")
    assert answer.status_code == 200
    assert "截止前不显示分数，只显示多少人评了。" in words(answer)
    assert answer.content.decode().count('<span class="quiet">—</span>') == 3
