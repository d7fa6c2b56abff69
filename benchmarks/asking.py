"""Somebody who asks the application exactly as the server does, and keeps the cookies it gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import quote


@dataclass
class Answer:
    status_code: int = 0
    size: int = 0


@dataclass
class Reader:
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        """Reads the answer to the end: what is streamed is not made before."""
        from linli.config.wsgi import application

        answer = Answer()

        def begin(status: str, headers: Iterable[tuple[str, str]], *_: Any) -> Any:
            answer.status_code = int(status.split()[0])
            for name, value in headers:
                if name.lower() == "set-cookie":
                    self.cookies |= {key: one.value for key, one in SimpleCookie(value).items()}

        body = application(self._environ(address), begin)
        answer.size = sum(len(part) for part in body)
        body.close()
        return answer

    def _environ(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": quote(query, safe="=&%"),
            "SERVER_NAME": "linli.example",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "linli.example",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
