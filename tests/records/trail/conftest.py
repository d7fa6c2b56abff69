from datetime import UTC, datetime, timedelta

import pytest

from linli.records.trail import services
from linli.rules.plain.subjects import Subject
from tests.records.trail.kinds import Noted

AT = datetime(2021, 4, 8, tzinfo=UTC)


@pytest.fixture
def keep(db):
    """Keep `count` events of three communities in turn, a minute apart."""
    kept = []

    def keep(count):
        for _ in range(count):
            n = len(kept)
            sealed = services.record(
                Noted(words=f"演示 {n}"),
                stream=f"44030500700{n % 3}",
                subject=Subject("need", str(n)),
                by="system",
                at=AT + timedelta(minutes=n),
            )
            kept.append(sealed)
        return kept

    return keep
