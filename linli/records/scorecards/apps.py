from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "linli.records.scorecards"
    label = "scorecards"
