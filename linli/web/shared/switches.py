"""Language, 长辈版 and place, each remembered for a year.

Without a CSRF token on purpose: a forged switch harms nobody, and pages without a token can be kept in a shared cache.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.reader import LANGUAGE_COOKIE, LARGE_COOKIE, PLACE_COOKIE

_YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where to go on to: only ever within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if fits and wanted.startswith("/") else default


def _remembering(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    response = redirect(safe_next(request))
    response.set_cookie(cookie, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
    return response


@csrf_exempt
@door(may=PUBLIC, methods=["POST"])
def switch_language(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("language", "")
    return _remembering(request, LANGUAGE_COOKIE, wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


@csrf_exempt
@door(may=PUBLIC, methods=["POST"])
def switch_size(request: HttpRequest) -> HttpResponse:
    return _remembering(request, LARGE_COOKIE, "1" if request.POST.get("large") == "1" else "0")


@csrf_exempt
@door(may=PUBLIC, methods=["POST"])
def switch_place(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("place", "")
    return _remembering(request, PLACE_COOKIE, code if code.isalnum() else "")
