"""One round of notifying, with the addresses of this site: what `linli notify` and the demonstration's outbox run."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from linli.records.notifications import services


@dataclass(frozen=True, slots=True)
class Round:
    """How many notifications were made, how many digests, how many messages left and how many did not."""

    told: int
    digests: int
    left: int
    failed: int


def notify(at: datetime) -> Round:
    page = settings.SITE_ADDRESS + reverse("shared:notifications")
    told = services.gather(at=at, page=page)
    digests = services.make_digests(at=at, page=page)
    left, failed = services.deliver(at=at, stop=before_token("shared:stop_messages"))
    return Round(told, digests, left, failed)


def before_token(name: str) -> str:
    """The address of a page that a token names, as far as the token."""
    return settings.SITE_ADDRESS + reverse(name, args=["-"]).removesuffix("-/")
