from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "linli.records.funds"
    label = "funds"
