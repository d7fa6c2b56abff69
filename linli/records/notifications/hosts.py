"""Where webhooks may go."""

from urllib.parse import urlsplit

from django.conf import settings


def allowed(address: str) -> bool:
    """https, and a host the keeper of the site has listed: nobody turns this site into a way into another network."""
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.username is None and (parts.hostname or "") in settings.WEBHOOK_HOSTS
