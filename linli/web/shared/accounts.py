"""How allauth behaves here: staff get their accounts from an administrator, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from linli.records.people.models import Account
from linli.rules.plain.texts import Text
from linli.web.shared.tags.words import said

_SAME = Text("这还是原来那个密码，请换一个。", "This is the password you were told; choose another.")


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin at their to-do list."""
        person = getattr(request.user, "person", None)
        return "/desk/" if person is not None and person.kind == "staff" else "/"

    def clean_password(self, password: str, user: Any = None) -> str:
        """A new password is another than the one before, which somebody else may have told."""
        if isinstance(user, Account) and user.must_change and user.check_password(password):
            raise ValidationError(said(_SAME))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("shared:sign_in")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page itself says what happened; a second voice would only add noise."""
