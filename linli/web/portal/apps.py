from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.web.portal"
    label = "portal"
