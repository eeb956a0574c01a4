"""What this installation is called and what it signs with; told once, when the application is made."""

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(slots=True, frozen=True)
class Installation:
    """`base_url` is the address people use (no slash at its end), `key` signs links and codes."""

    base_url: str
    key: bytes

    @property
    def host(self) -> str:
        """The host's name: the relying party of passkeys."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can open the address: demo sign-ins work, a QR of it would be useless."""
        return self.host in LOCAL


_told: list[Installation] = []


def tell(base_url: str, key: str) -> None:
    """Say what this installation is."""
    _told[:] = [Installation(base_url, key.encode())]


def here() -> Installation:
    """What was told."""
    return _told[0]


def sealed(purpose: str, *parts: bytes) -> bytes:
    """32 bytes that only this installation can make from `parts`: what links and codes are derived from."""
    return hmac.digest(here().key, b"\x00".join([purpose.encode(), *parts]), "sha256")
