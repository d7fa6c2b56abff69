from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "linli.records.registers"
    label = "registers"
