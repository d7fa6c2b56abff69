"""A served site tells people what happened and keeps the hours by itself; nobody runs a command."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from linli.commands import clock, rounds, tick
from linli.commands.main import main
from linli.config import settings as as_delivered
from linli.records.clockwork.models import Turn
from linli.records.needs import services as needs
from linli.records.notifications.models import Delivery, Notification, Preference
from linli.records.notifications.services import follow
from linli.records.people.models import Account, OutboxMessage, Person
from linli.records.rulebook.models import RulesEdition
from linli.records.trail.models import Checkpoint
from tests.records.needs.world import Village
from tests.settings import BASE

HOUR = timedelta(hours=1)
PHONE = "13900007777"


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (clock, tick):
        monkeypatch.setattr(module, "start", lambda: None)


def answered(village: Village, by: Person) -> Person:
    """A neighbour who follows a need that is then answered; hears of it by text message too."""
    now = datetime.now(UTC)
    follower = village.resident(phone=PHONE)
    follower.phone_proved_at = now
    follower.save()
    Preference.objects.create(person=follower, by_sms=True, at_once=["need.answered"])
    need = village.asks(by=by, when=now)
    follow(topic=need.subject, by=follower, at=now)
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示·不在范围内", by=village.host, at=now)
    return follower


# --- one turn -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_step_that_fails_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch, caplog, capsys) -> None:
    Village()

    def breaks(at: datetime) -> None:
        raise ConnectionError("演示")

    monkeypatch.setitem(rounds.STEPS["hour"], "duties", breaks)
    done = rounds.run("hour", every=HOUR)
    assert done is not None and [text.en for text in done.failed] == ["duties of the year"]
    assert len(done.said) == 4 and Checkpoint.objects.count() == 1
    assert "duties did not go through" in caplog.text
    assert main(["clock"]) == 1
    assert "没有做成：年度义务 · failed: duties of the year" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_error_of_the_database_does_not_stop_the_clock(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def gone(name: str, at: datetime) -> bool:
        raise ConnectionError("演示")

    monkeypatch.setattr("linli.records.clockwork.selectors.due", gone)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    clock.look(threading.Event())
    assert "the clock missed a turn" in caplog.text


@pytest.mark.django_db
def test_duties_of_the_year_are_gone_through_once_a_day_unless_the_rules_change() -> None:
    Village()
    planned = "新增义务"
    first, again = rounds.run("hour", every=timedelta(0)), rounds.run("hour", every=timedelta(0))
    assert first is not None and again is not None
    assert [text.zh.startswith(planned) for text in (first.said[0], again.said[0])] == [True, False]
    RulesEdition.objects.update(token="another")
    later = rounds.run("hour", every=timedelta(0))
    assert later is not None and later.said[0].zh.startswith(planned)
    by_hand = rounds.run("hour")
    assert by_hand is not None and by_hand.said[0].zh.startswith(planned)


@pytest.mark.django_db
def test_by_hand_while_another_process_is_at_it_nothing_is_done_twice(capsys) -> None:
    Turn.objects.create(name="minute", taken_by="b:2", taken_until=datetime.now(UTC) + HOUR)
    assert main(["notify"]) == 0
    assert "another process is at it" in capsys.readouterr().out
    assert Turn.objects.get(pk="minute").taken_by == "b:2"


@pytest.mark.django_db
def test_a_server_that_stops_breaks_off_between_steps() -> None:
    Village()
    done = rounds.run("hour", every=HOUR, stopping=lambda: True)
    assert done is not None and (done.said, done.whole) == ([], False)
    turn = Turn.objects.get(pk="hour")
    assert (turn.begun_at, turn.taken_until, turn.done_at) == (None, None, None)


def test_nothing_of_a_demonstration_leaves_the_house_unless_somebody_sets_it_up() -> None:
    assert as_delivered.DEMONSTRATION and as_delivered.CLOCK
    assert as_delivered.EMAIL_BACKEND == "django.core.mail.backends.locmem.EmailBackend"
    assert (as_delivered.SMS_ADAPTER, as_delivered.WEBHOOK_HOSTS) == ("outbox", [])


# --- served -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def two_servers(tmp_path: Path) -> Iterator[list[tuple[subprocess.Popen[bytes], int]]]:
    """Two of them on one database, each with a clock of its own, started at the same time."""
    began = []
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "LINLI_DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "LINLI_VAR": str(tmp_path),
        "LINLI_SECRET_KEY": settings.SECRET_KEY,
        "LINLI_FIELD_KEY": settings.FIELD_KEY,
    }
    for port in (_free_port(), _free_port()):
        command = [sys.executable, "-m", "linli.commands.main", "serve", "--port", str(port), "--workers", "1"]
        began.append((subprocess.Popen(command, env=surroundings, cwd=BASE), port))
    yield began
    for server, _ in began:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _page(port: int, cookie: str) -> str:
    asked = Request(f"http://127.0.0.1:{port}/notifications/", headers={"Cookie": f"sessionid={cookie}"})
    try:
        with urlopen(asked, timeout=30) as answer:
            return str(answer.read().decode())
    except (URLError, OSError):
        return ""


@pytest.mark.django_db(transaction=True)
def test_a_follower_hears_of_it_on_the_page_and_two_servers_send_nothing_twice(two_servers) -> None:
    village = Village()
    follower = answered(village, village.resident())
    browser = Client()
    browser.force_login(Account.objects.create(username="follower", person=follower))
    cookie = browser.cookies["sessionid"].value

    until = time.monotonic() + 90
    while Turn.objects.filter(done_at__isnull=False).count() != 2 and time.monotonic() < until:
        time.sleep(0.5)
    assert Turn.objects.filter(done_at__isnull=False).count() == 2
    pages = [_page(port, cookie) for _, port in two_servers]
    while not all(pages) and time.monotonic() < until:
        pages = [_page(port, cookie) for _, port in two_servers]

    assert all("演示·不在范围内" not in page and "答复" in page for page in pages)
    assert list(Notification.objects.filter(person=follower).values_list("kind", flat=True)) == ["need.answered"]
    assert list(Delivery.objects.values_list("channel", "tries")) == [("sms", 1)]
    assert OutboxMessage.objects.count() == 1 and Checkpoint.objects.count() == 1
    for server, _ in two_servers:
        server.send_signal(signal.SIGINT)
    assert [server.wait(timeout=30) for server, _ in two_servers] == [0, 0]
    assert not Turn.objects.filter(taken_until__isnull=False).exists()
