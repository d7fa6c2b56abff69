"""Two who press at one moment, on the database that lets many write at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection

from linli.records.notices.models import Notice, Objection
from linli.records.notices.services import publish_notice, raise_objection
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from tests.records.notices.makers import a_rule
from tests.records.rulebook.world import at, build, place

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
    pytest.mark.django_db(transaction=True),
]
NOW = at(2021, 4, 1)


def both(act: Callable[[], str]) -> list[str | None]:
    """What each of two got; None who was turned down."""
    gate = Barrier(2)

    def run(_: int) -> str | None:
        close_old_connections()
        gate.wait()
        try:
            return act()
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


@pytest.mark.parametrize("number", range(4))
def test_a_link_has_one_notice_however_many_publish_it(number: int) -> None:
    cast, subject = build(local=False), Subject("case", f"9{number}")

    def publish() -> str:
        words = {"title": "演示", "body": "演示"}
        options = {"subject": subject, "point": "evaluation", "place": place(), "by": cast.secretary, "at": NOW, "rule": a_rule()}
        return publish_notice(**options, **words).receipt  # type: ignore[arg-type]

    assert both(publish).count(None) == 1
    assert Notice.objects.count() == 1


def test_an_objection_sent_twice_at_one_moment_is_one() -> None:
    cast = build(local=False)
    notice = publish_notice(
        subject=Subject("case", "9"),
        point="evaluation",
        place=place(),
        title="演示",
        body="演示",
        by=cast.secretary,
        at=NOW,
        rule=a_rule(),
    )
    codes = both(lambda: raise_objection(notice=notice, text="演示·太亮", contact="13800138000", at=NOW).code)
    assert codes == [Objection.objects.get().code] * 2
