"""The doors: portal at the root, desk under /desk/, read API under /api/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linli.web.portal.urls")),
    path("desk/", include("linli.web.desk.urls")),
    path("api/", include("linli.web.api.urls")),
]
