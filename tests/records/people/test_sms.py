"""The wire to a text message gateway, against a stub on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from linli.records.people.models import OutboxMessage, PhoneCode
from linli.records.people.services import request_code
from linli.records.people.sms import HttpGatewayAdapter, OutboxAdapter, SmsFailed, adapter, signature
from linli.rules.plain.refusals import Refused
from tests.records.people.world import AT

KEY = "demonstration-key"


class Gateway(HTTPServer):
    """Answers as told and remembers what it was sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.answer, self.location, self.posts = 200, {"accepted": True}, "", []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/sms"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answer).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def gateway():
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send(gateway):
    HttpGatewayAdapter(gateway.address, KEY).send("13800138000", "验证码 123456", AT)


def test_a_message_is_one_signed_json_post(gateway):
    send(gateway)
    [(path, headers, body)] = gateway.posts
    assert path == "/sms"
    assert json.loads(body) == {"phone": "13800138000", "text": "验证码 123456", "sent_at": "2021-04-08T02:00:00+00:00"}
    timestamp, nonce = headers["X-Linli-Timestamp"], headers["X-Linli-Nonce"]
    assert timestamp == "1617847200"
    assert headers["X-Linli-Signature"] == signature(KEY.encode(), timestamp, nonce, body)


def test_the_signature_is_written_down_so_a_gateway_can_be_built_from_it():
    made = signature(b"key", "1617847200", "00" * 16, b"{}")
    assert made == "2987f6015777da4fad6cc37a7b06dde3e2aaf7dbb7e3a8e8a987df858437a783"
    assert made != signature(b"key", "1617847201", "00" * 16, b"{}")
    assert made != signature(b"key", "1617847200", "01" * 16, b"{}")
    assert made != signature(b"other", "1617847200", "00" * 16, b"{}")


def test_no_nonce_is_used_twice(gateway):
    send(gateway)
    send(gateway)
    first, second = (headers["X-Linli-Nonce"] for _, headers, _ in gateway.posts)
    assert first != second


@pytest.mark.parametrize(("status", "answer"), [(500, {}), (200, {"accepted": False}), (200, []), (200, {})])
def test_anything_but_accepted_is_a_failure(gateway, status, answer):
    gateway.status, gateway.answer = status, answer
    with pytest.raises(SmsFailed):
        send(gateway)


def test_a_redirect_is_not_followed(gateway):
    gateway.status, gateway.location = 307, gateway.address + "/elsewhere"
    with pytest.raises(SmsFailed):
        send(gateway)
    assert [path for path, _, _ in gateway.posts] == ["/sms"]


def test_a_gateway_that_is_away_is_told_to_the_resident(gateway):
    gateway.status = 503
    with override_settings(SMS_ADAPTER="http", SMS_GATEWAY=gateway.address, SMS_KEY=KEY), pytest.raises(Refused, match="户码"):
        request_code(phone="13800138000", at=AT, ip="")
    assert not OutboxMessage.objects.exists()


def test_a_code_leaves_by_the_gateway_when_the_site_says_so(gateway):
    with override_settings(SMS_ADAPTER="http", SMS_GATEWAY=gateway.address, SMS_KEY=KEY):
        request_code(phone="13800138000", at=AT, ip="")
    assert json.loads(gateway.posts[0][2])["phone"] == "13800138000"
    assert PhoneCode.objects.count() == 1


@pytest.mark.parametrize("address", ["http://sms.example.org/send", "ftp://127.0.0.1/", "", "file:///etc/passwd"])
def test_only_https_or_this_machine_is_a_gateway(address):
    with pytest.raises(ImproperlyConfigured):
        HttpGatewayAdapter(address, KEY)


def test_a_gateway_needs_a_key():
    with pytest.raises(ImproperlyConfigured):
        HttpGatewayAdapter("https://sms.example.org/send", "")


def test_a_real_site_cannot_use_the_outbox():
    with override_settings(DEMONSTRATION=False), pytest.raises(ImproperlyConfigured):
        OutboxAdapter()
    with override_settings(SMS_ADAPTER="pigeon"), pytest.raises(ImproperlyConfigured, match="pigeon"):
        adapter()
