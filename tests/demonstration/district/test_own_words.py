"""Five regulations side by side: no page of one place shows a title that only another place's regulation knows."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.meetings.models import Meeting
from linli.records.notices.models import Notice
from linli.records.people.models import OfficeHeld
from linli.records.places.models import Place
from linli.web.shared.translations import PARTS

pytestmark = [pytest.mark.timeout(900), pytest.mark.django_db]

PACKS = Path(__file__).parents[3] / "packs"
# Where each regulation holds in the demonstration; one laid over another knows the words of both.
REGIONS = {"4403": ("shenzhen", "nanshan"), "350582": ("jinjiang",), "5113": ("nanchong",), "22": ("jilin",)}
_TITLE = re.compile(r"\bzh: *[\"“']?([^\"'{},\n]{4,24})")


@cache
def written(pack: str) -> str:
    return "".join(file.read_text("utf-8") for file in sorted((PACKS / pack).rglob("*.yaml")))


@cache
def common() -> str:
    """What every page may say: the house's own sentences and the words all packs share."""
    house = [file.read_text("utf-8") for file in sorted(PARTS.glob("*.json"))]
    return "".join([*house, *(file.read_text("utf-8") for file in sorted((PACKS / "vocabulary").rglob("*.yaml")))])


def words_of_others(region: str) -> set[str]:
    """Titles of the other packs that neither this region's packs nor the house know."""
    known = "".join(written(pack) for pack in REGIONS[region]) + common()
    others = {pack for packs in REGIONS.values() for pack in packs} - set(REGIONS[region])
    titles = {title.strip() for pack in others for title in _TITLE.findall(written(pack))}
    return {title for title in titles if len(title) >= 4 and title not in known}


def words_of_its_own(region: str) -> set[str]:
    known = "".join(written(pack) for packs in REGIONS.values() if packs != REGIONS[region] for pack in packs) + common()
    return {title for pack in REGIONS[region] for title in _TITLE.findall(written(pack)) if title not in known}


def public_pages(region: str) -> Iterator[str]:
    inside = {"place__path__contains": f"/{region}/"}
    for place in Place.objects.filter(pk__in=Case.objects.filter(**inside).values("place")):
        yield reverse("portal:community", args=[place.code])
        yield reverse("portal:registers", args=[place.code])
    yield from (reverse("portal:project", args=[code]) for code in Case.objects.filter(**inside).values_list("code", flat=True))
    yield from (reverse("portal:notice", args=[pk]) for pk in Notice.objects.filter(**inside).values_list("pk", flat=True))
    yield from (reverse("portal:meeting", args=[pk]) for pk in Meeting.objects.filter(**inside).values_list("pk", flat=True))


def desk_pages(region: str) -> Iterator[tuple[Client, str]]:
    for case in Case.objects.filter(place__path__contains=f"/{region}/").select_related("place"):
        held = OfficeHeld.objects.filter(place=case.place, person__account__isnull=False).order_by("office").first()
        if held is not None:
            client = Client()
            client.force_login(held.person.account, backend="django.contrib.auth.backends.ModelBackend")
            yield client, reverse("desk:dossier", args=[case.code])


def shown(html: str) -> str:
    body = re.sub(r"<(script|style).*?</\1>", " ", html.partition("<main")[2], flags=re.S)
    return re.sub(r"<[^>]+>", "\n", body)


@pytest.mark.parametrize("region", REGIONS)
def test_no_page_shows_words_of_another_regulation(world: World, region: str) -> None:
    foreign, own = words_of_others(region), words_of_its_own(region)
    reader, seen, found = Client(), set(), {}
    for client, address in [*((reader, address) for address in public_pages(region)), *desk_pages(region)]:
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        said = {line.strip() for line in shown(answer.content.decode()).splitlines()}
        seen |= said & own
        if strange := sorted(title for title in foreign if title in said):
            found[address] = strange
    assert len(foreign) > 300
    assert len(seen) > 20  # such titles are found where they belong
    assert found == {}
