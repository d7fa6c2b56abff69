"""Read models: what could be made again from the records at any time."""

from linli.records.reports.search.models import SearchCursor, SearchEntry

__all__ = ["SearchCursor", "SearchEntry"]
