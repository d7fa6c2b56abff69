from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "linli.records.evidence"
    label = "evidence"
