"""What this installation sends with: its key for push services, its mail server; told once, by the application."""

import base64
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from py_vapid import Vapid02


@dataclass(frozen=True)
class Installed:
    """`base_url` is the address people use; `smtp_url` and `mail_from` are empty where no mail is sent.

    `local` lets requests go to this very machine without TLS: only tests do.
    """

    base_url: str
    vapid_key: str
    smtp_url: str = ""
    mail_from: str = ""
    local: bool = False

    @cached_property
    def vapid(self) -> Vapid02:
        """What signs for push services."""
        return Vapid02.from_string(self.vapid_key)

    @cached_property
    def public_key(self) -> str:
        """What a browser subscribes with: the point on P-256, in base64url."""
        point = self.vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).decode().rstrip("=")

    @property
    def contact(self) -> str:
        """Whom a push service may write to about what we send."""
        if self.mail_from:
            return f"mailto:{self.mail_from}"
        parts = urlsplit(self.base_url)
        return f"https://{parts.hostname}" if parts.scheme == "https" else "mailto:nobody@localhost"


_told: list[Installed] = []


def tell(installed: Installed) -> None:
    """Say what this installation sends with."""
    _told[:] = [installed]


def here() -> Installed:
    """What was told."""
    return _told[0]
