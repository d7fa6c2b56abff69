from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "linli.records.texts"
    label = "texts"
