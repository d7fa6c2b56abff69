"""Addresses of the desk home and of everything about matters."""

from django.urls import URLPattern, URLResolver, path

from linli.web.desk import (
    acts,
    beginning,
    case_needs,
    cases,
    checklists,
    children,
    dossier,
    exceptions,
    forms,
    holds,
    home,
    local_settings,
    messages,
    obligations,
    printing,
    slots,
)

case_urls: list[URLPattern | URLResolver] = [
    path("", home.todo, name="todo"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:pk>/read/", messages.read, name="read_message"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", beginning.new_case, name="new_case"),
    path("cases/<slug:code>/", dossier.show, name="dossier"),
    path("cases/<slug:code>/acts/<slug:act>/", acts.act, name="act"),
    path("cases/<slug:code>/forms/<slug:form>/", forms.form, name="form"),
    path("cases/<slug:code>/forms/<slug:form>/print.pdf", printing.form_print, name="form_print"),
    path("cases/<slug:code>/checklists/<slug:checklist>/", checklists.checklist, name="checklist"),
    path("cases/<slug:code>/slots/<slug:slot>/", slots.slot, name="slot"),
    path("cases/<slug:code>/slots/<slug:slot>/void/", slots.void, name="void_slot"),
    path("cases/<slug:code>/slots/<slug:slot>/files/<int:pk>/copy/", slots.redact, name="redact_file"),
    path("cases/<slug:code>/needs/", case_needs.needs, name="case_needs"),
    path("cases/<slug:code>/exceptions/", exceptions.exceptions, name="exceptions"),
    path("cases/<slug:code>/exceptions/<int:pk>/", exceptions.decide, name="decide_exception"),
    path("cases/<slug:code>/holds/", holds.holds, name="holds"),
    path("cases/<slug:code>/holds/<int:pk>/", holds.settle, name="settle_hold"),
    path("cases/<slug:code>/children/<slug:procedure>/", children.new_child, name="new_child"),
    path("obligations/", obligations.obligations, name="obligations"),
    path("obligations/<int:pk>/", obligations.obligation, name="obligation"),
    path("settings/", local_settings.local_settings, name="local_settings"),
    path("settings/<slug:parameter>/", local_settings.local_setting, name="local_setting"),
]
