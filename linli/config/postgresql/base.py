"""PostgreSQL as Django speaks it, with the plans of as many questions kept per connection as pages ask."""

from typing import Any

from django.db.backends.postgresql import base

# Pages ask several hundred different questions; the driver keeps the plans of 100 if nobody says more.
_PLANS = 1_000


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = _PLANS
        return connection
