from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linli.records.people"
    label = "people"
