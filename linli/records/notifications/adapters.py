"""The ways out: e-mail, text message, webhook. Each takes a delivery or raises NotSent.

A webhook gets one JSON object, POSTed with the same three headers as the gateway of text messages (see `people/sms.py`):
X-Linli-Timestamp, X-Linli-Nonce, X-Linli-Signature, signed with the key shown when it was added. Any 2xx is a yes.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from smtplib import SMTPException
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.core.mail import EmailMessage

from linli.records.notifications.hosts import allowed
from linli.records.notifications.models import Delivery
from linli.records.people.services.phone_codes import spend_message
from linli.records.people.sms import SmsFailed, adapter, signature
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import one_line

_PATIENCE_SECONDS = 5


class NotSent(Exception):
    """It did not leave; its text says why, without addresses."""


def by_email(delivery: Delivery, at: datetime, stop: str) -> None:
    address = f"{stop}{delivery.link}/" if delivery.link else ""
    body = delivery.body.open() + (f"\n\n不想再收到 · to stop these: {address}" if address else "")
    # One click in a mail program ends them, without signing in (RFC 8058).
    headers = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if address else {}
    try:
        EmailMessage(f"邻里：{one_line(delivery.title)}", body, to=[delivery.to.open()], headers=headers).send()
    except (SMTPException, OSError) as error:
        raise NotSent(type(error).__name__) from error


def by_sms(delivery: Delivery, at: datetime, stop: str) -> None:
    try:
        spend_message(at)
        adapter().send(delivery.to.open(), delivery.body.open(), at)
    except (SmsFailed, Refused) as error:
        raise NotSent(str(error) or type(error).__name__) from error


def by_webhook(delivery: Delivery, at: datetime, stop: str) -> None:
    hook = delivery.webhook
    if hook is None or hook.ended_at is not None or not allowed(hook.address):
        raise NotSent("not allowed any more")
    body = delivery.body.open().encode()
    timestamp, nonce = str(int(at.timestamp())), secrets.token_hex(16)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Linli-Timestamp": timestamp,
        "X-Linli-Nonce": nonce,
        "X-Linli-Signature": signature(hook.key.open().encode(), timestamp, nonce, body),
    }
    post(hook.address, body, headers)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """No redirects and no proxy from the environment: the address that was allowed is the only one spoken to."""
    request = Request(address, data=body, headers=dict(headers), method="POST")
    try:
        with build_opener(_NoRedirect, ProxyHandler({})).open(request, timeout=_PATIENCE_SECONDS) as answer:
            answer.read(1)
    except (URLError, OSError) as error:
        raise NotSent(str(getattr(error, "code", "")) or type(error).__name__) from error


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


ADAPTERS: Mapping[str, Callable[[Delivery, datetime, str], None]] = {
    "email": by_email,
    "sms": by_sms,
    "webhook": by_webhook,
}
