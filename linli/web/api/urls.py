"""Addresses of the read API."""

from django.urls import URLPattern, URLResolver, path, re_path

from linli.web.api import meetings, money, needs, notices, places, projects, rules, search, trail  # noqa: F401 — registers the operations
from linli.web.api.data.downloads import download
from linli.web.api.data.page import dictionary, open_data
from linli.web.api.docs import docs, openapi
from linli.web.api.site import addresses, behind, unknown
from linli.web.shared.doors import PUBLIC

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", docs, name="docs"),
    path("openapi.json", openapi, name="openapi-json"),
    path("data/", open_data, name="open_data"),
    path("data/dictionary.json", dictionary, name="dictionary"),
    path("data/<slug:name>.<slug:form>", behind(PUBLIC, download), name="download"),
    *addresses(),
    re_path(r"^(?P<rest>.*)$", behind(PUBLIC, unknown), name="unknown"),
]
