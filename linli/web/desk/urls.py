"""Addresses of the desk."""

from django.urls import URLPattern, URLResolver, path

from linli.web.shared.pieces import pieces

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pieces/", pieces, name="pieces"),
]
