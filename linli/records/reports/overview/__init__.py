"""Figures of a place and a year: set-based, each counted from the very records, each with its definition."""

from linli.records.reports.overview.definitions import Definition, definitions
from linli.records.reports.overview.duties import Overdue, overdue_by_office
from linli.records.reports.overview.ground import Scope, scope_of
from linli.records.reports.overview.matters import Lasting, StageReached, StateCount, Way
from linli.records.reports.overview.money import Purse, Shares
from linli.records.reports.overview.whole import Overview, PlaceFigures, overview

__all__ = [
    "Definition",
    "Lasting",
    "Overdue",
    "Overview",
    "PlaceFigures",
    "Purse",
    "Scope",
    "Shares",
    "StageReached",
    "StateCount",
    "Way",
    "definitions",
    "overdue_by_office",
    "overview",
    "scope_of",
]
