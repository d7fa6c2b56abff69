"""The database is asked to look how much of what there is, so that it finds good ways to it: after much was written at once,
and at every start, since an update that makes a table anew lets SQLite forget the sizes it knew. PostgreSQL looks by itself."""


def learn_sizes() -> None:
    """A second at most: SQLite reads samples, PostgreSQL does so by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
