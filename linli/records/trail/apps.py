from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "linli.records.trail"
    label = "trail"
