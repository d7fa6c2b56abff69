from django.apps import AppConfig


class ClockworkConfig(AppConfig):
    name = "linli.records.clockwork"
    label = "clockwork"
