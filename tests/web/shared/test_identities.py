"""Staff come in through the identity provider of their administration: a real exchange of code, token and claims."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from linli.config.oidc import identity
from linli.records.people.models import Account, Person
from linli.records.people.services import open_staff_account
from linli.web.shared import clock
from tests.web.shared.identity_provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/staff/login/?process=login"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        known = identity({"LINLI_OIDC_SERVER": provider.address, "LINLI_OIDC_CLIENT": CLIENT, "LINLI_OIDC_SECRET": SECRET})
        assert known is not None
        with override_settings(SOCIALACCOUNT_PROVIDERS=known.providers, OIDC_MATCH="preferred_username"):
            yield provider


@pytest.fixture
def clerk() -> Account:
    return open_staff_account(
        person=Person.objects.create(name="样例", kind="staff"),
        username="clerk",
        password="a-long-password-1",
        by=None,
        at=clock.now(),
    )


def come(client: Client, provider: Provider):  # type: ignore[no-untyped-def]
    """The button, the provider, and back."""
    led = client.post(START)
    assert led.status_code == 302 and led.headers["Location"].startswith(f"{provider.address}/authorize?")
    return client.get(provider.authorize(led.headers["Location"]))


def test_a_clerk_known_by_user_name_comes_in_and_begins_at_the_desk(client: Client, provider: Provider, clerk: Account) -> None:
    assert "用统一身份认证登录" in client.get("/accounts/login/").text
    provider.claims = {"sub": "248289", "preferred_username": "clerk"}
    come_in = come(client, provider)
    assert (come_in.status_code, come_in.headers["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_once_connected_the_clerk_is_known_by_the_providers_own_number(
    client: Client, provider: Provider, clerk: Account
) -> None:
    provider.claims = {"sub": "248289", "preferred_username": "clerk"}
    come(client, provider)
    provider.claims = {"sub": "248289", "preferred_username": "renamed-there"}
    again = Client()
    come(again, provider)
    assert again.session["_auth_user_id"] == str(clerk.pk)


def test_somebody_without_an_account_here_is_told_so_and_none_is_made(client: Client, provider: Provider, clerk: Account) -> None:
    provider.claims = {"sub": "999", "preferred_username": "stranger"}
    turned_down = come(client, provider)
    assert turned_down.status_code == 403
    assert "这里没有对应的工作账号" in turned_down.text
    assert "_auth_user_id" not in client.session
    assert list(Account.objects.values_list("username", flat=True)) == ["clerk"]


def test_a_resident_cannot_be_reached_by_user_name(client: Client, provider: Provider) -> None:
    Account.objects.create(username="neighbour", person=Person.objects.create(name="样例居民", kind="resident"))
    provider.claims = {"sub": "5", "preferred_username": "neighbour"}
    assert come(client, provider).status_code == 403
    assert "_auth_user_id" not in client.session


def test_without_a_claim_to_match_by_nobody_is_found_by_name(client: Client, provider: Provider, clerk: Account) -> None:
    provider.claims = {"sub": "248289", "preferred_username": "clerk"}
    with override_settings(OIDC_MATCH=""):
        assert come(client, provider).status_code == 403


def test_a_code_that_was_not_given_out_signs_nobody_in(client: Client, provider: Provider, clerk: Account) -> None:
    provider.claims = {"sub": "248289", "preferred_username": "clerk"}
    led = client.post(START)
    back = provider.authorize(led.headers["Location"])
    provider.asked.clear()
    failed = client.get(back)
    assert failed.status_code == 403
    assert "没有完成" in failed.text
    assert "_auth_user_id" not in client.session


def test_half_a_setting_stops_the_start_and_none_is_none() -> None:
    assert identity({}) is None
    with pytest.raises(ValueError, match="LINLI_OIDC_CLIENT"):
        identity({"LINLI_OIDC_SERVER": "https://id.example"})
    known = identity({"LINLI_OIDC_SERVER": "https://id.example/a", "LINLI_OIDC_CLIENT": "x", "LINLI_OIDC_SECRET": "y"})
    assert known is not None and known.origin == "https://id.example"
