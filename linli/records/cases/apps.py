from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linli.records.cases"
    label = "cases"
