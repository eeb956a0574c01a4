"""Web Push: a message encrypted for one browser (RFC 8291), signed for its push service (RFC 8292)."""

import base64
import binascii
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPusher

from . import outgoing
from .installed import here
from .messages import Message
from .sending import SENT, Result, retry_after

TTL = 12 * 3600
"""Seconds a push service keeps what a phone that is off has not fetched."""
TOKEN_LIVES = 12 * 3600
FITS = 3800
"""Bytes of a payload that every push service takes, with room to spare."""


@dataclass(slots=True, frozen=True)
class Browser:
    """Where a push goes."""

    endpoint: str
    p256dh: str
    auth: str


def payload(message: Message, *, count: int, lang: str, membership_id: object) -> bytes:
    """What the worker is told: words to show, the page to open, how much waits in all."""
    told: dict[str, Any] = {
        "title": message.title,
        "body": message.body,
        "url": message.url,
        "tag": message.tag,
        "ids": [str(key) for key in message.ids],
        "as": str(membership_id),
        "count": count,
        "lang": lang,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > FITS:
        told["body"] = message.body[:400] + "…"
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return text


def send(browser: Browser, data: bytes, *, topic: str) -> Result:
    """Hand an encrypted message to the browser's push service."""
    info = {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}
    try:
        body = WebPusher(info).encode(data)["body"]
    except Exception as error:  # noqa: BLE001 - keys that no browser made: whatever the library calls it
        return Result("gone", f"keys: {type(error).__name__}")
    headers = {
        "TTL": str(TTL),
        "Urgency": "normal",
        "Topic": topic,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        **_signed(browser.endpoint),
    }
    try:
        answer = outgoing.post(browser.endpoint, headers=headers, data=body)
    except outgoing.Unreachable as error:
        return Result("waiting", str(error))
    if answer.status in {404, 410}:
        return Result("gone", str(answer.status))
    if answer.status == 429 or answer.status >= 500:
        return Result("waiting", str(answer.status), retry_after(answer.retry_after))
    return SENT if answer.status in {200, 201, 202, 204} else Result("failed", str(answer.status))


def _signed(endpoint: str) -> dict[str, str]:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + TOKEN_LIVES,
        "sub": here().contact,
    }
    return dict(here().vapid.sign(claims))


def is_key(text: str) -> bool:
    """Whether `text` is a browser's public key: a point on P-256, in base64url."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(text))
    except (ValueError, binascii.Error):
        return False
    return True


def is_secret(text: str) -> bool:
    """Whether `text` is a browser's secret: 16 bytes, in base64url."""
    try:
        return len(unpadded(text)) == 16
    except (ValueError, binascii.Error):
        return False


def unpadded(text: str) -> bytes:
    """Bytes written in base64url without its padding. Raises ValueError."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
