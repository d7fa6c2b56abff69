"""Addresses of intake, meetings, notices and the rules; `urls.py` takes them in."""

from django.urls import URLPattern, path

from linli.web.desk import coverage, household_acts, households, imports, need_acts, need_entry, need_page, needs

_NEEDS = [
    path("needs/", needs.needs, name="needs"),
    path("needs/new/", need_entry.enter_need, name="enter_need"),
    path("needs/similar/", need_entry.similar, name="similar"),
    path("needs/import/", imports.import_needs, name="import"),
    path("needs/import/template.xlsx", imports.import_template, name="import_template"),
    path("needs/import/<int:pk>/", imports.import_report, name="import_report"),
    path("needs/import/<int:pk>/corrections.xlsx", imports.import_correction, name="import_correction"),
    path("needs/import/<int:pk>/resume/", imports.import_resume, name="import_resume"),
    path("needs/<str:code>/", need_page.need, name="need"),
    path("needs/<str:code>/slip/", need_entry.need_slip, name="need_slip"),
    path("needs/<str:code>/verify/", need_acts.verify, name="need_verify"),
    path("needs/<str:code>/answer/", need_acts.answer, name="need_answer"),
    path("needs/<str:code>/link/", need_acts.link, name="need_link"),
    path("needs/<str:code>/judge/", need_acts.judge, name="need_judge"),
    path("needs/<str:code>/leave/", need_acts.leave, name="need_leave"),
    path("needs/<str:code>/withdraw/", need_acts.withdraw, name="need_withdraw"),
    path("needs/<str:code>/contact/", need_acts.contact, name="need_contact"),
]
_COVERAGE = [
    path("coverage/<str:code>/", coverage.coverage, name="coverage"),
    path("households/<str:code>/", households.households, name="households"),
    path("households/<str:code>/codes.pdf", household_acts.household_codes, name="household_codes"),
    path("households/<str:code>/register/", household_acts.register, name="register_household"),
    path("households/<str:code>/<uuid:pk>/", households.household, name="household"),
    path("households/<str:code>/<uuid:pk>/mark/", household_acts.mark, name="household_mark"),
    path("households/<str:code>/<uuid:pk>/details/", household_acts.details, name="household_details"),
]
urlpatterns: list[URLPattern] = [*_NEEDS, *_COVERAGE]
intake_urls = urlpatterns
