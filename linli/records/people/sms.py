"""How a text message leaves the house.

The gateway's wire format: one JSON object `{"phone", "text", "sent_at"}` in UTF-8, POSTed to exactly `settings.SMS_GATEWAY`, with

    X-Linli-Timestamp: seconds since 1970
    X-Linli-Nonce:     32 hex digits, never used twice
    X-Linli-Signature: hex HMAC-SHA256 with settings.SMS_KEY over timestamp LF nonce LF body

The gateway answers 200 and `{"accepted": true}`. Anything else, a redirect included, is a failure.
"""

import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Protocol
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from linli.records.people.models import OutboxMessage
from linli.records.people.phones import phone_index

_PATIENCE_SECONDS = 5
_LONGEST_ANSWER = 4096
_OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


class SmsFailed(Exception):
    """The message did not leave; trying again later may help."""


class SmsAdapter(Protocol):
    def send(self, phone: str, text: str, at: datetime) -> None:
        """Hand one message over. Raises SmsFailed."""


class OutboxAdapter:
    """Keeps messages for the demonstration's outbox page. Codes can be read there, so a real site may not use it."""

    def __init__(self) -> None:
        if not settings.DEMONSTRATION:
            raise ImproperlyConfigured("SMS_ADAPTER 'outbox' shows codes on a page: only a demonstration may use it")

    def send(self, phone: str, text: str, at: datetime) -> None:
        OutboxMessage.objects.create(phone_index=phone_index(phone), phone=phone, text=text, at=at)


class HttpGatewayAdapter:
    """Posts messages to the one address the site has set."""

    def __init__(self, address: str, key: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _OWN_MACHINE):
            raise ImproperlyConfigured("SMS_GATEWAY must be an https address")
        if not key:
            raise ImproperlyConfigured("SMS_KEY is needed to sign messages")
        self._address, self._key = address, key.encode()

    def send(self, phone: str, text: str, at: datetime) -> None:
        body = json.dumps({"phone": phone, "text": text, "sent_at": at.isoformat()}, ensure_ascii=False).encode()
        request = Request(self._address, data=body, headers=self._headers(body, at), method="POST")
        # No redirects and no proxy from the environment: the address that was allowed is the only one spoken to.
        opener = build_opener(_NoRedirect, ProxyHandler({}))
        try:
            with opener.open(request, timeout=_PATIENCE_SECONDS) as answer:
                accepted = json.loads(answer.read(_LONGEST_ANSWER)).get("accepted")
        except (URLError, OSError, ValueError, AttributeError) as error:
            raise SmsFailed(type(error).__name__) from error
        if accepted is not True:
            raise SmsFailed("the gateway did not accept the message")

    def _headers(self, body: bytes, at: datetime) -> dict[str, str]:
        timestamp, nonce = str(int(at.timestamp())), secrets.token_hex(16)
        return {
            "Content-Type": "application/json; charset=utf-8",
            "X-Linli-Timestamp": timestamp,
            "X-Linli-Nonce": nonce,
            "X-Linli-Signature": signature(self._key, timestamp, nonce, body),
        }


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def signature(key: bytes, timestamp: str, nonce: str, body: bytes) -> str:
    """What both ends compute. A gateway refuses a nonce it has seen and a timestamp older than five minutes."""
    return hmac.new(key, f"{timestamp}\n{nonce}\n".encode() + body, hashlib.sha256).hexdigest()


def adapter() -> SmsAdapter:
    """The adapter of this site. Raises ImproperlyConfigured."""
    match settings.SMS_ADAPTER:
        case "outbox":
            return OutboxAdapter()
        case "http":
            return HttpGatewayAdapter(settings.SMS_GATEWAY, settings.SMS_KEY)
        case other:
            raise ImproperlyConfigured(f"SMS_ADAPTER is {other!r}: outbox or http")
