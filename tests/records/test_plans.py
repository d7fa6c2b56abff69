"""A connection keeps the plans of as many questions as pages ask."""

import pytest
from django.db import connection


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_connection_to_postgresql_keeps_a_thousand_plans() -> None:
    connection.ensure_connection()
    assert (connection.connection.prepared_max, connection.connection.prepare_threshold) == (1_000, 5)
