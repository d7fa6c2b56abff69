"""How an identity provider's answer becomes a member of staff here: an account that exists, never a new one."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from linli.records.people.models import Account
from linli.rules.plain.refusals import NotAllowed
from linli.rules.plain.texts import Text
from linli.web.shared.turned_down import turned_down_page

_UNKNOWN = Text(
    "统一身份认证认得您，但这里没有对应的工作账号。请找管理员开设，或先用账号密码登录，再在“第三方账号”里绑定。",
    "The identity provider knows you, but there is no staff account here for you. Ask the administrator to open one, or sign "
    "in by password first and connect the two.",
)
_FAILED = Text(
    "统一身份认证没有完成，您还没有登录。请再试一次，或用账号密码登录。",
    "The identity provider did not complete the sign-in. Try again, or sign in by password.",
)


class StaffIdentities(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A known connection signs in; with `LINLI_OIDC_MATCH` the named claim finds the account the first time."""
        if sociallogin.is_existing or getattr(request.user, "is_authenticated", False):
            return
        account = _matched(sociallogin.account.extra_data)
        if account is None:
            raise ImmediateHttpResponse(turned_down_page(request, NotAllowed(_UNKNOWN)))
        sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **named: Any) -> None:
        raise ImmediateHttpResponse(turned_down_page(request, NotAllowed(_FAILED)))


def _matched(said: dict[str, Any]) -> Account | None:
    claim = settings.OIDC_MATCH
    claims = {**said.get("id_token", {}), **said.get("userinfo", {})}
    value = claims.get(claim, "") if claim else ""
    return Account.objects.filter(username=value, person__kind="staff", is_active=True).first() if value else None
