from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "linli.records.bodies"
    label = "bodies"
