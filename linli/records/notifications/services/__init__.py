"""What may be done with notifications."""

from linli.records.notifications.services.delivering import deliver, try_again
from linli.records.notifications.services.gathering import gather
from linli.records.notifications.services.sending import make_digests, stop_token
from linli.records.notifications.services.webhooks import add_webhook, end_webhook
from linli.records.notifications.services.wishes import (
    follow,
    mark_read,
    person_of_stop,
    prove_email,
    set_preference,
    stop_messages,
    unfollow,
)

__all__ = [
    "add_webhook",
    "deliver",
    "end_webhook",
    "follow",
    "gather",
    "make_digests",
    "mark_read",
    "person_of_stop",
    "prove_email",
    "set_preference",
    "stop_messages",
    "stop_token",
    "try_again",
    "unfollow",
]
