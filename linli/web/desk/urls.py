"""Addresses of the desk."""

from django.urls import URLPattern, URLResolver, path

from linli.web.desk import funds, overview, search, urls_intake, urls_people, urls_registers
from linli.web.desk.urls_cases import case_urls
from linli.web.shared.pieces import pieces

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    *case_urls,
    *urls_intake.urlpatterns,
    *urls_registers.urlpatterns,
    *urls_people.urlpatterns,
    path("funds/", funds.funds, name="funds"),
    path("funds/<slug:code>/", funds.envelope, name="envelope"),
    path("search/", search.search, name="search"),
    path("overview/", overview.desk_overview, name="overview"),
    path("overview/figures.xlsx", overview.figures, name="overview_figures"),
    path("overview/print/", overview.on_paper, name="overview_print"),
    path("pieces/", pieces, name="pieces"),
]
