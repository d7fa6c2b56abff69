from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "linli.web.desk"
    label = "desk"
