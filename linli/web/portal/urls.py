"""Addresses of the portal."""

from django.urls import URLPattern, URLResolver, path

from linli.web.portal import (
    files,
    home,
    meetings,
    money,
    needs,
    notices,
    objecting,
    places,
    project,
    projects,
    raising,
    receipts,
    rules,
    search,
    trail,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("places/", places.places, name="places"),
    path("c/<slug:code>/", places.community, name="community"),
    path("c/<slug:code>/needs/", needs.needs, name="needs"),
    path("c/<slug:code>/needs/new/", raising.raise_need, name="raise_need"),
    path("c/<slug:code>/needs/similar/", raising.similar, name="similar"),
    path("needs/<slug:code>/", needs.need, name="need"),
    path("receipts/", receipts.receipt, name="receipt"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<str:code>/", project.project, name="project"),
    path("projects/<str:code>/archive.zip", project.archive, name="archive"),
    path("projects/<str:code>/proof.json", project.proof, name="project_proof"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/print.pdf", notices.print_notice, name="notice_print"),
    path("notices/<int:pk>/object/", objecting.object_to, name="object"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("money/", money.here, name="money_here"),
    path("money/<slug:code>/", money.money, name="money"),
    path("rules/", rules.packs, name="rules"),
    path("rules/<slug:pack>/", rules.pack, name="pack"),
    path("rules/<slug:pack>/clauses/<path:clause>/", rules.clause, name="clause"),
    path("trail/", trail.trail, name="trail"),
    path("trail/checkpoint.json", trail.checkpoint, name="checkpoint"),
    path("files/<int:pk>/<str:name>", files.file, name="file"),
]
