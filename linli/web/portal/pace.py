"""Whoever is not signed in waits their turn. Who is signed in has a name, and is not counted."""

from collections.abc import Sequence

from django.http import HttpRequest

from linli.records.people.limits import WRITES_PER_ADDRESS, WRITES_PER_CONTACT
from linli.records.people.services import take_turn
from linli.records.people.services.pace import Limit
from linli.web.portal.finding import person_of
from linli.web.shared import clock
from linli.web.shared.addresses import address_of


def in_turn(request: HttpRequest, what: str, contact: str, per_address: Sequence[Limit] = WRITES_PER_ADDRESS) -> None:
    """Raises Refused, in words that say when to come back."""
    if person_of(request) is not None:
        return
    take_turn(what=what, who=address_of(request), at=clock.now(), limits=per_address)
    take_turn(what=f"{what} contact", who="".join(contact.split()), at=clock.now(), limits=WRITES_PER_CONTACT)
