"""How a place is reached by whoever does not come online: its telephone and its counter."""

from datetime import UTC, datetime

import pytest

from linli.records.places.models import Place
from linli.records.places.services import load_places, set_reached
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid

pytestmark = pytest.mark.django_db
AT = datetime(2021, 4, 8, 2, tzinfo=UTC)
BY = {"by": "system", "at": AT}
COUNTER = "党群服务中心一楼，周一至周五 9:00–18:00"


@pytest.fixture
def province(db: None) -> Place:
    load_places(rows=[{"code": "44", "name": "广东省", "level": "province", "parent": ""}], source="2023", at=AT)
    return Place.objects.get()


def said_of(place: Place) -> list[tuple[str, str]]:
    """What was sealed, the oldest first."""
    acts = [event.data for event in events_of(place.subject) if event.kind == "place.reached"]
    return [(act["phone"], act["counter"]) for act in acts]


def test_a_telephone_and_a_counter_are_kept_and_sealed(province: Place) -> None:
    set_reached(place=province, phone=" 0755-0000 0001 转 12 ", counter=f" {COUNTER}\n", **BY)
    kept = Place.objects.get()
    assert (kept.phone, kept.counter, kept.dialled) == ("0755-0000 0001 转 12", COUNTER, "075500000001")
    assert said_of(province) == [(kept.phone, COUNTER)]


def test_the_same_said_again_is_no_act_and_nothing_said_takes_it_away(province: Place) -> None:
    for phone in ("12345", "12345", ""):
        set_reached(place=province, phone=phone, counter="", **BY)
    assert Place.objects.get().phone == ""
    assert said_of(province) == [("12345", ""), ("", "")]


@pytest.mark.parametrize(
    ("phone", "counter", "field"),
    [("打给老王", "", "phone"), ("12", "", "phone"), ("0" * 41, "", "phone"), ("", "一" * 121, "counter")],
)
def test_what_nobody_can_dial_or_read_is_refused(province: Place, phone: str, counter: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_reached(place=province, phone=phone, counter=counter, **BY)
    assert list(refused.value.fields) == [field]
    kept = Place.objects.get()
    assert (kept.phone, kept.counter, said_of(province)) == ("", "", [])
