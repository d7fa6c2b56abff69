"""What every template may use: the reader, today, the way around."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from linli.records.notifications.selectors import unread_topics
from linli.web.shared import clock, navigation
from linli.web.shared.reader import reader_of


def reader(request: HttpRequest) -> dict[str, Any]:
    found = reader_of(request)
    return {
        "reader": found,
        "unread_notifications": lambda: unread_topics(found.person) if found.person else 0,
        "today": clock.today(),
        "demonstration": settings.DEMONSTRATION,
        "demonstration_password": settings.DEMONSTRATION_PASSWORD if settings.DEMONSTRATION else "",
        "portal_navigation": lambda: navigation.around(navigation.PORTAL, request),
        "desk_navigation": lambda: navigation.around(navigation.DESK, request),
        "footer_navigation": lambda: navigation.around(navigation.FOOTER, request),
    }
