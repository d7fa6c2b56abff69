from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "linli.records.places"
    label = "places"
