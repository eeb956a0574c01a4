"""Browsers that take push, and companies where it is noon: what tests of notices need."""

import base64
import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy.orm import Session

from webapp.identity.tokens import token_of
from webapp.identity.verbs import open_device
from webapp.kernel import notifications
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.notices import queries
from webapp.notices.quiet import FROM, TO
from webapp.notices.verbs import add_robot, asked_by, choose, confirm, subscribe
from webapp.notices.verbs.grouping import Wanted

from .matrix import Firm
from .services import Request
from .world import a_company, act, look


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A browser with keys of its own: it alone can read what is pushed to it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return b64(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        return b64(self.secret)

    def read(self, request: Request) -> dict[str, Any]:
        """What a push says, decrypted (RFC 8291)."""
        assert request.headers["content-encoding"] == "aes128gcm"
        told = http_ece.decrypt(request.body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return dict(json.loads(told))


def signed_by(request: Request) -> tuple[bytes, dict[str, Any]]:
    """The key that a push was signed with, and its claims (RFC 8292). Raises InvalidSignature."""
    scheme, _, rest = request.headers["authorization"].partition(" ")
    said = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    head, claims, signature = said["t"].split(".")
    raw = unb64(signature)
    made = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(said["k"]))
    key.verify(made, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(unb64(head))["alg"] == "ES256"
    return unb64(said["k"]), json.loads(unb64(claims))


def a_company_where_it_is(session: Session, hour: int = 12) -> Actor:
    """A company in whose time zone it is just past `hour` now: no test waits for the night, or is caught by it."""
    ahead = (hour - datetime.now(UTC).hour + 11) % 24 - 11
    return a_company(session, time_zone=f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")


def a_device(actor: Actor) -> Actor:
    """The actor on a phone of theirs, signed in."""
    with before_wall(actor.session):
        actor.device_id = open_device(actor.session, actor.user.id, "A phone").id
    return actor


def takes_push(actor: Actor, url: str, locale: str = "en") -> Browser:
    """Switch push on for the actor, on a device of its own."""
    browser = Browser(f"{url}/push/{new_id()}")
    a_device(actor)
    act(actor, lambda a: subscribe(a, browser.endpoint, browser.p256dh, browser.auth, locale))
    return browser


def confirm_address(actor: Actor) -> None:
    """The actor has pressed the button of the letter that asks whether notices may come."""
    link_id = look(actor, queries.reader_of).mail_link_id
    if link_id is not None:
        link = asked_by(actor.session, token_of(link_id))
        with before_wall(actor.session):
            confirm(actor.session, link)


def tell(
    owner: Actor, *told: Actor, number: str = "SO-2611-0001", code: str = "sales.order.covered", **more: Any
) -> Any:
    """Tell people that goods are here for an order; returns the order's id."""
    order = new_id()
    said = {"number": number, "quantity": "5", "unit": "ctn", "product": "Rice"} | more
    users = [actor.user.id for actor in told]
    kind = ".".join(code.split(".")[:2])
    act(owner, lambda a: notifications.tell(a, users, code, kind, order, **said))
    return order


def ways(made: Firm, mark: str) -> None:
    """Everybody takes push on a phone; a robot posts into a group; the owner's address waits to be confirmed."""
    for member in made.members.values():
        takes_push(member, "https://push.example.com")
        member.device_id = None
    robot = Wanted(
        *(f"Group {mark}", "wecom", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={mark}"),
        *(None, None, ["receipt"], "en", True),
    )
    act(made.owner, lambda actor: add_robot(actor, robot))
    known: dict[str, Any] = {
        "quiet": True,
        "begins": FROM,
        "ends": TO,
        "choices": {},
        "locale": "en",
        "base_version": None,
    }
    act(made.owner, lambda actor: choose(actor, mail=f"{mark or 'boss'}@example.com".lower(), **known))
