"""Looking at a page as a reader does: its words without the marks between them."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from linli.records.people.models import Person
from linli.records.people.services import account_of

_TAGS = re.compile(r"<[^>]+>")
_UNBROKEN = re.compile(r'<span class="nb">(.*?)</span>')  # stands within a sentence


def words(answer: HttpResponse) -> str:
    """The text of a page in one line."""
    return " ".join(unescape(_TAGS.sub(" ", _UNBROKEN.sub(r"\1", answer.content.decode()))).split())


def come_in(client: Client, person: Person) -> Client:
    client.force_login(account_of(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def at_home(client: Client, code: str) -> Client:
    client.cookies["linli_place"] = code
    return client
