"""What leaves the house: only for people with something new, and never without a way to stop it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.records.needs import services as needs
from linli.records.notifications import adapters, services
from linli.records.notifications.models import Delivery, Preference, Webhook
from linli.records.notifications.services.delivering import PAUSES
from linli.records.people.models import OutboxMessage, Person
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound
from tests.records.needs.world import NOW, Village, at, place

EVENING = at(2021, 4, 8, 19)
PAGE, STOP = "https://linli.example/notifications/", "https://linli.example/notifications/stop/"


def reachable(person: Person, hour: int | None = 18, at_once: tuple[str, ...] = ()) -> Preference:
    return Preference.objects.create(
        person=person, email="yanshi@example.org", email_proved_at=NOW, by_email=True, hour=hour, at_once=list(at_once)
    )


def moved(village: Village, asker: Person, what: str = "三栋楼道的灯坏了") -> None:
    need = village.asks(by=asker, what=what)
    needs.verify_need(need=need, findings="看过", real=True, by=village.host, at=NOW)
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示", by=village.host, at=NOW)


def run(when: datetime = EVENING) -> int:
    services.gather(at=when, page=PAGE)
    made = services.make_digests(at=when, page=PAGE)
    services.deliver(at=when, stop=STOP)
    return made


def test_one_message_a_day_says_the_newest_of_each_matter(village: Village) -> None:
    asker = village.resident()
    reachable(asker)
    moved(village, asker)
    moved(village, asker, what="榕树下没有长椅")

    assert run() == 1

    (message,) = mail.outbox
    assert message.subject == "邻里：您关心的 2 件事有新进展"
    assert message.body.count("有了答复（之前还有 1 条）") == 2
    assert PAGE in message.body


def test_only_people_with_something_new_are_written_to(village: Village) -> None:
    asker, quiet = village.resident(), village.resident()
    reachable(asker)
    reachable(quiet)
    moved(village, asker)

    assert (run(), run(), run(EVENING + timedelta(days=1))) == (1, 0, 0)
    assert len(mail.outbox) == 1
    assert not Delivery.objects.filter(person=quiet).exists()


def test_what_was_read_on_the_page_is_not_written_again(village: Village) -> None:
    asker = village.resident()
    reachable(asker)
    moved(village, asker)
    services.gather(at=NOW)
    services.mark_read(by=asker, at=NOW)

    assert run() == 0


def test_the_digest_waits_for_its_hour(village: Village) -> None:
    asker = village.resident()
    reachable(asker, hour=20)
    moved(village, asker)

    assert run() == 0
    assert run(EVENING + timedelta(hours=1)) == 1


def test_looking_for_digests_costs_the_same_however_many_have_nothing_new(village: Village) -> None:
    def asked(many: int) -> int:
        for _ in range(many):
            reachable(village.resident())
        with CaptureQueriesContext(connection) as queries:
            services.make_digests(at=EVENING)
        return len(queries)

    assert asked(3) == asked(30)


def test_a_chosen_kind_is_sent_at_once_and_not_again_in_the_digest(village: Village) -> None:
    asker = village.resident()
    reachable(asker, at_once=("need.answered",))
    moved(village, asker)
    services.gather(at=NOW, page=PAGE)
    services.deliver(at=NOW, stop=STOP)
    assert [message.subject.endswith("有了答复") for message in mail.outbox] == [True]

    run()

    assert "已有人核实" in mail.outbox[1].body
    assert "有了答复" not in mail.outbox[1].body


def test_a_message_can_be_stopped_from_the_mail_program_and_by_its_link(village: Village) -> None:
    asker = village.resident()
    reachable(asker)
    moved(village, asker)
    run()
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in mail.outbox[0].body

    services.stop_messages(token=stop.removeprefix(STOP).rstrip("/"), at=EVENING)
    moved(village, asker, what="榕树下没有长椅")

    assert run(EVENING + timedelta(days=1)) == 0
    with pytest.raises(NotFound):
        services.stop_messages(token="made-up", at=EVENING)


def test_an_address_is_used_only_after_its_owner_opened_the_link(village: Village) -> None:
    asker = village.resident()
    services.set_preference(
        by=asker,
        at=NOW,
        email="yanshi@example.org",
        by_email=True,
        by_sms=False,
        hour=18,
        at_once=(),
        language="zh-hans",
        confirm="https://linli.example/prove/",
    )
    moved(village, asker)
    assert run() == 0
    (proof,) = mail.outbox
    token = proof.body.split("https://linli.example/prove/")[1].split("/\n")[0]

    services.prove_email(token=token, at=EVENING)

    assert run() == 1


def test_wrong_wishes_are_turned_down_and_nothing_is_kept(village: Village) -> None:
    with pytest.raises(Invalid) as told:
        services.set_preference(
            by=village.resident(), at=NOW, email="x@", by_email=True, by_sms=True, hour=99, at_once=("no",), language="en"
        )

    assert set(told.value.fields) == {"email", "by_sms", "hour", "at_once"}
    assert Preference.objects.count() == 0


def test_a_message_goes_to_the_proved_phone(village: Village) -> None:
    asker = village.resident(phone="13800001111")
    Person.objects.filter(pk=asker.pk).update(phone_proved_at=NOW)
    Preference.objects.create(person=asker, by_sms=True, hour=18)
    moved(village, asker)
    before = OutboxMessage.objects.count()

    run()

    assert OutboxMessage.objects.count() == before + 1
    assert OutboxMessage.objects.all()[0].text.open() == "【邻里】您关心的 1 件事有新进展"


def test_what_does_not_leave_is_tried_again_later_and_later_and_then_given_up(village: Village, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.records.notifications.test_digest.Broken"
    asker = village.resident()
    reachable(asker)
    moved(village, asker)
    services.gather(at=EVENING)
    services.make_digests(at=EVENING)
    when, waits = EVENING, []
    while services.deliver(at=when) == (0, 1):
        found = Delivery.objects.get()
        if found.next_try_at is None:
            break
        waits.append(found.next_try_at - when)
        when = found.next_try_at

    found = Delivery.objects.get()
    assert tuple(waits) == PAUSES
    assert (found.dead_at, found.error, found.tries) == (when, "ConnectionRefusedError", 6)
    services.try_again(delivery=found, by=village.host, at=when)
    assert Delivery.objects.get().next_try_at == when


class Broken:
    def __init__(self, **_: object) -> None: ...

    def send_messages(self, _: object) -> int:
        raise ConnectionRefusedError


def test_another_system_is_told_what_is_public_and_signed(
    village: Village, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]
    sent: list[tuple[str, bytes, dict[str, str]]] = []
    monkeypatch.setattr(adapters, "post", lambda *told: sent.append(told))
    hook, key = services.add_webhook(place=place(), address="https://hooks.example.org/linli", by=village.host, at=NOW)
    village.asks(by=village.resident(), what="张三家门口的灯")

    run()

    ((address, body, headers),) = sent
    assert address == hook.address
    assert '"event": "need.raised"' in body.decode()
    assert "张三" not in body.decode()
    right = adapters.signature(key.encode(), headers["X-Linli-Timestamp"], headers["X-Linli-Nonce"], body)
    assert headers["X-Linli-Signature"] == right


@pytest.mark.parametrize(
    "address", ["http://hooks.example.org/", "https://127.0.0.1/", "https://else.example.org/", "https://a@hooks.example.org/"]
)
def test_a_webhook_goes_nowhere_the_site_does_not_allow(village: Village, settings: Any, address: str) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]

    with pytest.raises(Invalid):
        services.add_webhook(place=place(), address=address, by=village.host, at=NOW)

    assert Webhook.objects.count() == 0


def test_a_resident_adds_no_webhook(village: Village, settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]

    with pytest.raises(NotAllowed):
        services.add_webhook(place=place(), address="https://hooks.example.org/", by=village.resident(), at=NOW)

    assert Webhook.objects.count() == 0


def test_one_that_breaks_does_not_hold_up_those_behind_it(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(delivery: Delivery, at: datetime, stop: str) -> None:
        raise ValueError(delivery.to.open())

    person = village.resident()
    made = {"person": person, "to": "yanshi@example.org", "body": "演示", "made_at": NOW, "next_try_at": NOW}
    poison = Delivery.objects.create(channel="sms", key="a", title="一", **made)
    behind = Delivery.objects.create(channel="email", key="b", title="二", **made)
    monkeypatch.setitem(adapters.ADAPTERS, "sms", breaks)  # type: ignore[arg-type]

    assert services.deliver(at=NOW, stop=STOP) == (1, 1)

    poison.refresh_from_db()
    behind.refresh_from_db()
    assert (poison.sent_at, poison.tries, poison.error) == (None, 1, "ValueError")
    assert poison.next_try_at == NOW + PAUSES[0]
    assert behind.sent_at == NOW


def test_a_title_of_two_lines_is_sent_as_one(village: Village) -> None:
    made = {"person": village.resident(), "to": "yanshi@example.org", "body": "演示", "made_at": NOW, "next_try_at": NOW}
    Delivery.objects.create(channel="email", key="a", title="会议“一\r\n二”：通知开会", **made)
    assert services.deliver(at=NOW, stop=STOP) == (1, 0)
    assert [message.subject for message in mail.outbox] == ["邻里：会议“一 二”：通知开会"]
