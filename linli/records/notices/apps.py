from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linli.records.notices"
    label = "notices"
