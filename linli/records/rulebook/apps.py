from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "linli.records.rulebook"
    label = "rulebook"
