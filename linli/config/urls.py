"""The doors: portal at the root, desk under /desk/, read API under /api/."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "linli.web.shared.turned_down.bad_request"
handler403 = "linli.web.shared.turned_down.not_allowed"
handler404 = "linli.web.shared.turned_down.not_found"
handler500 = "linli.web.shared.turned_down.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linli.web.shared.urls")),
    path("accounts/", include("linli.web.shared.account_urls")),
    path("", include("linli.web.portal.urls")),
    path("desk/", include("linli.web.desk.urls")),
    path("api/", include("linli.web.api.urls")),
]
