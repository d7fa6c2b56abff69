from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "linli.records.rounds"
    label = "rounds"
