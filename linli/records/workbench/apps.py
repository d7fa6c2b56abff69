from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "linli.records.workbench"
    label = "workbench"
