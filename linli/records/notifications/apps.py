from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "linli.records.notifications"
    label = "notifications"
