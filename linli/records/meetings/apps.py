from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "linli.records.meetings"
    label = "meetings"
