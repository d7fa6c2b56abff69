from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "linli.records.duties"
    label = "duties"
