"""Requests to the outside: to addresses that people gave us, so only by TLS, and never into a private network.

The address is looked at where it counts, on the connection that was made: a name that resolves to one thing when it is
checked and to another when it is used gets nowhere.
"""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, SSLError

from .installed import here

TIMEOUT = (5, 10)
"""Seconds to connect, and to wait for more of the answer."""
MOST = 20_000
"""Bytes of an answer that are read."""
LONGEST = 1000
"""Characters of an address."""


class Unreachable(Exception):
    """Nothing was delivered, and it may be tried again. `unsure`: it was sent, and no answer came."""

    def __init__(self, why: str, *, unsure: bool = False) -> None:
        super().__init__(why)
        self.unsure = unsure


class PrivateAddress(NewConnectionError):
    """The connection leads into a private network: nothing was sent."""


NOT_SENT = (NewConnectionError, ConnectTimeoutError, SSLError)
"""What goes wrong before the first byte of a request has left."""


@dataclass(slots=True, frozen=True)
class Answer:
    """What a service answered."""

    status: int
    text: str
    retry_after: str | None = None


def allowed(url: str) -> bool:
    """Whether an address may be given to us at all: https with a host that is not plainly private."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if len(url) > LONGEST or any(ord(character) <= 32 for character in url) or parts.username or parts.password:
        return False
    if here().local and parts.scheme in {"http", "https"} and host in {"localhost", "127.0.0.1"}:
        return True
    if parts.scheme != "https" or "." not in host.strip("."):
        return False
    return not host.endswith((".localhost", ".local", ".internal", ".home.arpa")) and _public_if_number(host)


def post(url: str, *, headers: dict[str, str], data: bytes) -> Answer:
    """Post `data` and read the answer, whatever it says. Raises Unreachable; follows no redirect."""
    if not allowed(url):
        raise Unreachable("this address is not allowed")
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", _Guarded())
        session.mount("http://", _Guarded())
        try:
            given = session.post(url, data=data, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True)
            with given:
                text = given.raw.read(MOST, decode_content=True).decode("utf-8", "replace")
                return Answer(given.status_code, text, given.headers.get("Retry-After"))
        except (requests.RequestException, OSError) as error:
            reason = getattr(error.args[0], "reason", None) if error.args else None
            never = isinstance(reason, NOT_SENT)
            raise Unreachable(type(reason or error).__name__, unsure=not never) from error


def _public_if_number(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def _check_peer(connection: HTTPConnection, connected: socket.socket) -> socket.socket:
    """The connection, if it leads where it may. Raises PrivateAddress."""
    address = ipaddress.ip_address(connected.getpeername()[0].partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    if mapped.is_global and not mapped.is_multicast:
        return connected
    if here().local and mapped.is_loopback:
        return connected
    connected.close()
    raise PrivateAddress(connection, "a private address")


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _check_peer(self, super()._new_conn())


class _Sealed(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _check_peer(self, super()._new_conn())


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SealedPool(HTTPSConnectionPool):
    ConnectionCls = _Sealed


class _Guarded(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **known: Any) -> None:
        super().init_poolmanager(*args, **known)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SealedPool}
