"""Who reads a page, and how they like to read it."""

from functools import cached_property
from typing import cast

from django.conf import settings
from django.http import HttpRequest

from linli.records.people.access import looked_over
from linli.records.people.models import Account, Person
from linli.records.people.selectors import offices_of
from linli.records.places.models import Place
from linli.records.places.selectors import find_place
from linli.records.prepared import Prepared
from linli.web.shared import clock

LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME
LARGE_COOKIE = "linli_large"
PLACE_COOKIE = "linli_place"


class Reader:
    """`person`, `account` and `place` are looked up only when a page asks, so an anonymous page costs no query.

    language: "zh-hans" or "en"; large: 长辈版 is on; place: the one chosen, else the office's, else the home, else None.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        wanted = request.COOKIES.get(LANGUAGE_COOKIE, "")
        self.language: str = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        self.large: bool = request.COOKIES.get(LARGE_COOKIE) == "1"

    @property
    def language_tag(self) -> str:
        """For `<html lang>`: what screen readers and hyphenation understand."""
        return "en" if self.language == "en" else "zh-Hans"

    @cached_property
    def account(self) -> Account | None:
        user = getattr(self._request, "user", None)
        return cast(Account, user) if user is not None and user.is_authenticated else None

    @cached_property
    def person(self) -> Person | None:
        account = self.account
        if account is not None and account.person_id is not None and not _KNOWN(account):
            account.person = _PERSON.first(account.person_id)
        return account.person if account else None

    @property
    def signed_in(self) -> bool:
        return self.person is not None

    @property
    def is_staff(self) -> bool:
        return self.person is not None and self.person.kind == "staff"

    @cached_property
    def looks_over(self) -> frozenset[str]:
        """Codes of the places at which the reader holds an office of the administration."""
        return looked_over(self.person, clock.today()) if self.is_staff else frozenset()

    @cached_property
    def place(self) -> Place | None:
        return self._chosen_place or self._place_of_office or (self.person.home if self.person else None)

    @property
    def _chosen_place(self) -> Place | None:
        code = self._request.COOKIES.get(PLACE_COOKIE, "")
        return find_place(code) if code.isalnum() else None

    @property
    def _place_of_office(self) -> Place | None:
        if self.person is None or not self.is_staff:
            return None
        held = [each for each in offices_of(self.person, clock.today()) if each.until is None]
        return min(held, key=lambda each: each.pk).place if held else None


_KNOWN = Account._meta.get_field("person").is_cached
_PERSON = Prepared(lambda person: Person.objects.filter(pk=person))


def reader_of(request: HttpRequest) -> Reader:
    """The reader the middleware found; error pages made outside it get a fresh one."""
    found = getattr(request, "reader", None)
    return found if isinstance(found, Reader) else Reader(request)
