"""The pages of a secret appraisal while it runs: they open, say how many answered, and show no figure."""

import pytest
from django.test import Client

from linli.records.cases.models import Case
from linli.records.people.models import Account
from linli.records.scorecards.services import close_scoring, give_scores
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


def test_residents_find_what_they_are_asked_while_the_matter_is_still_a_draft(
    appraisal: Case, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft itself stays unseen: no way leads to it, and nothing of it is left over once the appraisal is closed."""
    scored = opened(appraisal)
    stop_the_clock(monkeypatch, on("2023-02-04"))
    client.force_login(
        Account.objects.create(person=resident("村民丙"), username="演示居民"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get(f"/scorings/{scored.pk}/")
    assert page.status_code == 200
    assert "我来评" in words(page)
    assert appraisal.code not in page.content.decode()
    form = f"/scorings/{scored.pk}/appraise/"
    assert client.get(form).status_code == 200
    assert client.post(form, {"i-work": "satisfied"}).status_code == 302
    assert "改我的评价" in words(client.get(f"/scorings/{scored.pk}/"))
    assert client.get(f"/projects/{appraisal.code}/").status_code == 404
    close_scoring(scoring=scored, by=appraisal.opened_by, at=on("2023-02-05"))
    assert client.get(f"/scorings/{scored.pk}/").status_code == 404
