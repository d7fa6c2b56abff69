from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "linli.records.reports"
    label = "reports"
