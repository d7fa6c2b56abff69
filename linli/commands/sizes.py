"""After much was written at once, the database is asked to look how much of what there is, so that it finds good ways to it."""


def learn_sizes() -> None:
    """A second at most: SQLite reads samples, PostgreSQL does so by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
