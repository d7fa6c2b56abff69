from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "linli.web.api"
    label = "api"
