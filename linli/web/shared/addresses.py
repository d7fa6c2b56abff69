"""The network address a request came from."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Behind front servers, what the outermost trusted one saw. Anything further left could be written by anybody."""
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    if trusted and len(passed) >= trusted:
        return str(passed[-trusted])
    return str(request.META.get("REMOTE_ADDR", ""))
