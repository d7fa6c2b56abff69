"""Sign-in of staff through the identity provider of the administration, by OpenID Connect. Off unless a site names one."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

ID = "staff"


@dataclass(frozen=True)
class Identity:
    """`LINLI_OIDC_SERVER`, `_CLIENT`, `_SECRET`, `_NAME`; `_MATCH` names the claim that carries the user name here."""

    server: str
    client: str
    secret: str
    name: str
    match: str

    @property
    def origin(self) -> str:
        """What the form that leads there may post to, for the content policy."""
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def providers(self) -> dict[str, object]:
        app = {
            "provider_id": ID,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.server, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}


def identity(environ: Mapping[str, str]) -> Identity | None:
    """None where no provider is named. Raises ValueError for half a setting."""
    server = environ.get("LINLI_OIDC_SERVER", "")
    if not server:
        return None
    client, secret = environ.get("LINLI_OIDC_CLIENT", ""), environ.get("LINLI_OIDC_SECRET", "")
    if not client or not secret:
        raise ValueError("LINLI_OIDC_SERVER needs LINLI_OIDC_CLIENT and LINLI_OIDC_SECRET beside it")
    return Identity(server, client, secret, environ.get("LINLI_OIDC_NAME", "统一身份认证"), environ.get("LINLI_OIDC_MATCH", ""))
