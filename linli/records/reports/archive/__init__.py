"""The archive package: one zip that proves itself offline."""

from linli.records.reports.archive.package import archive_package

__all__ = ["archive_package"]
