"""How allauth behaves here: staff get their accounts from an administrator, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin at their to-do list."""
        person = getattr(request.user, "person", None)
        return "/desk/" if person is not None and person.kind == "staff" else "/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("shared:sign_in")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page itself says what happened; a second voice would only add noise."""
